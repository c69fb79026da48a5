"""The booth console in the words of an interpreter: keys, and what can be read at a glance."""

import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

SOON_MS = 30_000


@dataclass(frozen=True)
class BoothPage:
    page: Page

    def enter(self, link: str) -> None:
        """By the link of an invitation, through the check of devices."""
        self.page.add_init_script(path=Path(__file__).with_name("ear.js"))
        self.page.goto(link)
        self.page.get_by_role("button", name="Open the booth").click()
        self.go_in()

    def go_in(self) -> None:
        expect(self.page.get_by_role("button", name="Enter the booth")).to_be_enabled(
            timeout=SOON_MS
        )
        self.page.get_by_role("button", name="Enter the booth").click()
        expect(self.console).to_be_visible()

    @property
    def console(self) -> Locator:
        return self.page.locator("[data-air]").first

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def expect_air(self, air: str) -> None:
        """`me`, `partner`, `machine`, `floor`, `slate`."""
        expect(self.console).to_have_attribute("data-air", air, timeout=SOON_MS)

    def expect_microphone(self, state: str) -> None:
        expect(self.console).to_have_attribute("data-microphone", state, timeout=SOON_MS)

    def unmute(self) -> None:
        self.press("Space")
        self.expect_microphone("open")
        # The channel's job has to hear it as well before it can be taken.
        self.page.wait_for_timeout(1500)

    def expect_heard(self, *, front: str, back: str) -> None:
        """What she chose for her headset."""
        hear = self.page.get_by_role("region", name="Hear", exact=True)
        expect(hear.get_by_label(f"In front: {front}", exact=True)).to_be_visible()
        expect(hear.get_by_label(f"Behind: {back}", exact=True)).to_be_visible()

    def expect_sound(self, *, above: float) -> None:
        """In her headset; see ear.js."""
        end = time.monotonic() + SOON_MS / 1000
        while (loudness := float(self.page.evaluate("ear.loudness(1)"))) <= above:
            assert time.monotonic() < end, loudness

    @property
    def live_text(self) -> Locator:
        return self.page.get_by_role("region", name="Live text")

    @property
    def machine_text(self) -> Locator:
        return self.page.get_by_role("region", name="Machine", exact=True)

    @property
    def chat(self) -> Locator:
        """What was said, without the phrases that wait to be."""
        return self.page.get_by_role("log", name="Chat")
