import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.errors import BadVoices
from translation.languages import LANGUAGES
from translation.voices import Gender, VoiceChoice, Voices, voices_of_json

CHOSEN = """{
  "elevenlabs": {"es": {"female": "ella", "male": "él"}, "pt-BR": "brasileira", "*": "anyone"},
  "piper": {"de": "thorsten"}
}"""


@pytest.mark.parametrize(
    ("engine", "language", "gender", "voice"),
    [
        ("elevenlabs", "es", Gender.MALE, "él"),
        ("elevenlabs", "es", Gender.ANY, "ella"),
        ("elevenlabs", "pt-BR", Gender.FEMALE, "brasileira"),
        ("elevenlabs", "pt-PT", Gender.FEMALE, "anyone"),
        ("piper", "de", Gender.FEMALE, "thorsten"),
        ("piper", "fr", Gender.ANY, ""),
        ("nobody", "es", Gender.ANY, ""),
    ],
)
def test_a_voice_is_found_by_engine_language_and_gender(
    engine: str, language: str, gender: Gender, voice: str
) -> None:
    assert voices_of_json(CHOSEN).of(engine, language, gender) == voice


def test_an_engine_speaks_the_languages_it_has_a_voice_for() -> None:
    voices = voices_of_json('{"piper": {"pt": "p", "de": "d"}, "elevenlabs": {"*": "e"}}')

    assert voices.languages("piper") == frozenset({"pt", "pt-PT", "pt-BR", "de"})
    assert voices.languages("elevenlabs") == frozenset(LANGUAGES)


def test_what_an_event_chose_comes_before_the_settings() -> None:
    event = Voices((VoiceChoice("elevenlabs", "es", "la jefa"),))

    voices = event.over(voices_of_json(CHOSEN))

    assert voices.of("elevenlabs", "es") == "la jefa"
    assert voices.of("elevenlabs", "fr") == "anyone"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "no JSON"),
        ("[]", "no object"),
        ('{"piper": "thorsten"}', "languages of “piper”"),
        ('{"piper": {"xx": "v"}}', "“xx”"),
        ('{"piper": {"de": {"neutral": "v"}}}', "“neutral”"),
        ('{"piper": {"de": {"male": 7}}}', "“male”"),
        ('{"piper": {"de": ""}}', "name of a voice"),
    ],
)
def test_a_wrong_choice_is_named(text: str, words: str) -> None:
    with pytest.raises(BadVoices, match=words):
        voices_of_json(text)


CHOICES = st.lists(
    st.builds(
        VoiceChoice,
        st.sampled_from(["a", "b"]),
        st.sampled_from(["es", "pt", "pt-BR", "*"]),
        st.sampled_from(["v1", "v2", "v3"]),
        st.sampled_from(Gender),
    ),
    max_size=8,
).map(lambda choices: Voices(tuple(choices)))


@given(CHOICES, st.sampled_from(["es", "pt-BR", "fr"]), st.sampled_from(Gender))
def test_a_language_with_a_voice_always_gets_one(
    voices: Voices, language: str, gender: Gender
) -> None:
    assert bool(voices.of("a", language, gender)) == (language in voices.languages("a"))
