"""Chromium with the flags these tests need; one browser process for one person."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile
from playwright.sync_api import Browser, BrowserContext, Playwright, ViewportSize

from tests.servers import require

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Windows of several people share one machine without a screen: none may be slowed down.
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
)
PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1280, height=800)
LIBRIVOX = Path("/usr/share/pocketsphinx/test/data/librivox")


SANDBOX = os.geteuid() != 0
"""Chromium's own does not work for root."""


def chromium_program() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    return require(found, "Chromium")


def chromium(playwright: Playwright, *flags: str) -> Browser:
    return playwright.chromium.launch(
        executable_path=chromium_program(),
        headless=True,
        chromium_sandbox=SANDBOX,
        ignore_default_args=["--mute-audio"],
        args=[*QUIET, *flags],
    )


def microphone(sound: Path) -> tuple[str, ...]:
    """Flags of a browser whose microphone hears a file, from its start, over and over."""
    return (
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={sound}",
    )


def reading(path: Path, *, silence_s: float = 1.5) -> Path:
    """The LibriVox sentences one after the other, after a silence in which a page gets ready."""
    require(LIBRIVOX if LIBRIVOX.is_dir() else None, "pocketsphinx-testdata")
    pieces = [soundfile.read(sound, dtype="int16") for sound in sorted(LIBRIVOX.glob("*.wav"))]
    rate_hz = pieces[0][1]
    pause = np.zeros(int(0.8 * rate_hz), np.int16)
    talk = [part for samples, _ in pieces for part in (samples, pause)]
    silence = np.zeros(int(silence_s * rate_hz), np.int16)
    soundfile.write(path, np.concatenate([silence, *talk]), rate_hz)
    return path


@contextmanager
def phone(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    """A listener's phone. Playing needs a tap, as on a real one."""
    context = browser.new_context(
        base_url=base_url, viewport=PHONE, has_touch=True, is_mobile=True, locale="en-GB"
    )
    context.add_init_script(path=Path(__file__).with_name("ear.js"))
    try:
        yield context
    finally:
        context.close()
