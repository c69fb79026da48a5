from translation.path.quality import LINES, Quality
from translation.values import SkipReason, Speaking, Spoken, Translation

NOTHING = {
    "lines": 0, "skipped": 0, "condensed": 0, "doubted": 0, "terms": 0, "terms_kept": 0,
}  # fmt: skip


def translated(id: int, *doubts: str, terms: int = 0, kept: int = 0) -> Translation:
    return Translation(id, "es", "hola", "apertium", 1.0, doubts, terms, kept)


def test_a_channel_that_said_nothing_yet_has_no_quality() -> None:
    assert Quality("es").facts() == NOTHING


def test_what_is_wrong_with_a_line_is_counted_once_a_line() -> None:
    quality = Quality("es")
    for entry in (
        translated(1, "number", "name", terms=2, kept=1),
        Speaking(1, "es", "espeak-ng", 1.0, 1.0),
        Spoken(1, "es", 2.0),
        translated(2, terms=1, kept=1),
        Speaking(2, "es", "espeak-ng", 1.2, 3.0, said="shorter"),
        Spoken(2, "es", 4.0),
        translated(3),
        Spoken(3, "es", 5.0, SkipReason.BEHIND),
        Spoken(4, "es", 6.0, SkipReason.UNTRANSLATED),
    ):
        quality.feed(entry)
    assert quality.facts() == {
        "lines": 4, "skipped": 2, "condensed": 1, "doubted": 1, "terms": 3, "terms_kept": 2,
    }  # fmt: skip


def test_a_line_that_nobody_listened_to_is_no_fault() -> None:
    quality = Quality("es")
    quality.feed(Spoken(1, "es", 2.0, SkipReason.UNHEARD))
    assert quality.facts() == {**NOTHING, "lines": 1}


def test_other_languages_are_not_counted() -> None:
    quality = Quality("fr")
    quality.feed(translated(1, "number"))
    assert quality.facts() == NOTHING


def test_only_the_last_lines_count() -> None:
    quality = Quality("es")
    quality.feed(translated(1, "number"))
    for id in range(2, LINES + 2):
        quality.feed(translated(id))
    assert quality.facts() == {**NOTHING, "lines": LINES}
