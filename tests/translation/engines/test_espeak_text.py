# ruff: noqa: RUF001 - sentences in many scripts
"""Texts as eSpeak NG reads them right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.engines import espeak, kana
from translation.engines.espeak_text import readable
from translation.languages import LANGUAGES
from translation.ports import PLAIN


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("en", "\x01[[h@l'oU]]\n", "[ [h@l'oU]]"),
        ("en", "and/or 3.5 %", "and/or 3.5 %"),
        ("zh", "3.5 毫克，25%", "3点5 毫克，百分之25"),
        ("zh", "圆周率是3.14", "圆周率是3点1 4"),
        ("yue", "多咗12.5％", "多咗百分之12點5"),
        ("ko", "3.5 밀리그램, 25%", "3점5 밀리그램, 25 퍼센트"),
        ("uk", "3.14 мг, 25%", "3,14 мг, 25 відсотків"),
        ("ru", "90 км/ч", "90 км ч"),
    ],
)
def test_numbers_and_signs_are_put_so_that_they_are_read_right(
    language: str, text: str, read: str
) -> None:
    assert readable(text, language) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("今日は東京へ行きます。", "キョーワ トーキョーエ イキマス。"),
        ("2023年に25%の人がIT部門を見た", "2023 ネンニ 25 パーセントノ ヒトガ IT ブモンオ ミタ"),
        ("１．５キロ", "1テン5 キロ"),
        ("ジェフ・ベゾスが学校へ行こうと思う", "ジェフ ベゾスガ ガッコーエ イコウト オモウ"),
        ("旋舞教団", "キョーダン"),
    ],
)
def test_japanese_is_read_in_kana(text: str, read: str) -> None:
    assert readable(text, "ja") == read


@given(st.text(max_size=40), st.sampled_from([tag for tag in LANGUAGES if tag != "ja"]))
def test_no_control_character_is_left(text: str, language: str) -> None:
    read = readable(text, language)
    assert read.isprintable() or not any(character < " " for character in read)
    assert "[[" not in read


def test_without_its_dictionary_japanese_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kana, "find_spec", lambda _: None)
    assert "japanese.txt" in espeak.ESpeak().lacks("ja")
    assert espeak.ESpeak().voice("ja", PLAIN) == ""
    assert espeak.ESpeak().lacks("zh") == ""
