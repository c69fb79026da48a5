# ruff: noqa: RUF001 - names in two alphabets
"""Names of a sentence that its translation knows nothing of."""

import pytest

from tests.translation.parallel import parallel
from translation.path.lost_names import lost_names
from translation.path.spelling import latin, near

MET = "we met Barack Obama in Paris"


@pytest.mark.parametrize(
    ("source", "language", "target", "lost"),
    [
        (MET, "es", "nos vimos en Londres", ["Barack Obama"]),
        (MET, "es", "vimos a Barack Obama en París", []),
        (MET, "es", "vimos a obama en parís", []),
        (MET, "fr", "on a vu Donald Trump à Paris", ["Barack Obama"]),
        (MET, "de", "wir trafen den Präsidenten in Paris", ["Barack Obama"]),
        (MET, "ru", "мы встретили Барака Обаму", []),
        (MET, "uk", "ми зустріли Обаму", []),
        (MET, "uk", "ми зустріли Дональда Трампа", ["Barack Obama"]),
        (MET, "zh", "我们见过他", []),
        ("Maria Lopez came", "es", "ella vino", ["Maria Lopez"]),
        ("Maria Lopez’s aunt came", "es", "vino la tía de María López", []),
        ("they came to New Zealand in World War II", "es", "vinieron durante la guerra", []),
        ("the Prime Minister of Hungary", "es", "el primer ministro húngaro", []),
        ("he left Hong Kong", "ru", "он покинул Гонконг", []),
        ("he came. Then Anna Karenina left", "es", "vino. Luego ella se fue", ["Anna Karenina"]),
    ],
)
def test_a_name_is_there_as_it_sounds_or_it_is_lost(
    source: str, language: str, target: str, lost: list[str]
) -> None:
    assert lost_names(source, target, "en", language) == lost


def test_from_other_languages_a_name_may_have_become_another_one() -> None:
    nations = "vino a las Naciones Unidas"
    assert lost_names(nations, "he came to the United Nations", "es", "en") == []
    assert lost_names(nations, "he came to it", "es", "en") == ["Naciones Unidas"]


def test_from_german_no_name_is_told_from_a_noun() -> None:
    assert lost_names("wir sahen Angela Merkel", "we saw her", "de", "en") == []


@pytest.mark.parametrize(
    ("name", "other"),
    [("Wałęsa", "Валенсы"), ("London", "Londres"), ("Zealand", "Zelanda"), ("Jon", "Джона")],
)
def test_a_name_is_near_to_itself_in_another_spelling(name: str, other: str) -> None:
    assert near(latin(name), latin(other))


def test_what_is_of_no_alphabet_is_near_to_nothing() -> None:
    assert latin("北京") == ""
    assert not near("", "")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["es", "fr", "de", "pl", "ru", "tr", "vi"])
def test_human_translations_seldom_lose_a_name(language: str) -> None:
    pairs = parallel("flores", "en", language)
    assert sum(bool(lost_names(a, b, "en", language)) for a, b in pairs) / len(pairs) < 0.025
