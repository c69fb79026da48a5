"""Which engine of a chain serves now, and which ones rest because they failed: for organizers."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from translation.errors import EngineBusy, EngineMissing, EngineTimeout
from translation.ports import Manner, Synthesiser


class Failure(StrEnum):
    """Why an engine rests."""

    LATE = "late"  # it did not answer in time
    BUSY = "busy"  # it wants to be asked later
    MISSING = "missing"  # its key, model or program is not there, or refused
    BROKEN = "broken"  # it crashed, or answered nonsense


def failure_of(error: Exception) -> Failure:
    match error:
        case EngineTimeout():
            return Failure.LATE
        case EngineBusy():
            return Failure.BUSY
        case EngineMissing():
            return Failure.MISSING
    return Failure.BROKEN


@dataclass(frozen=True, slots=True)
class Rest:
    """For so many seconds an engine is not asked, and why."""

    left_s: float
    why: Failure = Failure.BROKEN


@dataclass(frozen=True, slots=True)
class Duty:
    """`serving`: an engine's label. `resting`: of its chain, by their labels. `chained`: there are
    others that could serve."""

    serving: str
    resting: Mapping[str, Rest] = field(default_factory=dict)
    chained: bool = False

    def facts(self) -> dict[str, Any]:
        """For a job's report; `until` counts seconds since 1970."""
        now = time.time()
        resting = [
            {"engine": engine, "until": round(now + rest.left_s, 1), "why": rest.why.value}
            for engine, rest in self.resting.items()
        ]
        return {"engine": self.serving, "resting": resting}


NOBODY = Duty("")


def those_that_rest(chain: Iterable[tuple[str, Rest | None]]) -> dict[str, Rest]:
    """`chain`: each engine's label, and its rest where it has one."""
    return {label: rest for label, rest in chain if rest is not None}


def duty_of(engine: Any, language: str = "") -> Duty:
    """Of a chain, or of an engine that is none. `language`: that it serves, where that matters."""
    on_duty = getattr(engine, "duty", None)
    if on_duty is not None:
        duty: Duty = on_duty(language)
        return duty
    return Duty(engine.abilities.label) if engine is not None else NOBODY


def voice_of(engine: Synthesiser, language: str, manner: Manner) -> str:
    """The engine's own name for the voice that would say a line; "" where it names none."""
    voice = getattr(engine, "voice", None)
    return str(voice(language, manner)) if voice is not None else ""


async def ready(engine: Synthesiser, language: str, manner: Manner) -> None:
    """An engine that is slow to begin has begun. Raises `EngineError`."""
    begin = getattr(engine, "ready", None)
    if begin is not None:
        await begin(language, manner)


def said_by(engine: Synthesiser, language: str, manner: Manner) -> str:
    """Engine and voice that would say a line, as they stand in provenance."""
    return f"{duty_of(engine, language).serving} {voice_of(engine, language, manner)}".strip()
