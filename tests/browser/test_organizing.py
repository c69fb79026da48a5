"""An organizer does the whole of it in the browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsers import DESKTOP
from tests.browser.organize_page import OrganizePage
from tests.service import Organizer, Service

pytestmark = [
    pytest.mark.browser,
    pytest.mark.redis,
    pytest.mark.livekit,
    pytest.mark.programs,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture
def desk(listeners_browser: Browser, running: Service) -> Iterator[Page]:
    with listeners_browser.new_context(
        base_url=running.base_url, viewport=DESKTOP, locale="en-GB"
    ) as context:
        yield context.new_page()


def test_an_event_from_its_creation_to_its_end(
    desk: Page, organizer: Organizer, listener: Page
) -> None:
    page = OrganizePage(desk)
    page.sign_in(organizer)
    page.create_event("Congress")
    page.add_room("Hall B")
    page.add_session("Opening", languages=["Español"])

    page.start()
    expect(page.channel("Español")).to_contain_text("Machine voice", timeout=60_000)
    page.add_language("Italiano")
    expect(page.channel("Italiano")).to_contain_text("Machine voice", timeout=60_000)

    listener.goto("/e/congress/hall-b")
    expect(listener.get_by_role("radio", name="Italiano")).to_be_visible()

    page.end()
    listener.reload()
    expect(listener.get_by_text("This session has ended")).to_be_visible()


def test_a_link_to_the_stage_is_shown_once(desk: Page, organizer: Organizer) -> None:
    organizer.talk("Workshop", languages=["es"])
    page = OrganizePage(desk)
    page.sign_in(organizer)
    desk.get_by_role("link", name="Workshop").click()
    desk.get_by_role("link", name="Workshop").click()
    desk.get_by_role("textbox", name="For whom").fill("Lectern")
    desk.get_by_role("button", name="Create stage link").click()
    expect(desk.get_by_text("Lectern")).to_be_visible()
    link = desk.get_by_role("link", name="/stage/")
    address = link.get_attribute("href")
    assert address
    desk.reload()
    expect(desk.get_by_text("Lectern")).to_be_visible()
    expect(link).to_have_count(0)
    desk.goto(address)
    expect(desk.get_by_role("button", name="Use the microphone")).to_be_visible()


def test_what_is_planned_is_changed_and_deleted(desk: Page, organizer: Organizer) -> None:
    organizer.talk("Draft", languages=["es"])
    OrganizePage(desk).sign_in(organizer)
    desk.get_by_role("link", name="Draft").click()
    desk.get_by_role("button", name="Rename the room Hall A").click()
    desk.get_by_role("textbox", name="Name").fill("Aula")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("heading", name="Aula", level=2)).to_be_visible()

    desk.get_by_role("link", name="Draft").click()
    desk.get_by_role("button", name="Change the session").click()
    desk.get_by_role("textbox", name="Title").fill("Keynote")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("heading", name="Keynote", level=1)).to_be_visible()

    desk.get_by_role("button", name="Delete the session").click()
    desk.get_by_role("dialog").get_by_role("button", name="Delete the session").click()
    expect(desk.get_by_text("No sessions yet.")).to_be_visible()
    desk.get_by_role("button", name="Delete the room Aula").click()
    desk.get_by_role("dialog").get_by_role("button", name="Delete the room Aula").click()
    expect(desk.get_by_text("No rooms yet")).to_be_visible()


def test_a_colleague_joins_by_a_link_and_organizes(
    desk: Page, organizer: Organizer, running: Service, listeners_browser: Browser
) -> None:
    organizer.talk("Our congress", languages=["es"])
    OrganizePage(desk).sign_in(organizer)
    desk.get_by_role("textbox", name="For whom").fill("Bob")
    desk.get_by_role("button", name="Make a link").click()
    address = desk.get_by_role("link", name="/organize/join/").get_attribute("href")
    assert address
    colleague = Organizer(running.base_url, f"colleague-of-{organizer.organization}")
    with listeners_browser.new_context(base_url=running.base_url, locale="de") as context:
        other = context.new_page()
        other.goto(address)
        other.get_by_role("link", name="Anmelden").click()
        other.get_by_label("E-Mail").fill(colleague.email)
        other.get_by_label("Passwort").fill(colleague.password)
        other.get_by_role("button", name="Anmelden").click()
        other.get_by_role("button", name="Beitreten").click()
        expect(other.get_by_role("link", name="Our congress")).to_be_visible()
        other.goto(address)
        expect(other.get_by_text("Diese Einladung gibt es nicht mehr.")).to_be_visible()
    colleague.close()
    desk.reload()
    expect(desk.get_by_text(colleague.email)).to_be_visible()


def test_who_is_signed_out_is_asked_to_sign_in(desk: Page) -> None:
    desk.goto("/organize")
    expect(desk.get_by_role("heading", name="Sign in")).to_be_visible()
