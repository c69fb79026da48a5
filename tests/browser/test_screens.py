"""Every page at a phone's and a desk's width, light and dark: nothing sticks out sideways, nothing
is told to the console; what it looks like is kept under build/screenshots/ for a person to see."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from tests.browser.browsers import DESKTOP, PHONE
from tests.browser.listen_page import ListenPage
from tests.browser.looks import SCHEMES, Scheme, cut_texts, keep
from tests.browser.organize_page import OrganizePage
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

LANGUAGES = ["es", "fr", "ca", "pt", "it"]


@pytest.fixture(scope="module")
def talk(running: Service) -> Iterator[Talk]:
    organizer = Organizer(running.base_url, "screens")
    talk = organizer.talk("The year in numbers", languages=LANGUAGES)
    yield talk
    organizer.close()


@pytest.fixture(params=[PHONE["width"], DESKTOP["width"]])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    scheme: Scheme = request.param
    return scheme


@pytest.fixture
def context(
    listeners_browser: Browser, running: Service, width: int, scheme: Scheme
) -> Iterator[BrowserContext]:
    with listeners_browser.new_context(
        base_url=running.base_url,
        viewport=PHONE if width == PHONE["width"] else DESKTOP,
        color_scheme=scheme,
        locale="en-GB",
    ) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def look(page: Page, name: str, width: int, scheme: Scheme) -> None:
    page.wait_for_load_state("networkidle")
    keep(page, name, width=width, scheme=scheme)


def test_pages_for_everybody(page: Page, talk: Talk, width: int, scheme: Scheme) -> None:
    for name, path in {
        "home": "/",
        "listen-planned": talk.listen_path,
        "sign-in": "/accounts/login/",
        "sign-up": "/accounts/signup/",
    }.items():
        page.goto(path)
        look(page, name, width, scheme)


def test_the_stage(page: Page, talk: Talk, width: int, scheme: Scheme) -> None:
    page.goto(talk.invitation_url())
    page.get_by_role("button", name="Use the microphone").wait_for()
    look(page, "stage-check", width, scheme)


def test_the_organizer_s_pages(page: Page, talk: Talk, width: int, scheme: Scheme) -> None:
    OrganizePage(page).sign_in(talk.organizer)
    look(page, "organize-events", width, scheme)
    for name in ("organize-event", "organize-session"):
        page.get_by_role("link", name=talk.title).click()
        look(page, name, width, scheme)


@pytest.fixture(scope="module")
def organizer_s_cookies(listeners_browser: Browser, running: Service, talk: Talk) -> StorageState:
    with listeners_browser.new_context(base_url=running.base_url, locale="en-GB") as context:
        OrganizePage(context.new_page()).sign_in(talk.organizer)
        return context.storage_state()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_phone_in_another_language(
    listeners_browser: Browser,
    running: Service,
    talk: Talk,
    organizer_s_cookies: StorageState,
    language: str,
) -> None:
    """German has the longest words, Arabic runs from right to left."""
    cut: dict[str, list[str]] = {}

    def visit(page: Page, name: str, path: str) -> None:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        see(page, name)

    def see(page: Page, name: str) -> None:
        keep(page, f"{name}-{language}", width=PHONE["width"], scheme="light")
        assert page.evaluate("document.documentElement.lang") == language
        if found := cut_texts(page):
            cut[name] = found

    def context(cookies: StorageState | None = None) -> BrowserContext:
        return listeners_browser.new_context(
            base_url=running.base_url, viewport=PHONE, locale=language, storage_state=cookies
        )

    live = talk.organizer.talk("The year on the floor", languages=LANGUAGES)
    live.start()
    with context() as strangers:
        page = strangers.new_page()
        visit(page, "home", "/")
        visit(page, "sign-in", "/accounts/login/")
        visit(page, "sign-up", "/accounts/signup/")
        visit(page, "password", "/accounts/password/reset/")
        visit(page, "stage-check", talk.invitation_url())
        visit(page, "booth-invitation", talk.booth_invitation_url("es", "Ann"))
        visit(page, "member-invitation", talk.organizer.member_invitation_url())
        visit(page, "listen-planned", talk.listen_path)
        visit(page, "listen-choice", live.listen_path)
        page.get_by_role("radio", name="Español").click()
        ListenPage(page).expect_sounding()
        see(page, "listen-live")
        for place, name in enumerate(("language", "text", "share")):
            page.get_by_role("navigation").get_by_role("button").nth(place).click()
            see(page, f"listen-{name}")
            page.keyboard.press("Escape")
    with context(organizer_s_cookies) as organizers:
        page = organizers.new_page()
        event = f"/organize/{live.listen_path.split('/')[2]}"
        visit(page, "organize-events", "/organize")
        visit(page, "organize-event", event)
        visit(page, "organize-session", f"{event}/{live.session_id}")
        visit(page, "control-room", f"{event}/{live.session_id}/live")
    live.end()
    assert cut == {}
