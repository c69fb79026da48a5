"""Which engine of a chain serves now, and which ones rest because they failed: for organizers."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Duty:
    """`serving`: an engine's label. `resting`: engine -> seconds until it is asked again.
    `chained`: there are others that could serve."""

    serving: str
    resting: Mapping[str, float] = field(default_factory=dict)
    chained: bool = False

    def facts(self) -> dict[str, Any]:
        """For a job's report; `until` counts seconds since 1970."""
        now = time.time()
        resting = [
            {"engine": engine, "until": round(now + rest_s, 1)}
            for engine, rest_s in self.resting.items()
        ]
        return {"engine": self.serving, "resting": resting}


NOBODY = Duty("")


def duty_of(engine: Any, language: str = "") -> Duty:
    """Of a chain, or of an engine that is none. `language`: that it serves, where that matters."""
    on_duty = getattr(engine, "duty", None)
    if on_duty is not None:
        duty: Duty = on_duty(language)
        return duty
    return Duty(engine.abilities.label) if engine is not None else NOBODY
