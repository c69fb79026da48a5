"""Chains of engines: nothing is lost, nothing is said twice, and who served is told."""

import asyncio
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.translation.engines.scripted import (
    HANGS,
    WORKS,
    ScriptedRecogniser,
    ScriptedTranslator,
    ScriptedVoice,
)
from translation.choice import EngineChoice, Slot, Wish, chain_of
from translation.engines.breaker import Breaker
from translation.engines.duty import Duty, Failure, Rest, duty_of, ready
from translation.engines.fallback import FallbackTranslator
from translation.engines.fallback_hearing import FallbackRecogniser, FallbackVoiceActivity
from translation.engines.fallback_speech import FallbackSynthesiser, unspoken
from translation.engines.guarded import GuardedSynthesiser
from translation.errors import (
    BudgetSpent,
    EngineBroken,
    EngineBusy,
    EngineError,
    EngineMissing,
    EngineTimeout,
    PairUnsupported,
)
from translation.ports import PLAIN, Hints, Manner, Rendering
from translation.values import Word

pytestmark = pytest.mark.slow

BROKEN, BUSY = EngineBroken("it crashed"), EngineBusy("later", after_s=30)
MISSING, SPENT = EngineMissing("no key"), BudgetSpent("nothing left")
ERRORS = (BROKEN, BUSY, MISSING, SPENT, EngineTimeout("late"), ValueError("odd"))
SECOND = np.zeros(16_000, np.int16)


class Clock:
    """A clock that stands still until it is moved."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


async def served(chain: FallbackTranslator, *targets: str, hints: Hints = Hints()) -> list[str]:  # noqa: B008 - frozen
    made = await chain.translate("we saw it", source="en", targets=targets, hints=hints)
    return [
        one.engine if isinstance(one, Rendering) else type(one).__name__ for one in made.values()
    ]


# The breaker


acts = st.lists(st.sampled_from(["ok", "failed", "wait", "ask"]), max_size=60)


@given(acts, st.integers(1, 4))
def test_a_breaker_rests_after_failures_in_a_row_and_lets_one_try_again(
    steps: list[str], failures: int
) -> None:
    breaker, now, row, trials = Breaker(failures=failures, rest_s=5), 0.0, 0, 0
    for step in steps:
        match step:
            case "ok":
                breaker.succeeded()
                row = trials = 0
            case "failed":
                breaker.failed(now)
                row, trials = row + 1, 0
            case "wait":
                now += 2.5
            case "ask":
                allowed = breaker.allows(now)
                assert breaker.closed == (row < failures)
                assert allowed or not breaker.closed
                trials += allowed and not breaker.closed


def test_a_rest_grows_with_each_trial_that_fails_and_never_beyond_its_bound() -> None:
    breaker, now = Breaker(failures=1, rest_s=5, longest_rest_s=30), 0.0
    rests = []
    for _ in range(5):
        breaker.failed(now)
        began = now
        while not breaker.allows(now):
            now += 0.5
        rests.append(now - began)
        assert not breaker.allows(now)
    assert rests == [5, 10, 20, 30, 30]
    breaker.succeeded()
    assert breaker.allows(now)


def test_a_trial_nobody_reports_on_is_followed_by_another() -> None:
    breaker = Breaker(failures=1, rest_s=5)
    breaker.failed(0)
    assert [breaker.allows(at) for at in (4, 5, 6, 9.9, 10)] == [False, True, False, False, True]


# Translation


async def test_the_first_serves_while_it_works() -> None:
    first, second = ScriptedTranslator("first"), ScriptedTranslator("second")
    chain = FallbackTranslator([first, second])
    assert await served(chain, "es", "fr") == ["first 1", "first 1"]
    assert second.script.calls == 0
    assert chain.abilities.name == "first"


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
async def test_an_error_moves_the_sentence_to_the_next(error: Exception) -> None:
    chain = FallbackTranslator([ScriptedTranslator("a", error), ScriptedTranslator("b")])
    assert await served(chain, "es") == ["b 1"]


async def test_a_language_the_first_does_not_know_goes_to_who_does() -> None:
    chain = FallbackTranslator(
        [ScriptedTranslator("a", into=["es"]), ScriptedTranslator("b", into=["fr"])]
    )
    assert await served(chain, "es", "fr", "de") == ["a 1", "b 1", "PairUnsupported"]
    assert chain.supports("en", "fr")
    assert not chain.supports("en", "de")


async def test_an_engine_that_hangs_is_left_behind_and_not_asked_until_it_has_ended() -> None:
    slow = ScriptedTranslator("slow", HANGS)
    chain = FallbackTranslator([slow, ScriptedTranslator("b")], timeout_s=0.05)
    began = time.monotonic()
    assert await served(chain, "es") == ["b 1"]
    assert time.monotonic() - began < 1
    await asyncio.sleep(0)
    assert await served(chain, "es") == ["slow 1"]
    await chain.aclose()
    assert slow.closed


async def test_a_thread_that_cannot_be_stopped_holds_nobody_up() -> None:
    class Stubborn(ScriptedTranslator):
        async def translate(self, text, *, source, targets, hints=None):  # type: ignore[no-untyped-def]
            self.script.next()
            work = asyncio.get_running_loop().run_in_executor(None, time.sleep, 0.4)
            try:
                await asyncio.shield(work)
            except asyncio.CancelledError:
                await work
                raise
            return dict.fromkeys(targets, Rendering("late", "stubborn"))

    stubborn = Stubborn("stubborn")
    chain = FallbackTranslator([stubborn, ScriptedTranslator("b")], timeout_s=0.05)
    began = time.monotonic()
    assert [await served(chain, "es") for _ in range(3)] == [["b 1"]] * 3
    assert time.monotonic() - began < 0.3
    assert stubborn.script.calls == 1
    await chain.aclose()


async def test_after_failures_the_first_rests_and_is_tried_again_later() -> None:
    clock = Clock()
    first = ScriptedTranslator("first", *[BROKEN] * 4)
    chain = FallbackTranslator([first, ScriptedTranslator("second")], clock=clock)

    assert [await served(chain, "es") for _ in range(6)] == [["second 1"]] * 6
    assert first.script.calls == 3
    assert chain.abilities.name == "second"

    clock.now_s = 6
    assert await served(chain, "es") == ["second 1"]
    clock.now_s = 12
    assert await served(chain, "es") == ["second 1"]
    clock.now_s = 17
    assert await served(chain, "es") == ["first 1"]
    assert chain.abilities.name == "first"


async def test_a_busy_engine_is_left_alone_for_as_long_as_it_says() -> None:
    clock = Clock()
    first = ScriptedTranslator("first", BUSY)
    chain = FallbackTranslator([first, ScriptedTranslator("second")], clock=clock)
    await served(chain, "es")
    clock.now_s = 29
    assert await served(chain, "es") == ["second 1"]
    clock.now_s = 31
    assert await served(chain, "es") == ["first 1"]


async def test_a_spent_budget_or_a_pair_it_lacks_says_nothing_about_an_engines_health() -> None:
    first = ScriptedTranslator("first", *[SPENT, PairUnsupported("no")] * 4)
    chain = FallbackTranslator([first, ScriptedTranslator("second")])
    for _ in range(8):
        assert await served(chain, "es") == ["second 1"]
    assert first.script.calls == 8
    assert chain.abilities.name == "first"


async def test_interim_captions_go_to_the_quick_engine() -> None:
    slow = ScriptedTranslator("slow", interim=False)
    chain = FallbackTranslator([slow, ScriptedTranslator("quick")])
    assert await served(chain, "es", hints=Hints(interim=True)) == ["quick 1"]
    assert await served(chain, "es") == ["slow 1"]
    assert chain.abilities.interim


async def test_the_last_engine_is_asked_however_often_it_failed() -> None:
    last = ScriptedTranslator("last", *[BROKEN] * 9)
    chain = FallbackTranslator([last])
    assert [await served(chain, "es") for _ in range(10)] == [["EngineBroken"]] * 9 + [["last 1"]]


async def test_a_caller_who_goes_away_takes_its_call_along() -> None:
    chain = FallbackTranslator([ScriptedTranslator("a", HANGS), ScriptedTranslator("b")])
    before = asyncio.all_tasks()
    call = asyncio.create_task(served(chain, "es"))
    await asyncio.sleep(0.01)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert asyncio.all_tasks() == before


moods = st.lists(st.sampled_from([WORKS, BROKEN, BUSY, SPENT]), max_size=12)


@settings(deadline=None)
@given(moods, moods, st.lists(st.floats(0, 20), min_size=1, max_size=12))
def test_no_sentence_is_lost_while_the_last_engine_works(
    first: list[str | Exception], second: list[str | Exception], steps: list[float]
) -> None:
    clock = Clock()
    engines = [
        ScriptedTranslator("a", *first),
        ScriptedTranslator("b", *second),
        ScriptedTranslator("c"),
    ]
    chain = FallbackTranslator(engines, clock=clock)

    async def talk() -> None:
        for step in steps:
            clock.now_s += step
            made = await chain.translate("we", source="en", targets=["es", "fr"])
            for target, one in made.items():
                assert isinstance(one, Rendering)
                assert one.text == f"{one.engine[0]}:{target}<we>"

    asyncio.run(talk())


# Speech


async def spoken(chain: FallbackSynthesiser, text: str) -> list[tuple[str, float]]:
    """Who spoke, and for how long."""
    heard: dict[str, float] = {}
    async for sound in chain.speak(text, language="es", speed=1.0):
        heard[sound.engine] = heard.get(sound.engine, 0.0) + sound.duration_s
    return [(who, round(seconds, 1)) for who, seconds in heard.items()]


TEXT = "lo vimos ayer por la noche en la casa"  # 37 characters: 2.5 s


async def test_a_voice_that_fails_before_its_first_sound_is_replaced() -> None:
    second = ScriptedVoice("b")
    chain = FallbackSynthesiser([ScriptedVoice("a", BROKEN), second])
    assert await spoken(chain, TEXT) == [("b 1", 2.5)]
    assert second.texts == [TEXT]
    assert chain.abilities.name == "b"


@pytest.mark.parametrize("failure", [BROKEN, HANGS, ValueError("odd")])
async def test_a_voice_that_breaks_off_is_followed_by_the_next_with_the_rest(
    failure: str | Exception,
) -> None:
    second = ScriptedVoice("b")
    chain = FallbackSynthesiser([ScriptedVoice("a", *[WORKS] * 10, failure), second], next_s=0.1)
    assert await spoken(chain, TEXT) == [("a 1", 1.0), ("b 1", 1.5)]
    assert second.texts == ["por la noche en la casa"]
    await chain.aclose()


async def test_all_sound_of_a_clause_has_one_rate() -> None:
    voices = [ScriptedVoice("a", WORKS, BROKEN), ScriptedVoice("b", rate_hz=24_000)]
    chain = FallbackSynthesiser(voices)
    rates = {sound.rate_hz async for sound in chain.speak(TEXT, language="es", speed=1.0)}
    assert rates == {16_000}


async def test_a_voice_without_the_language_is_passed_over() -> None:
    chain = FallbackSynthesiser([ScriptedVoice("a", speaks=["fr"]), ScriptedVoice("b")])
    assert await spoken(chain, TEXT) == [("b 1", 2.5)]
    with pytest.raises(EngineMissing, match="“de”"):
        async for _ in chain.speak(TEXT, language="de", speed=1.0):
            pass


async def test_where_no_voice_works_the_last_error_is_told() -> None:
    chain = FallbackSynthesiser([ScriptedVoice("a", BUSY), ScriptedVoice("b", SPENT)])
    with pytest.raises(EngineError, match="nothing left"):
        await spoken(chain, TEXT)


async def test_a_listener_who_goes_away_ends_the_voice() -> None:
    chain = FallbackSynthesiser([ScriptedVoice("a")])
    before = asyncio.all_tasks()
    async for _ in chain.speak(TEXT, language="es", speed=1.0):
        break
    await asyncio.sleep(0.05)
    assert asyncio.all_tasks() == before


async def test_a_chain_is_ready_when_all_that_can_be_are() -> None:
    class Slow(ScriptedVoice):
        begun = 0

        async def ready(self, language: str, manner: Manner) -> None:
            self.begun += 1
            if self.script.always != WORKS:
                raise EngineMissing("no file")

    gone, there, other = Slow("a", always="gone"), Slow("b"), Slow("c", speaks=["fr"])
    chain = FallbackSynthesiser([gone, ScriptedVoice("x"), there, other])
    await ready(GuardedSynthesiser(chain), "es", PLAIN)

    assert (gone.begun, there.begun, other.begun) == (1, 1, 0)


@given(st.text("abc ", max_size=60), st.floats(0, 6), st.floats(0.8, 1.5))
def test_what_is_left_is_the_end_of_the_clause_from_a_words_start(
    text: str, heard_s: float, speed: float
) -> None:
    left = unspoken(text, heard_s, language="es", speed=speed)
    assert text.endswith(left)
    start = len(text) - len(left)
    assert not left or start == 0 or text[start - 1] == " "
    assert unspoken(text, 0, language="es", speed=speed) == text


@pytest.mark.parametrize(
    ("language", "text", "heard_s", "left"),
    [
        ("zh", "我们今天看到了这件事情。", 0.8, "看到了这件事情。"),
        ("zh", "我们的cloud平台", 0.9, "cloud平台"),
        ("ja", "今日はそれを見ました", 1.0, "を見ました"),
        ("yue", "我哋今日睇到", 9.0, ""),
        ("ko", "우리는 오늘 그것을 보았습니다", 0.9, "오늘 그것을 보았습니다"),
        ("en", "we have seen it today", 0.7, "seen it today"),
    ],
)
def test_what_is_left_is_guessed_by_what_a_character_takes_in_the_language(
    language: str, text: str, heard_s: float, left: str
) -> None:
    assert unspoken(text, heard_s, language=language, speed=1.0) == left


# Recognition


def heard(chain: FallbackRecogniser, seconds: int) -> list[Word]:
    stream = chain.open()
    for _ in range(seconds):
        stream.push(SECOND)
        stream.hypothesis()
    return stream.finish()


@settings(deadline=None)
@given(st.integers(0, 12), st.sampled_from([BROKEN, BUSY, RuntimeError("x"), OSError("x")]))
def test_wherever_a_recogniser_fails_every_second_is_heard(at: int, error: Exception) -> None:
    first = ScriptedRecogniser("a", *[WORKS] * at, error)
    chain = FallbackRecogniser([lambda: first, lambda: ScriptedRecogniser("b")])
    words = heard(chain, 5)
    assert len(words) == 5
    assert {word.text[0] for word in words} <= {"a", "b"}
    assert [word.start_s for word in words] == [0, 1, 2, 3, 4]


def test_the_standby_is_built_when_it_is_wanted_and_the_first_comes_back() -> None:
    built: list[str] = []
    clock = Clock()

    def make(name: str, *acts: str | Exception) -> ScriptedRecogniser:
        built.append(name)
        return ScriptedRecogniser(name, *acts)

    failing: list[str | Exception] = [WORKS, BUSY]
    chain = FallbackRecogniser([lambda: make("a", *failing), lambda: make("b")], clock=clock)
    assert (built, chain.abilities.name) == (["a"], "a")
    assert [word.text for word in heard(chain, 2)] == ["b1", "b2"]
    assert (built, chain.abilities.name) == (["a", "b"], "b")
    clock.now_s = 31
    assert [word.text for word in heard(chain, 2)] == ["a1", "a2"]
    assert (built, chain.abilities.name) == (["a", "b"], "a")


def test_a_recogniser_that_cannot_be_built_is_passed_over() -> None:
    def missing() -> ScriptedRecogniser:
        raise MISSING

    chain = FallbackRecogniser([missing, lambda: ScriptedRecogniser("b")])
    assert chain.abilities.name == "b"
    with pytest.raises(EngineMissing, match="no key"):
        FallbackRecogniser([missing])


def test_voice_activity_goes_on_with_the_next() -> None:
    class Voice:
        def __init__(self, *answers: float | Exception) -> None:
            self._answers = list(answers)

        def probability(self, window: object) -> float:
            answer = self._answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        def reset(self) -> None:
            self._answers.clear()

    clock, window = Clock(), np.zeros(512, np.float32)
    crashes = [RuntimeError("x")] * 3
    first, second = Voice(0.1, *crashes, 0.2, 0.3), Voice(0.7, 0.8, 0.9, 0.95)
    chain = FallbackVoiceActivity([first, second], clock=clock)

    assert [chain.probability(window) for _ in range(5)] == [0.1, 0.7, 0.8, 0.9, 0.95]
    clock.now_s = 5.0
    assert [chain.probability(window) for _ in range(2)] == [0.2, 0.3]


# The choice


def test_the_narrower_choice_goes_before_the_wider() -> None:
    install = EngineChoice({Slot.SPEECH: ("espeak-ng",), Slot.TRANSLATION: ("apertium",)})
    organization = EngineChoice(
        {Slot.TRANSLATION: ("llm", "apertium")}, {(Slot.SPEECH, "pt"): ("piper", "espeak-ng")}
    )
    event = EngineChoice(of_language={(Slot.SPEECH, "pt-BR"): ("elevenlabs", "piper", "piper")})
    choice = event.over(organization.over(install))

    assert choice.chain(Slot.TRANSLATION, "es") == ("llm", "apertium")
    assert choice.chain(Slot.SPEECH, "es") == ("espeak-ng",)
    assert choice.chain(Slot.SPEECH, "pt-PT") == ("piper", "espeak-ng")
    assert choice.chain(Slot.SPEECH, "pt-BR") == ("elevenlabs", "piper")
    assert choice.chain(Slot.RECOGNITION, "en") == ()


names = st.sampled_from(["a", "b", "c"])
choices = st.builds(
    EngineChoice,
    st.dictionaries(st.sampled_from(Slot), st.lists(names, min_size=1).map(tuple)),
    st.dictionaries(
        st.tuples(st.sampled_from(Slot), st.sampled_from(["es", "pt", "pt-BR"])),
        st.lists(names, min_size=1).map(tuple),
    ),
)


@given(choices, choices, choices)
def test_it_does_not_matter_in_which_order_scopes_are_joined(
    a: EngineChoice, b: EngineChoice, c: EngineChoice
) -> None:
    assert a.over(b.over(c)) == a.over(b).over(c)
    assert EngineChoice().over(a) == a == a.over(EngineChoice())


@given(choices)
def test_a_choice_comes_back_from_its_wishes(choice: EngineChoice) -> None:
    assert EngineChoice.of(choice.wishes) == choice
    assert EngineChoice.of(reversed(choice.wishes)).wishes == choice.wishes


def test_it_is_known_whose_wish_holds() -> None:
    install = EngineChoice({Slot.SPEECH: ("espeak-ng",)})
    event = EngineChoice(of_language={(Slot.SPEECH, "pt"): ("piper",)})
    merged = event.over(install)

    assert merged.wish(Slot.SPEECH, "pt-BR") == Wish(Slot.SPEECH, "pt", ("piper",))
    assert merged.wish(Slot.RECOGNITION, "pt") is None
    for language, scope in (("pt-BR", event), ("es", install)):
        wish = merged.wish(Slot.SPEECH, language)
        assert wish is not None
        assert [one for one in (event, install) if one.holds(wish)] == [scope]


async def test_a_chain_says_who_is_on_duty_and_who_rests_for_how_long() -> None:
    clock = Clock()
    chain = FallbackTranslator(
        [ScriptedTranslator("a", BUSY), ScriptedTranslator("b")], clock=clock
    )
    assert duty_of(chain) == Duty("a 1", {}, chained=True)
    await chain.translate("x", source="en", targets=["es"])
    clock.now_s = 10
    assert duty_of(chain) == Duty("b 1", {"a 1": Rest(20.0, Failure.BUSY)}, chained=True)

    voices = FallbackSynthesiser(
        [ScriptedVoice("a", BUSY), ScriptedVoice("b"), ScriptedVoice("c", speaks=["fr"])],
        clock=clock,
    )
    async for _ in voices.speak("we saw it", language="es", speed=1.0):
        pass
    assert duty_of(voices, "es") == Duty("b 1", {"a 1": Rest(30.0, Failure.BUSY)}, chained=True)
    assert duty_of(voices, "fr") == Duty("c 1", {}, chained=True)

    ears = FallbackRecogniser(
        [lambda: ScriptedRecogniser("a", always=MISSING), lambda: ScriptedRecogniser("b")],
        names=["first", "second"], clock=clock,
    )  # fmt: skip
    ears.open().push(SECOND)
    assert duty_of(ears).resting == {"a 1": Rest(60.0, Failure.MISSING)}
    assert duty_of(ScriptedVoice("alone")) == Duty("alone 1")


@pytest.mark.parametrize(
    ("error", "why"),
    [(EngineTimeout("late"), "late"), (BUSY, "busy"), (BROKEN, "broken")],
)
async def test_it_is_told_why_an_engine_rests(error: Exception, why: str) -> None:
    chain = FallbackTranslator([ScriptedTranslator("a", always=error), ScriptedTranslator("b")])
    for _ in range(3):
        await chain.translate("x", source="en", targets=["es"])
    assert [(one["engine"], one["why"]) for one in duty_of(chain).facts()["resting"]] == [
        ("a 1", why)
    ]


def test_what_rests_is_told_with_the_moment_it_is_asked_again() -> None:
    facts = Duty("b 1", {"a 1": Rest(30.0)}).facts()
    assert facts["engine"] == "b 1"
    assert [(one["engine"], one["until"] > 1e9) for one in facts["resting"]] == [("a 1", True)]


def test_a_chain_is_written_with_commas() -> None:
    assert chain_of(" llm, apertium,,llm ") == ("llm", "apertium")
    assert chain_of("") == ()
