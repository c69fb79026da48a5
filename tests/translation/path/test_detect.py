"""Which language the floor speaks, found out from its sound. Sound is written: every word a level
of its own, so that recogniser and identifier hear what was written and nothing else."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.translation.path.written_sound import Loudness, Reader, level, written
from translation.errors import EngineBroken, EngineMissing
from translation.path.detect import LIKELY, UNLIKELY, DetectingEar, judged
from translation.path.listen import RATE_HZ, Activity, Ear, FloorSpeaks, Heard, Interim
from translation.path.segment import Clause
from translation.ports import Abilities
from translation.values import Samples

ENGLISH = "we saw it today because it was large and nobody knows why yes"
FRENCH = "nous avons vu cela hier parce que tout le monde y pense encore"
SHORT = "oui merci"
LEVELS = {level(word): "en" for word in ENGLISH.split()} | {
    level(word): "fr" for word in f"{FRENCH} {SHORT}".split()
}


class ByWords:
    """A `LanguageIdentifier`: by how many samples are of a language's words."""

    abilities = Abilities("by words", "1", "", frozenset({"en", "fr"}))

    def __init__(self) -> None:
        self.looked_s: list[float] = []

    def identify(self, samples: Samples) -> Mapping[str, float]:
        self.looked_s.append(len(samples) / RATE_HZ)
        said = [LEVELS[each] for each in samples.tolist() if each]
        english = said.count("en") / max(1, len(said))
        return {"en": english * 0.98, "fr": (1 - english) * 0.98, "und": 0.02}


class Unsure(ByWords):
    def identify(self, samples: Samples) -> Mapping[str, float]:
        return dict.fromkeys(super().identify(samples), 0.4)


class Broken(ByWords):
    def identify(self, samples: Samples) -> Mapping[str, float]:
        raise EngineBroken("no memory is left")


class Misreader(Reader):
    """Hears words of its own language; all others are `uh` to it."""

    def __init__(self, text: str) -> None:
        super().__init__(text.split())
        self._words = dict.fromkeys(LEVELS, "uh") | self._words


def ear(language: str) -> Ear:
    texts = {"en": ENGLISH, "fr": f"{FRENCH} {SHORT}"}
    recogniser = Misreader(texts[language]) if language in texts else None
    return Ear(recogniser=recogniser, voice_activity=Loudness(), language=language)


def detecting(
    identifier: ByWords | None = None, languages: Sequence[str] = ("en", "fr", "de")
) -> DetectingEar:
    known = identifier or ByWords()
    return DetectingEar(ear, identifier=lambda: known, languages=lambda: languages, language="en")


def hear(listening: DetectingEar, sound: Samples, *, at_s: float = 0.0) -> list[Heard]:
    heard: list[Heard] = []
    for start in range(0, len(sound), 1600):
        heard += listening.hear(sound[start : start + 1600], at_s + start / RATE_HZ)
    return heard


def said(heard: list[Heard]) -> list[tuple[str, str]]:
    """Each utterance's language and text."""
    language, texts = "en", list[tuple[str, str]]()
    for each in heard:
        match each:
            case FloorSpeaks():
                language = each.language
                texts[-1] = (language, texts[-1][1])
            case Activity(speaking=True):
                texts.append((language, ""))
            case Clause():
                texts[-1] = (language, f"{texts[-1][1]} {each.text}".strip())
    return texts


def talk(*texts: str) -> Samples:
    return np.concatenate([written(text, silence_s=1.0) for text in texts])


def test_each_utterance_is_heard_in_its_own_language() -> None:
    heard = hear(detecting(), talk(ENGLISH, FRENCH, FRENCH, ENGLISH))

    assert said(heard) == [("en", ENGLISH), ("fr", FRENCH), ("fr", FRENCH), ("en", ENGLISH)]
    assert [each for each in heard if isinstance(each, FloorSpeaks)] == [
        FloorSpeaks("fr"), FloorSpeaks("en"),
    ]  # fmt: skip


def test_it_is_told_once_when_the_floor_begins_and_ceases_to_speak() -> None:
    heard = hear(detecting(), talk(ENGLISH, FRENCH, SHORT))

    speaking = [each.speaking for each in heard if isinstance(each, Activity)]
    assert speaking == [True, False] * 3


def test_clauses_of_another_language_lie_where_they_were_said() -> None:
    clauses = [c for c in hear(detecting(), talk(FRENCH), at_s=100.0) if isinstance(c, Clause)]

    assert clauses[0].start_s == pytest.approx(100.0, abs=0.02)
    assert clauses[-1].end_s == pytest.approx(100.0 + 0.34 * len(FRENCH.split()), abs=0.1)


def test_clauses_wait_until_the_language_is_clear_and_no_longer() -> None:
    listening, at_s = detecting(), list[float]()
    sound = talk(ENGLISH)
    for start in range(0, len(sound), 1600):
        heard = listening.hear(sound[start : start + 1600], start / RATE_HZ)
        at_s += [start / RATE_HZ for each in heard if isinstance(each, Clause)]

    assert 2.9 <= at_s[0] <= 3.1


def test_words_that_may_still_change_do_not_wait() -> None:
    heard = hear(detecting(), talk(ENGLISH)[: 2 * RATE_HZ])

    assert Interim("we saw it") in heard


def test_what_is_too_short_to_tell_stays_in_the_language_before() -> None:
    identifier = ByWords()

    assert said(hear(detecting(identifier), talk(SHORT)))[0][0] == "en"
    assert identifier.looked_s == []


def test_a_short_utterance_is_looked_at_when_it_ends() -> None:
    assert said(hear(detecting(), talk("nous avons vu cela hier"))) == [
        ("fr", "nous avons vu cela hier")
    ]


def test_what_is_not_clear_is_looked_at_twice_and_stays() -> None:
    identifier = Unsure()

    heard = hear(detecting(identifier), talk(" ".join([ENGLISH] * 2)))

    assert said(heard) == [("en", " ".join([ENGLISH] * 2))]
    assert [round(seconds) for seconds in identifier.looked_s] == [3, 5]


def test_an_identifier_that_fails_costs_no_word() -> None:
    assert said(hear(detecting(Broken()), talk(ENGLISH))) == [("en", ENGLISH)]


def test_a_session_with_one_language_is_not_looked_at() -> None:
    identifier = ByWords()

    hear(detecting(identifier, languages=("en",)), talk(ENGLISH))

    assert identifier.looked_s == []


def test_a_language_that_nobody_recognises_is_still_told() -> None:
    listening = DetectingEar(
        lambda tag: ear("de" if tag == "fr" else tag),
        identifier=ByWords, languages=lambda: ("en", "fr"), language="en",
    )  # fmt: skip
    heard = hear(listening, talk(FRENCH, ENGLISH))

    assert said(heard) == [("fr", ""), ("en", ENGLISH)]
    assert [each.speaking for each in heard if isinstance(each, Activity)] == [True, False] * 2


def test_a_language_whose_engine_cannot_be_had_is_heard_as_the_one_before(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def keyless(language: str) -> Ear:
        if language == "fr":
            raise EngineMissing("ElevenLabs has no key; set ELEVENLABS_KEY")
        return ear(language)

    listening = DetectingEar(
        keyless, identifier=ByWords, languages=lambda: ("en", "fr"), language="en"
    )
    heard = hear(listening, talk(FRENCH, ENGLISH))

    (misheard, *rest) = said(heard)
    assert misheard == ("en", " ".join(["uh"] * len(FRENCH.split())))
    assert rest == [("en", ENGLISH)]
    assert not any(isinstance(each, FloorSpeaks) for each in heard)
    assert "ElevenLabs has no key" in caplog.text


def test_drained_in_the_middle_everything_comes_out_in_its_language() -> None:
    listening = detecting()
    heard = hear(listening, written("nous avons vu cela hier"))

    drained = listening.drain(1.7)

    assert said([*heard, *drained]) == [("fr", "nous avons vu cela hier")]
    assert drained[-1] == Activity(False, 1.7)
    assert listening.drain(1.8) == []


# The judgement


def test_another_language_has_to_be_clear() -> None:
    candidates = ("en", "fr", "pt-BR")

    assert judged({"en": 0.1, "fr": 0.9}, "en", candidates) == "fr"
    assert judged({"en": 0.1, "pt": 0.9}, "en", candidates) == "pt-BR"
    assert judged({"en": 0.9, "fr": 0.1}, "en", candidates) == "en"
    assert judged({"en": 0.3, "fr": 0.7}, "en", candidates) is None
    assert judged({"en": 0.1, "ja": 0.9}, "en", candidates) is None
    assert judged({"pt": 0.9}, "pt-PT", ("pt-BR", "pt-PT")) == "pt-PT"


@given(st.dictionaries(st.sampled_from(["en", "fr", "de"]), st.floats(0, 1)))
def test_it_does_not_flutter(likely: dict[str, float]) -> None:
    """What took the floor from one language does not take it back."""
    found = judged(likely, "en", ("en", "fr", "de"))

    if found not in (None, "en"):
        assert likely.get("en", 0.0) <= UNLIKELY < LIKELY <= likely[found]
        assert judged(likely, found, ("en", "fr", "de")) == found
