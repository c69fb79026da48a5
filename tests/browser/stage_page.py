"""The stage page in the words of a speaker."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class StagePage:
    page: Page

    def check_microphone(self) -> None:
        self.page.get_by_role("button", name="Use the microphone").click()
        expect(self.page.get_by_role("button", name="Go live")).to_be_enabled()

    def go_live(self) -> None:
        self.page.get_by_role("button", name="Go live").click()
        expect(self.page.get_by_text("You are on air")).to_be_visible(timeout=30_000)

    def stop(self) -> None:
        self.page.get_by_role("button", name="Stop").click()

    @property
    def recognised(self) -> Locator:
        return self.page.get_by_role("region", name="What is recognised").locator("p")
