"""How late an interpreter hears the floor, over real LiveKit and in a real browser.

A speaker is a process that publishes a microphone as the stage page does, and speaks a human
reading without its pauses; the booth page runs in Chromium. What it gives to the headset, behind
normaliser and limiter, is taken beside the page with the moment at which the browser says that each
sample leaves (`AudioContext.getOutputTimestamp`), and looked for in what was spoken.

    floor_to_headset_s  from the speaker's track to the headset

Writes build/bench/headset.json and prints a line.
"""

import argparse
import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import soundfile
from playwright.sync_api import Page, sync_playwright

from interpret.talk import enter
from tests.bench.delay import delay_s, without_pauses
from tests.bench.machine import Machine
from tests.bench.report import begin, cells, keep
from tests.browser.booth_page import BoothPage
from tests.browser.browsers import DESKTOP, chromium, microphone
from tests.listener import Listener
from tests.microphone import RATE_HZ, Microphone
from tests.stack import Stack, stack
from translation.jobs.report import percentiles

LANGUAGES = ("es", "fr", "it")
EVERY_S = 3.0
PIECES = 6


class Desk:
    """A booth page in a browser; Playwright keeps to one thread."""

    def __init__(self, service: Stack, link: str) -> None:
        self._playwright = sync_playwright().start()
        silence = service.folder / "silence.wav"
        soundfile.write(silence, np.zeros(RATE_HZ, np.int16), RATE_HZ)
        self._browser = chromium(self._playwright, *microphone(silence))
        context = self._browser.new_context(
            base_url=service.base_url, viewport=DESKTOP, locale="en-GB", bypass_csp=True
        )
        context.add_init_script(path=Path(__file__).with_name("headset.js"))
        self._page: Page = context.new_page()
        BoothPage(self._page).enter(link)

    def heard(self) -> tuple[float, np.ndarray]:
        """When the first sample left (seconds since 1970), and the last half second."""
        pieces = self._page.evaluate(f"window.headset.heard.slice(-{PIECES})")
        samples = np.concatenate([np.array(piece["samples"]) for piece in pieces])
        length_s = len(pieces[0]["samples"]) / RATE_HZ
        # Where the estimate jumps, the steady line of the pieces counts.
        began = float(np.median([p["began"] - n * length_s for n, p in enumerate(pieces)]))
        return began, samples

    def close(self) -> None:
        self._browser.close()
        self._playwright.stop()


async def measure(service: Stack, sounds: Sequence[Path], count: int) -> dict[str, Any]:
    organizer = service.organizer()
    session_id, invitation = service.new_session(organizer, list(LANGUAGES))
    link = service.invite(organizer, session_id, LANGUAGES[0], "Ann")["url"]
    organizer.post(f"/api/sessions/{session_id}/start").raise_for_status()
    stage = await asyncio.to_thread(enter, service.base_url, invitation)
    sound = np.concatenate([without_pauses(path) for path in sounds[:8]])
    loop = asyncio.get_running_loop()
    delays: list[float] = []
    machine = Machine()
    with ThreadPoolExecutor(1) as page_thread:
        desk = await loop.run_in_executor(page_thread, Desk, service, link)
        speaker = await Microphone.open(
            service.livekit.url, stage.token, sound, service.folder / "floor.npy"
        )
        async with Listener(service.base_url, session_id, LANGUAGES[0]):
            await asyncio.sleep(5)
            for number in range(count):
                await asyncio.sleep(EVERY_S)
                began, samples = await loop.run_in_executor(page_thread, desk.heard)
                delay = delay_s(samples, RATE_HZ, sound, speaker.sample_at(began))
                delays += [delay] if delay is not None else []
                print(f"{number + 1} of {count}: {delay and round(delay, 3)}", flush=True)
        await speaker.close()
        await loop.run_in_executor(page_thread, desk.close)
    organizer.post(f"/api/sessions/{session_id}/end").raise_for_status()
    organizer.close()
    return {
        "floor_to_headset_s": percentiles(delays),
        "n": len(delays),
        "not_heard": count - len(delays),
        "machine": machine.told(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=40, help="of moments at which it is measured")
    options = parser.parse_args()
    sounds = begin()
    with TemporaryDirectory() as folder, stack(Path(folder)) as service:
        told = asyncio.run(measure(service, sounds, options.count))
    numbers, lost = cells(told["floor_to_headset_s"]), told["not_heard"]
    line = f"floor to headset p50/p95/p99 s: {numbers} (n {told['n']}, not heard {lost})"
    keep("headset", told, line)


if __name__ == "__main__":
    main()
