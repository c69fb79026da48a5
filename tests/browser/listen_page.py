"""The listening page in the words of a listener."""

import re
import time
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class ListenPage:
    page: Page

    def choose(self, own_name: str) -> None:
        """On the first screen: one tap, and it plays."""
        self.page.get_by_role("radio", name=own_name).tap()

    def switch_to(self, own_name: str) -> None:
        self.page.get_by_role("button", name="Change the language").tap()
        self.page.get_by_role("dialog").get_by_role("radio", name=own_name).tap()

    @property
    def state(self) -> Locator:
        """Holds what the page knows of itself: `data-state`, `data-language`."""
        return self.page.locator("[data-state]").first

    @property
    def captions(self) -> Locator:
        """The part that scrolls."""
        return self.page.locator("#captions")

    @property
    def finals(self) -> Locator:
        return self.page.get_by_role("log").locator("[data-caption]")

    @property
    def interims(self) -> Locator:
        return self.page.locator("[data-interim]")

    def expect_state(self, state: str, *, within_s: float = 15) -> None:
        expect(self.state).to_have_attribute("data-state", state, timeout=within_s * 1000)

    def expect_sounding(self, *, within_s: float = 30) -> None:
        """Connected and playing, whether or not somebody speaks this moment."""
        playing = re.compile("live|silent")
        expect(self.state).to_have_attribute("data-state", playing, timeout=within_s * 1000)

    def expect_voice(self, words: str, *, within_s: float = 30) -> None:
        """What the player says of whom she hears; the captions say it as well."""
        player = self.page.get_by_role("region", name="Sound")
        expect(player.get_by_text(words, exact=True)).to_be_visible(timeout=within_s * 1000)

    def expect_language(self, tag: str) -> None:
        expect(self.state).to_have_attribute("data-language", tag)
        expect(self.page.get_by_role("log")).to_have_attribute("lang", tag)

    def loudness(self, *, seconds: float) -> float:
        """Of what sounds; see ear.js."""
        return float(self.page.evaluate("seconds => ear.loudness(seconds)", seconds))

    def expect_silence(self, *, below: float, within_s: float = 30) -> None:
        """For three seconds, longer than a reading pauses or begins anew."""
        end = time.monotonic() + within_s
        while (loudness := self.loudness(seconds=3)) >= below:
            assert time.monotonic() < end, loudness

    def watch_for_gaps(self) -> None:
        self.page.evaluate("ear.watch()")

    def longest_gap_ms(self) -> float:
        return float(self.page.evaluate("ear.unwatch()"))

    def tap_to_sound_ms(self) -> float:
        """Between the marks that the page itself leaves."""
        return float(
            self.page.evaluate(
                """() => performance.getEntriesByName("first-sound").at(-1).startTime
                       - performance.getEntriesByName("tap").at(-1).startTime"""
            )
        )
