"""The listening page without a finger on it: by the keyboard, by a phone's lock screen, and left
alone while the service stumbles."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.browsers import DESKTOP
from tests.browser.listen_page import ListenPage
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

KEPT_ACTIONS = """
    window.lockScreen = {};
    const real = MediaSession.prototype.setActionHandler;
    MediaSession.prototype.setActionHandler = function (action, handler) {
        window.lockScreen[action] = handler;
        real.call(this, action, handler);
    };
"""
"""A headless browser has no lock screen: what one would call is kept for the test."""


@pytest.fixture(scope="module")
def talk(running: Service) -> Iterator[Talk]:
    organizer = Organizer(running.base_url, "by-keys")
    talk = organizer.talk("Panel by keys", languages=["es", "fr"])
    talk.start()
    yield talk
    talk.end()
    organizer.close()


@pytest.fixture
def desk(listeners_browser: Browser, running: Service) -> Iterator[Page]:
    with listeners_browser.new_context(
        base_url=running.base_url, viewport=DESKTOP, locale="en-GB"
    ) as context:
        context.add_init_script(script=KEPT_ACTIONS)
        yield context.new_page()


def tab_to(page: Page, wanted: Locator, *, most: int) -> None:
    """Presses Tab until it has the focus."""
    expect(wanted).to_be_visible()
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is not reached by {most} tabs")


@contextmanager
def standing_still(running: Service, part: str) -> Iterator[None]:
    """All processes of one part of the service, as if their host hung."""
    still = [
        process
        for process in psutil.process_iter(["cmdline", "environ"])
        if (process.info["environ"] or {}).get("RUN_DIR") == str(running.folder)
        and f"{part}@" in " ".join(process.info["cmdline"] or [])
    ]
    assert still
    for process in still:
        process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for process in still:
            process.send_signal(signal.SIGCONT)


def test_a_listener_needs_no_mouse(desk: Page, talk: Talk) -> None:
    listening, keys = ListenPage(desk), desk.keyboard
    desk.goto(talk.listen_path)
    first = desk.get_by_role("radio").first
    tab_to(desk, first, most=3)
    keys.press("ArrowDown")
    expect(desk.get_by_role("radio").nth(1)).to_be_focused()
    wanted = desk.get_by_role("radio", name="Español")
    for _ in range(2):
        if not wanted.evaluate("element => element === document.activeElement"):
            keys.press("ArrowDown")
    keys.press("Enter")
    listening.expect_language("es")
    listening.expect_sounding()

    tab_to(desk, desk.get_by_role("button", name="Stop Español"), most=3)
    keys.press("Enter")
    listening.expect_state("reading")
    keys.press("Enter")
    listening.expect_sounding()

    tab_to(desk, listening.captions, most=3)
    tab_to(desk, desk.get_by_role("button", name="Change the language"), most=3)
    keys.press("Enter")
    chosen = desk.get_by_role("dialog").get_by_role("radio", name="Español")
    tab_to(desk, chosen, most=3)
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    expect(desk.get_by_role("button", name="Change the language")).to_be_focused()
    expect(listening.state).not_to_have_attribute("data-language", "es")
    listening.expect_sounding()


def test_the_skip_link_leads_to_the_captions(desk: Page, talk: Talk) -> None:
    listening = ListenPage(desk)
    desk.goto(talk.listen_path)
    tab_to(desk, desk.get_by_role("radio").first, most=3)
    desk.keyboard.press("Enter")
    listening.expect_sounding()
    tab_to(desk, desk.get_by_role("link", name="Skip to the captions"), most=1)
    desk.keyboard.press("Enter")
    expect(listening.captions).to_be_focused()


def test_the_lock_screen_shows_and_stops_what_is_heard(desk: Page, talk: Talk) -> None:
    listening = ListenPage(desk)
    desk.goto(talk.listen_path)
    desk.get_by_role("radio", name="Español").click()
    listening.expect_sounding()
    shown = desk.evaluate(
        """() => {
            const { title, artist, album } = navigator.mediaSession.metadata;
            return { title, artist, album };
        }"""
    )
    assert shown == {
        "title": "Español",
        "artist": "Panel by keys · Hall A",
        "album": "Panel by keys",
    }
    expect_playback(desk, "playing")

    desk.evaluate("window.lockScreen.pause()")
    listening.expect_state("reading")
    expect_playback(desk, "paused")
    desk.evaluate("window.lockScreen.play()")
    listening.expect_sounding()
    expect_playback(desk, "playing")


def expect_playback(page: Page, state: str) -> None:
    page.wait_for_function("state => navigator.mediaSession.playbackState === state", arg=state)


def test_when_the_sound_stays_away_it_says_so_and_comes_back_by_itself(
    desk: Page, talk: Talk, running: Service
) -> None:
    listening = ListenPage(desk)
    desk.goto(talk.listen_path)
    desk.get_by_role("radio", name="Español").click()
    listening.expect_sounding()
    with standing_still(running, "jobs"):
        listening.expect_state("reconnecting", within_s=30)
        expect(desk.get_by_text("Reconnecting …")).to_be_visible()
    listening.expect_sounding(within_s=120)
