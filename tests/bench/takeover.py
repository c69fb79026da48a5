"""What a listener hears when the voice of a channel changes, over real LiveKit.

A booth of two interpreters (or two such booths at once), the machine behind them and in two other
languages. Interpreters are processes
that publish a microphone as the booth page does, and are killed like a browser that crashes; they
speak a human reading without its pauses. The machine's voice is a hum as long as speech would be,
so that every silence is the change's own. All is measured on the sound that a listener decoded.

    silence_s   between the old voice and the new one, around a change
    after_s     from the disconnect (or the mute) to the machine's first sound
    human_path  from the interpreter's track to the listener's ear, by correlation
    holes       share of the time in which she speaks and the listener hears nothing

Writes build/bench/takeover.json and prints a table.
"""

import argparse
import asyncio
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from interpret.talk import Speaker
from tests.bench.delay import delay_s, without_pauses
from tests.bench.machine import Machine
from tests.bench.report import begin, cells, keep
from tests.interpreter import Interpreter
from tests.listener import RATE_HZ, Listener
from tests.stack import Stack, stack
from translation.flow import cancel_and_wait
from translation.jobs.report import percentiles
from translation.priority import started_go_first
from translation.values import Gesture, Samples

BOOTHS = ("es", "fr")
KINDS = (
    "machine_to_human", "human_to_human", "human_to_machine",
    "stand_in_disconnect", "stand_in_mute",
)  # fmt: skip
FRAME_S = 0.01
QUIET = 60.0
"""Below (root mean square, of 32768) a frame is silent: -55 dBFS."""

CALM_S = 2.0
LOOK_S = 5.0


@dataclass(frozen=True)
class Change:
    """`moment`: when it was asked for or caused, seconds since 1970."""

    kind: str
    language: str
    moment: float


class Booth:
    """Two interpreters, one listener, and rounds of every kind of change."""

    def __init__(
        self, language: str, pair: Sequence[Interpreter], sounds: Sequence[Samples]
    ) -> None:
        self.language = language
        self.changes: list[Change] = []
        self._pair = pair
        self._sounds = sounds

    async def open(self) -> None:
        for interpreter, sound in zip(self._pair, self._sounds, strict=True):
            await interpreter.open_microphone(sound)

    async def rounds(self, count: int) -> None:
        for number in range(count):
            await self.round()
            print(f"{self.language}: round {number + 1} of {count}", flush=True)

    async def round(self) -> None:
        first, second = self._pair
        await self._until_machine_speaks()
        await self._ask("machine_to_human", first, Gesture.TAKE)
        await self._ask("human_to_human", first, Gesture.OFFER, second)
        await self._ask("human_to_machine", second, Gesture.RELEASE)
        await self._until_machine_speaks()
        await self._ask("machine_to_human", first, Gesture.TAKE)

        self._note("stand_in_mute")
        await first.do("mute")
        await self._until(first, "machine")
        await asyncio.sleep(CALM_S)
        await first.do("unmute")
        await self._until(first, "interpreter")
        await asyncio.sleep(CALM_S)

        moment = await first.kill_microphone()
        self.changes.append(Change("stand_in_disconnect", self.language, moment))
        await self._until(second, "machine")
        await asyncio.sleep(CALM_S)
        await first.open_microphone(self._sounds[0])
        await self._until(first, "interpreter")  # she speaks, so she is back
        await asyncio.sleep(CALM_S)
        await self._ask("human_to_machine", first, Gesture.RELEASE)

    async def _ask(
        self, kind: str, who: Interpreter, gesture: Gesture, to: Interpreter | None = None
    ) -> None:
        since = len(who.messages)
        if to is None:
            self._note(kind)
        refusal = await who.ask(gesture, self.language, to.id if to else "")
        assert refusal is None, f"{kind}: {refusal}"
        if to is not None:
            self._note(kind)
            assert await to.ask(Gesture.ACCEPT, self.language) is None
        await who.told(lambda m: m["type"] == "on_air" and m["language"] == self.language, since)
        await asyncio.sleep(CALM_S)

    def _note(self, kind: str) -> None:
        self.changes.append(Change(kind, self.language, time.time()))

    async def _until(self, who: Interpreter, what: str) -> None:
        await who.until(lambda: who.facts[self.language].get("input") == what)

    async def _until_machine_speaks(self) -> None:
        facts = self._pair[0].facts
        await self._pair[0].until(
            lambda: (
                facts[self.language].get("input") == "machine"
                and facts[self.language]["backlog_s"] > 1.0
            )
        )


def levels(listener: Listener, start_s: float, end_s: float) -> tuple[np.ndarray, np.ndarray]:
    """Root mean square of every hundredth of a second, and when it was heard."""
    sound, times = listener.around(start_s, end_s)
    length = int(FRAME_S * RATE_HZ)
    count = len(sound) // length
    frames = sound[: count * length].reshape(count, length)
    return np.sqrt(np.mean(frames**2, axis=1)), times[: count * length : length]


def silence(listener: Listener, change: Change, most_s: float) -> tuple[float, float] | None:
    """The longest silence that begins within `most_s` of a change: its length, and when it was
    over; one that has no end lasts as long as was listened. None where the old voice was not heard
    right before."""
    power, times = levels(listener, change.moment - 0.3, change.moment + LOOK_S)
    before = power[times < change.moment]
    if not len(before) or np.mean(before > QUIET) < 0.8:
        return None
    longest, over_s = 0.0, change.moment
    began_s: float | None = None
    for loud, at_s in zip([*(power > QUIET), True], [*times, times[-1] + FRAME_S], strict=True):
        if not loud and began_s is None and change.moment <= at_s <= change.moment + most_s:
            began_s = at_s
        if loud and began_s is not None:
            if at_s - began_s > longest:
                longest, over_s = float(at_s - began_s), float(at_s)
            began_s = None
    return longest, over_s


def path_s(listener: Listener, who: Interpreter, sound: Samples, moment: float) -> float | None:
    """Track to ear around a moment at which she was on air."""
    heard, times = listener.around(moment, moment + 0.6)
    if len(heard) < RATE_HZ // 2:
        return None
    # What the SDK decodes comes without a break: a piece that is later than the line of the others
    # was taken later by this busy process, and is heard no later.
    steady = float(np.min(times - np.arange(len(times)) / RATE_HZ))
    return delay_s(heard, RATE_HZ, sound, who.sample_at(steady))


async def measure(
    service: Stack, sounds: Sequence[Path], folder: Path, rounds: int, tags: Sequence[str]
) -> dict[str, Any]:
    organizer = service.organizer()
    session_id, invitation = service.new_session(organizer, [*BOOTHS, "it"])
    links = {
        tag: [service.invite(organizer, session_id, tag, name)["url"] for name in ("Ann", "Bob")]
        for tag in tags
    }
    for tag in tags:
        service.change_channel(organizer, session_id, tag, spoken_notice=True)
    organizer.post(f"/api/sessions/{session_id}/start").raise_for_status()
    readings = [without_pauses(path) for path in sounds[:4]]
    speaker = Speaker(
        service.base_url, service.livekit.url, lambda: invitation,
        sounds[4:], 0.0,
    )  # fmt: skip
    async with AsyncExitStack() as exits:
        listeners = {
            tag: await exits.enter_async_context(Listener(service.base_url, session_id, tag))
            for tag in tags
        }
        booths = []
        pairs: dict[str, list[Interpreter]] = {}
        for number, tag in enumerate(tags):
            pairs[tag] = [
                await exits.enter_async_context(Interpreter(service.base_url, link, folder))
                for link in links[tag]
            ]
            booths.append(Booth(tag, pairs[tag], readings[2 * number : 2 * number + 2]))
        talking, machine = asyncio.create_task(speaker.speak(once=False)), Machine()
        for booth in booths:
            await booth.open()
        await asyncio.gather(*(booth.rounds(rounds) for booth in booths))
        await asyncio.sleep(LOOK_S)
        await cancel_and_wait(talking)
        told = figures(booths, listeners, pairs, readings, machine)
    organizer.post(f"/api/sessions/{session_id}/end").raise_for_status()
    organizer.close()
    return told


def hole(listener: Listener, moment: float) -> tuple[float, float]:
    """Seconds of nothing, of the seconds in which she spoke; her sound has no pauses."""
    power, _ = levels(listener, moment, moment + 0.9)
    return FRAME_S * float(np.sum(power <= QUIET)), FRAME_S * len(power)


def figures(
    booths: Sequence[Booth],
    listeners: dict[str, Listener],
    pairs: dict[str, list[Interpreter]],
    readings: Sequence[Samples],
    machine: Machine,
) -> dict[str, Any]:
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    not_speaking: dict[str, int] = defaultdict(int)
    paths: list[float] = []
    holes: list[tuple[float, float]] = []
    for number, booth in enumerate(booths):
        listener = listeners[booth.language]
        for change in booth.changes:
            stand_in = change.kind.startswith("stand_in")
            gap = silence(listener, change, 1.5 if stand_in else 0.8)
            if gap is None:
                not_speaking[change.kind] += 1
                continue
            found[change.kind].append((gap[0], gap[1] - change.moment))
            if change.kind == "machine_to_human":
                first = pairs[booth.language][0]
                way = path_s(listener, first, readings[2 * number], change.moment + 1.0)
                paths += [way] if way is not None else []
                holes.append(hole(listener, change.moment + 1.0))
    return {
        "changes": {
            kind: {
                "n": len(found[kind]),
                "left_out": not_speaking[kind],
                "silence_s": percentiles([gap for gap, _ in found[kind]]),
                **(
                    {"after_s": percentiles([after for _, after in found[kind]])}
                    if kind.startswith("stand_in")
                    else {}
                ),
            }
            for kind in KINDS
        },
        "human_path_s": percentiles(paths),
        "human_holes": sum(silent for silent, _ in holes) / max(1e-9, sum(of for _, of in holes)),
        "listener_reconnects": sum(listener.reconnects for listener in listeners.values()),
        "listener_resubscriptions": sum(
            len(listener.publishers) - 1 for listener in listeners.values()
        ),
        "machine": machine.told(),
    }


def table(told: dict[str, Any]) -> str:
    lines = [f"{'':22}{'n':>4}   {'silence p50/p95/p99 s':24}{'after p50/p95/p99 s'}"]
    for kind, of in told["changes"].items():
        lines.append(
            f"{kind:22}{of['n']:>4}   {cells(of['silence_s']):24}{cells(of.get('after_s', {}))}"
        )
    lines += [
        f"{'human path':22}{'':4}   {cells(told['human_path_s'])}",
        f"{'holes in it':22}{'':4}   {told['human_holes']:.2%}",
        f"listeners: {told['listener_reconnects']} reconnects,"
        f" {told['listener_resubscriptions']} resubscriptions",
        f"of the cores' time {told['machine']['stolen']:.1%} went to other machines",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=32, help="for each booth")
    parser.add_argument(
        "--booths", type=int, default=1, choices=(1, 2), help="at once; two fill two cores"
    )
    options = parser.parse_args()
    sounds = begin()
    with (
        TemporaryDirectory() as folder,
        stack(Path(folder), SPEECH_ENGINE="tests.tones.Hum") as service,
    ):
        booths = BOOTHS[: options.booths]
        with started_go_first():  # listeners have machines of their own
            told = asyncio.run(measure(service, sounds, Path(folder), options.rounds, booths))
    keep("takeover", told, table(told))


if __name__ == "__main__":
    main()
