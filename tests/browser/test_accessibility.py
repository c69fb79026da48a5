"""Every page keeps to WCAG 2.2 A and AA, as far as a program can tell."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.booth_page import BoothPage
from tests.browser.browsers import DESKTOP, PHONE, chromium, microphone, reading
from tests.browser.listen_page import ListenPage
from tests.browser.organize_page import OrganizePage
from tests.browser.stage_page import StagePage
from tests.browser.wcag import violations
from tests.service import Organizer, Service, Talk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.redis,
    pytest.mark.livekit,
    pytest.mark.programs,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("browser"),
]

SOON_MS = 60_000


@pytest.fixture(scope="module")
def talk(running: Service) -> Iterator[Talk]:
    organizer = Organizer(running.base_url, "everybody")
    talk = organizer.talk("For everybody", languages=["es", "fr"])
    talk.start()
    yield talk
    talk.end()
    organizer.close()


@pytest.fixture(scope="module")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Its microphone hears a talk."""
    sound = reading(tmp_path_factory.mktemp("sound") / "talk.wav")
    with chromium(playwright, *microphone(sound)) as browser:
        yield browser


@pytest.fixture
def visitor(browser: Browser, running: Service) -> Iterator[Page]:
    """Nobody that the service knows, at a phone."""
    with browser.new_context(
        base_url=running.base_url, viewport=PHONE, has_touch=True, locale="en-GB"
    ) as context:
        yield context.new_page()


@pytest.fixture
def desk(browser: Browser, running: Service) -> Iterator[Page]:
    with browser.new_context(
        base_url=running.base_url, viewport=DESKTOP, locale="en-GB"
    ) as context:
        yield context.new_page()


def test_pages_for_everybody(visitor: Page, talk: Talk) -> None:
    found: list[str] = []
    paths = {
        "home": "/",
        "sign-in": "/accounts/login/",
        "sign-up": "/accounts/signup/",
        "password": "/accounts/password/reset/",
        "missing": "/nothing/here",
        "member": talk.organizer.member_invitation_url(),
    }
    for name, path in paths.items():
        visitor.goto(path)
        expect(visitor.get_by_role("heading").first).to_be_visible()
        found += violations(visitor, name)
    assert found == []


def test_the_listening_page(visitor: Page, talk: Talk) -> None:
    visitor.goto(talk.listen_path)
    listening = ListenPage(visitor)
    expect(visitor.get_by_role("radio", name="Español")).to_be_visible()
    found = violations(visitor, "listen-choice")
    listening.choose("Español")
    listening.expect_sounding()
    found += violations(visitor, "listen-live")
    for button in ("Change the language", "Text", "Share"):
        visitor.get_by_role("button", name=button, exact=button != "Change the language").tap()
        expect(visitor.get_by_role("dialog")).to_be_visible()
        found += violations(visitor, f"listen-{button}")
        visitor.keyboard.press("Escape")
    assert found == []


def test_the_stage(desk: Page, talk: Talk) -> None:
    desk.goto(talk.invitation_url())
    stage = StagePage(desk)
    expect(desk.get_by_role("button", name="Use the microphone")).to_be_visible()
    found = violations(desk, "stage-check")
    stage.check_microphone()
    found += violations(desk, "stage-checked")
    stage.go_live()
    expect(stage.recognised).not_to_have_count(0, timeout=SOON_MS)
    found += violations(desk, "stage-live")
    assert found == []


def test_the_booth(desk: Page, talk: Talk) -> None:
    desk.goto(talk.booth_invitation_url("es", "Ann"))
    found = violations(desk, "booth-invitation")
    desk.get_by_role("button", name="Open the booth").click()
    expect(desk.get_by_role("button", name="Enter the booth")).to_be_enabled(timeout=SOON_MS)
    found += violations(desk, "booth-check")
    BoothPage(desk).go_in()
    found += violations(desk, "booth-console")
    assert found == []


def test_the_organizer_s_pages(desk: Page, talk: Talk) -> None:
    OrganizePage(desk).sign_in(talk.organizer)
    found = violations(desk, "organize-events")
    event = f"/organize/{talk.listen_path.split('/')[2]}"
    for name, path, heading in (
        ("organize-event", event, talk.title),
        ("organize-session", f"{event}/{talk.session_id}", talk.title),
        ("control-room", f"{event}/{talk.session_id}/live", "Control room"),
    ):
        desk.goto(path)
        expect(desk.get_by_role("heading", name=heading, level=1)).to_be_visible()
        desk.wait_for_load_state("networkidle")
        found += violations(desk, name)
    desk.goto(talk.organizer.member_invitation_url())
    expect(desk.get_by_role("button", name="Join")).to_be_visible()
    found += violations(desk, "member-signed-in")
    assert found == []
