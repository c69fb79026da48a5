"""How benches begin and end: what they need, what they write, how they write numbers."""

import json
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.servers import ROOT

READINGS = ROOT.parent / "shared" / "speech" / "ljspeech"


def begin() -> list[Path]:
    """The talk's recordings in order. Servers that are started from here on end with the bench."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not (found := sorted(READINGS.glob("*.flac"))):
        raise SystemExit(f"the readings are missing: {READINGS} holds no recordings")
    return found


def cells(numbers: Mapping[str, float | None], digits: int = 3) -> str:
    return " / ".join("-" if v is None else f"{v:.{digits}f}" for v in numbers.values())


def keep(name: str, told: dict[str, Any], table: str) -> None:
    """Writes build/bench/`name`.json, prints the table."""
    out = ROOT / "build" / "bench" / f"{name}.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(told, indent=2))
    print(f"{table}\n\n{out.relative_to(ROOT)}")
