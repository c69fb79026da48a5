import pytest

from translation.engines.pronounce import phones, pronunciations


@pytest.mark.parametrize(
    ("ipa", "said"),
    [("sʌbɪˈɑːkoʊ", "S AH B IH AA K OW"), ("tʃˈiːz", "CH IY Z"), ("", ""), ("ˈ, ː", "")],  # noqa: RUF001 - phonetic letters
)
def test_phonetic_writing_becomes_the_models_phones(ipa: str, said: str) -> None:
    assert phones(ipa) == said


@pytest.mark.programs
def test_words_are_read_as_english() -> None:
    assert pronunciations(["Subiaco", "woodcutters"]) == {
        "Subiaco": "S AH B IH AA K OW",
        "woodcutters": "W UH D K AH T ER Z",
    }


def test_no_words_need_no_program() -> None:
    assert pronunciations([]) == {}
