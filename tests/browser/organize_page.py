"""The organizer's pages in the words of an organizer."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.service import Organizer


@dataclass(frozen=True)
class OrganizePage:
    page: Page

    def sign_in(self, person: Organizer) -> None:
        """Comes by the organizer's address, which asks who it is."""
        self.page.goto("/organize")
        self.page.get_by_label("Email").fill(person.email)
        self.page.get_by_label("Password").fill(person.password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="Events", exact=True)).to_be_visible()

    def create_event(self, title: str) -> None:
        self.page.get_by_role("button", name="New event").click()
        self.page.get_by_role("textbox", name="Title").fill(title)
        self.page.get_by_role("button", name="Create event").click()
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()

    def add_room(self, name: str) -> None:
        self.page.get_by_role("textbox", name="New room").fill(name)
        self.page.get_by_role("button", name="Add room").click()
        expect(self.page.get_by_role("heading", name=name, level=2)).to_be_visible()

    def add_session(self, title: str, *, languages: list[str]) -> None:
        self.page.get_by_role("button", name="New session").click()
        self.page.get_by_role("textbox", name="Title").fill(title)
        for language in languages:
            self._pick("Interpreted into", language)
        self.page.keyboard.press("Escape")
        self.page.get_by_role("button", name="Create session").click()
        self.page.get_by_role("link", name=title).click()
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()

    def start(self) -> None:
        self.page.get_by_role("button", name="Start", exact=True).click()
        expect(self.page.get_by_role("button", name="End", exact=True)).to_be_visible()

    def end(self) -> None:
        self.page.get_by_role("button", name="End", exact=True).click()
        dialog = self.page.get_by_role("dialog", name="End this session?")
        dialog.get_by_role("button", name="End", exact=True).click()
        expect(self.page.get_by_role("button", name="Start again")).to_be_visible()

    def add_language(self, own_name: str) -> None:
        self._pick("Add a language", own_name)
        self.page.get_by_role("button", name="Add", exact=True).click()
        expect(self.channel(own_name)).to_be_visible()

    def channel(self, own_name: str) -> Locator:
        """The row of a channel."""
        return self.page.get_by_role("row").filter(
            has=self.page.get_by_role("rowheader", name=own_name)
        )

    def _pick(self, field: str, option: str) -> None:
        self.page.get_by_role("combobox", name=field).click()
        self.page.get_by_role("option", name=option).first.click()
