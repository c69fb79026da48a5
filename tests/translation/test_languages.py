import re

import pytest

from translation.errors import UnknownLanguage
from translation.languages import LANGUAGES, coded, language

WANTED = (
    "en", "es", "fr", "de", "it", "pt-PT", "pt-BR", "nl", "pl", "ro", "uk", "ru", "tr", "ar", "fa",
    "ur", "pa", "hi", "bn", "gu", "zh", "yue", "ja", "ko", "vi", "so",
)  # fmt: skip


def test_every_language_of_events_and_clinics_is_there() -> None:
    assert [tag for tag in WANTED if tag not in LANGUAGES] == []


def test_a_language_is_called_by_its_own_name_in_its_own_script() -> None:
    assert (language("ur").name, language("yue").name, language("pa").name) == (
        "اردو", "粵語", "ਪੰਜਾਬੀ",
    )  # fmt: skip
    assert len({entry.name for entry in LANGUAGES.values()}) == len(LANGUAGES)


def test_three_languages_run_from_right_to_left() -> None:
    assert {tag for tag in LANGUAGES if language(tag).direction == "rtl"} == {"ar", "fa", "ur"}


def test_nllb_reads_and_writes_every_language() -> None:
    assert coded("nllb") == set(LANGUAGES)
    assert all(re.fullmatch("[a-z]{3}_[A-Z][a-z]{3}", one.nllb) for one in LANGUAGES.values())


def test_what_an_engine_lacks_is_left_empty() -> None:
    assert "yue" not in coded("m2m100")
    assert "so" not in coded("espeak")
    assert {"fa", "ur", "so", "yue"}.isdisjoint(coded("elevenlabs"))


def test_an_unknown_tag_is_named_with_what_there_is() -> None:
    with pytest.raises(UnknownLanguage, match=r"“tlh” .* known: ar, bn"):
        language("tlh")
