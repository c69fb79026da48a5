"""How late a talk is heard in other languages, at the listener's end, over real LiveKit.

The LJ Speech talk (32 sentences in order) is spoken on a stage by a microphone that is a process of
its own, and heard in Spanish, French and Italian at once. Each line's beginning is looked for in
what the listener received, by correlation with the very speech that was synthesised; the log only
says which line and about when.

    lag              end of a segment's last word -> beginning of its speech in the listener's ear
    ear-voice span   beginning of the segment -> the same
    stages           commit (recognised and closed), translate, wait (for the line before),
                     synthesise (and hand to the track), transport (track -> ear),
                     uplink (microphone -> floor job)

Writes build/bench/latency.json and prints a table. A figure is a measurement of this machine, at
this load; compare within one run.
"""

import argparse
import asyncio
import subprocess
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import psutil

from interpret.talk import enter
from tests.bench import report
from tests.bench.delay import likest
from tests.bench.joins import joins_s
from tests.bench.machine import Machine
from tests.listener import RATE_HZ, Listener
from tests.microphone import RATE_HZ as MICROPHONE_HZ
from tests.microphone import Microphone
from tests.servers import ROOT
from tests.stack import Stack, stack
from translation.audio import read_sound, resample
from translation.engines.espeak import ESpeak
from translation.engines.silero import Silero
from translation.jobs.report import percentiles
from translation.path.listen import WINDOW, Gate
from translation.priority import started_go_first
from translation.values import (
    FloorActivity,
    Plan,
    Samples,
    Segment,
    Sound,
    Speaking,
    Spoken,
    Translation,
)

LANGUAGES = ("es", "fr", "it")
STAGES = ("uplink", "commit", "translate", "wait", "synthesise", "transport")
LOOK_BEFORE_S, LOOK_AFTER_S = 0.3, 1.5
UPLINK_MOST_S = 0.5
ALIKE = 0.35
"""Correlation from which a line counts as found (unrelated speech stays below 0.15)."""


class Usage:
    """CPU time and memory of the service's processes, children that ended included."""

    def __init__(self, service: Stack, jobs: dict[str, int]) -> None:
        self._roots = {name: psutil.Process(p.pid) for name, p in service.processes.items()}
        self._roots |= {name: psutil.Process(pid) for name, pid in jobs.items()}
        for child in psutil.Process().children():
            for name in ("redis-server", "livekit-server"):
                if child.name().startswith(name[:15]):
                    self._roots[name.partition("-")[0]] = child
        self._own = set(jobs.values())
        self._began_s = time.monotonic()
        self._before = {name: self._cpu_s(name) for name in self._roots}

    def told(self) -> dict[str, dict[str, float]]:
        minutes = (time.monotonic() - self._began_s) / 60
        return {
            name: {
                "cpu_s_per_min": round((self._cpu_s(name) - self._before[name]) / minutes, 2),
                "rss_mb": round(sum(p.memory_info().rss for p in self._family(name)) / 1e6),
            }
            for name in self._roots
        }

    def _family(self, name: str) -> list[psutil.Process]:
        """A process and its descendants; a job counts for itself, not for its worker."""
        root = self._roots[name]
        if not root.is_running():
            raise SystemExit(f"{name} was replaced meanwhile: the machine is overloaded")
        family = [root, *root.children(recursive=True)]
        if name == "jobs":
            family = [p for p in family if p.pid not in self._own]
        return [p for p in family if p.is_running()]

    def _cpu_s(self, name: str) -> float:
        total = 0.0
        for process in self._family(name):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
        return total


async def measure(service: Stack, sounds: Sequence[Path], joins: int) -> dict[str, Any]:
    organizer = service.organizer()
    session_id, invitation = service.new_session(organizer, list(LANGUAGES))
    organizer.post(f"/api/sessions/{session_id}/start").raise_for_status()
    jobs = await wait_for_jobs(service, session_id)
    stage = await asyncio.to_thread(enter, service.base_url, invitation)
    talk = np.concatenate([read_sound(path, MICROPHONE_HZ).samples for path in sounds])
    pause = np.zeros(MICROPHONE_HZ, np.int16)
    listeners = {tag: Listener(service.base_url, session_id, tag) for tag in LANGUAGES}
    async with AsyncExitStack() as exits:
        exits.enter_context(started_go_first())  # listeners have machines of their own
        for listener in listeners.values():
            await exits.enter_async_context(listener)
        await asyncio.sleep(3)
        usage, machine = Usage(service, jobs), Machine()
        print(f"speaking {len(sounds)} recordings ...", flush=True)
        speaker = await Microphone.open(
            service.livekit.url, stage.token,
            np.concatenate([talk, pause]), service.folder / "talk.npy",
        )  # fmt: skip
        await asyncio.sleep((len(talk) + len(pause) / 2) / MICROPHONE_HZ)
        await speaker.do("silence")
        await wait_until_spoken(service, session_id)
        processes = usage.told()
        await asyncio.sleep(1)
    entries = service.entries(session_id)
    epoch_s = next(entry.epoch_s for entry in entries if isinstance(entry, Plan))
    uplinks = uplinks_s(entries, talk, speaker, epoch_s)
    uplink_s = float(np.median(uplinks))
    languages = {
        tag: await of_language(tag, entries, listeners[tag], epoch_s, uplink_s) for tag in LANGUAGES
    }
    joined: list[float] = []
    if joins:
        print("joining ...", flush=True)
        await speaker.do("talk")
        joined = await joins_s(f"{service.base_url}/e/demo/talk-1", joins)
    await speaker.close()
    organizer.post(f"/api/sessions/{session_id}/end").raise_for_status()
    organizer.close()
    return {
        "languages": languages,
        "join_s": percentiles(joined),
        "processes": processes,
        "uplink_s": percentiles(uplinks),
        "machine": {**machine.told(), "commit": commit(), "talk_sentences": len(sounds)},
    }


async def wait_for_jobs(service: Stack, session_id: str) -> dict[str, int]:
    """The process of each of the session's jobs, once both are there."""
    deadline = time.monotonic() + 60
    while True:
        await asyncio.sleep(1)
        try:
            return {
                name: await asyncio.to_thread(service.pid_of_job, session_id, task)
                for name, task in (("floor", "run_floor"), ("channels", "run_channels"))
            }
        except AssertionError:
            if time.monotonic() > deadline:
                raise


async def wait_until_spoken(service: Stack, session_id: str) -> None:
    """Until nothing new has been done with for three seconds."""
    before = -1
    while True:
        await asyncio.sleep(3)
        entries = await asyncio.to_thread(service.entries, session_id)
        done = sum(isinstance(entry, Spoken | Segment) for entry in entries)
        if done == before:
            return
        before = done


def uplinks_s(
    entries: Sequence[Any], talk: Samples, speaker: Microphone, epoch_s: float
) -> list[float]:
    """Microphone to floor job: where voice activity begins in the recording against what the
    microphone was at when the floor job said so."""
    gate, silero = Gate(), Silero()
    heard = resample(Sound(talk, MICROPHONE_HZ), 16_000).samples
    opened = []
    for start in range(0, len(heard) - WINDOW, WINDOW):
        window = heard[start : start + WINDOW].astype(np.float32) / np.float32(32768)
        if gate.update(silero.probability(window), WINDOW / 16_000) and gate.open:
            opened.append(start / 16_000)
    told = [
        speaker.sample_at(epoch_s + entry.at_s) / MICROPHONE_HZ
        for entry in entries
        if isinstance(entry, FloorActivity) and entry.speaking
    ]
    nearest = [min((there - here for here in opened), key=abs) for there in told]
    return [delay for delay in nearest if 0 <= delay < UPLINK_MOST_S]


async def of_language(
    tag: str, entries: Sequence[Any], listener: Listener, epoch_s: float, uplink_s: float
) -> dict[str, Any]:
    segments = {entry.id: entry for entry in entries if isinstance(entry, Segment)}

    def mine(kind: type[Any]) -> dict[int, Any]:
        return {e.segment_id: e for e in entries if isinstance(e, kind) and e.language == tag}

    texts, speaking, spoken = mine(Translation), mine(Speaking), mine(Spoken)
    voice = ESpeak()
    rows: list[dict[str, float]] = []
    lost = 0
    for number, begun in sorted(speaking.items()):
        segment, text = segments[number], texts[number]
        heard = [s async for s in voice.speak(text.text, language=tag, speed=begun.speed)]
        line = resample(heard[0], RATE_HZ).samples
        ear_s = found(listener, line, epoch_s + begun.started_s)
        if ear_s is None:
            lost += 1
            continue
        before = spoken.get(number - 1)
        free_s = max(text.translated_s, before.ended_s if before else 0.0)
        rows.append({
            "at_s": segment.floor_end_s,
            "lag": ear_s - epoch_s - segment.floor_end_s + uplink_s,
            "span": ear_s - epoch_s - segment.floor_start_s + uplink_s,
            "uplink": uplink_s,
            "commit": segment.committed_s - segment.floor_end_s,
            "translate": text.translated_s - segment.committed_s,
            "wait": free_s - text.translated_s,
            "synthesise": begun.started_s - free_s,
            "transport": ear_s - epoch_s - begun.started_s,
        })  # fmt: skip
    growth = np.polyfit([r["at_s"] / 60 for r in rows], [r["lag"] for r in rows], 1)[0]
    return {
        "lag_s": percentiles([row["lag"] for row in rows]),
        "ear_voice_span_s": percentiles([row["span"] for row in rows]),
        "skipped": sum(done.skipped is not None for done in spoken.values()),
        "segments": len(segments),
        "lines_heard": len(rows),
        "lines_not_found": lost,
        "growth_s_per_min": round(float(growth), 3),
        "speed": percentiles([begun.speed for begun in speaking.values()]),
        "stages_s": {stage: percentiles([row[stage] for row in rows]) for stage in STAGES},
        "lines": [{name: round(value, 3) for name, value in row.items()} for row in rows],
    }


def found(listener: Listener, line: Samples, about_s: float) -> float | None:
    """When (seconds since 1970) the beginning of a line reached the listener; None if it is not
    there. Looks at the first second of the line."""
    known = line[:RATE_HZ].astype(np.float64)
    heard, times = listener.around(about_s - LOOK_BEFORE_S, about_s + LOOK_AFTER_S + 1.0)
    if len(heard) < len(known):
        return None
    place, alike = likest(known, heard)
    return float(times[place]) if alike > ALIKE else None


def commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


def table(told: dict[str, Any]) -> str:
    cells = partial(report.cells, digits=2)
    lines = [
        f"{'':12}{'lag p50/p95/p99':>22}{'ear-voice span':>22}{'skipped':>9}{'growth/min':>12}"
    ]
    for tag, of in told["languages"].items():
        lines.append(
            f"{tag:12}{cells(of['lag_s']):>22}{cells(of['ear_voice_span_s']):>22}"
            f"{of['skipped']:>9}{of['growth_s_per_min']:>12.3f}"
            f"   {of['lines_heard']} of {of['segments']} lines found at the listener"
        )
    lines.append("")
    lines.append("stages p50/p95/p99" + "".join(f"{stage:>22}" for stage in STAGES))
    for tag, of in told["languages"].items():
        lines.append(f"{tag:18}" + "".join(f"{cells(of['stages_s'][s]):>22}" for s in STAGES))
    lines += ["", f"uplink (microphone -> floor job): {cells(told['uplink_s'])} s"]
    lines += [f"join to first sound (Chromium, phone size): {cells(told['join_s'])} s", ""]
    for name, used in told["processes"].items():
        lines.append(f"{name:12}{used['cpu_s_per_min']:8.2f} CPU s/min{used['rss_mb']:8.0f} MB")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=32, help="how many of the talk's 32")
    parser.add_argument("--joins", type=int, default=15, help="visits of the listening page")
    options = parser.parse_args()
    sounds = report.begin()[: options.sentences]
    with TemporaryDirectory() as folder, stack(Path(folder)) as service:
        told = asyncio.run(measure(service, sounds, options.joins))
    report.keep("latency", told, table(told))


if __name__ == "__main__":
    main()
