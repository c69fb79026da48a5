"""Two interpreters in a booth, a speaker on the stage, a listener with a phone: everything by the
keys, in browsers. The tests build on one another in the order they stand here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.booth_page import SOON_MS, BoothPage
from tests.browser.browsers import DESKTOP, chromium, microphone, phone, reading
from tests.browser.listen_page import ListenPage
from tests.browser.looks import keep_in_all_looks
from tests.browser.stage_page import StagePage
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

AUDIBLE = 0.01


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reading(tmp_path_factory.mktemp("sound") / "talk.wav")


@pytest.fixture(scope="module")
def talk(running: Service) -> Iterator[Talk]:
    organizer = Organizer(running.base_url, "booths")
    talk = organizer.talk("Panel", languages=["es", "it"])
    talk.stand_in_after("es", 60)
    talk.start()
    yield talk
    talk.end()
    organizer.close()


@pytest.fixture(scope="module")
def desks(playwright: Playwright, sound: Path) -> Iterator[Browser]:
    """Of everybody with a microphone, which hears a reading; to the service they are strangers."""
    with chromium(playwright, *microphone(sound)) as browser:
        yield browser


@pytest.fixture(scope="module")
def stage(desks: Browser, running: Service, talk: Talk) -> StagePage:
    page = desks.new_page(base_url=running.base_url)
    page.goto(talk.invitation_url())
    stage = StagePage(page)
    stage.check_microphone()
    stage.go_live()
    return stage


def interpreter(desks: Browser, running: Service, talk: Talk, name: str) -> BoothPage:
    """Somebody who came by the link of an invitation."""
    booth = BoothPage(desks.new_page(base_url=running.base_url, viewport=DESKTOP))
    booth.enter(talk.booth_invitation_url("es", name))
    return booth


@pytest.fixture(scope="module")
def ann(desks: Browser, running: Service, talk: Talk, stage: StagePage) -> BoothPage:
    return interpreter(desks, running, talk, "Ann")


@pytest.fixture(scope="module")
def bob(desks: Browser, running: Service, talk: Talk) -> BoothPage:
    return interpreter(desks, running, talk, "Bob")


@pytest.fixture(scope="module")
def listener(playwright: Playwright, running: Service, talk: Talk) -> Iterator[ListenPage]:
    with chromium(playwright) as browser, phone(browser, running.base_url) as context:
        page = context.new_page()
        page.goto(talk.listen_path)
        listening = ListenPage(page)
        listening.choose("Español")
        listening.expect_sounding()
        yield listening


def test_the_machine_is_on_air_and_everybody_reads_so(ann: BoothPage, listener: ListenPage) -> None:
    ann.expect_air("machine")
    ann.expect_microphone("muted")
    expect(ann.page.get_by_text("MACHINE ON AIR").first).to_be_visible()
    listener.expect_voice("Machine voice")


def test_the_live_text_runs_with_the_machines_translation(ann: BoothPage) -> None:
    expect(ann.live_text.locator("[lang=en]").first).to_contain_text(" ", timeout=60_000)
    expect(ann.machine_text.locator("[lang=es]").first).to_contain_text(" ", timeout=60_000)


def test_a_closed_microphone_cannot_take_the_channel(ann: BoothPage) -> None:
    ann.press("t")
    expect(ann.page.get_by_text("Open your microphone first.").first).to_be_visible()
    ann.expect_air("machine")


def test_she_takes_the_channel_and_the_listener_only_notices_the_voice(
    ann: BoothPage, listener: ListenPage
) -> None:
    ann.unmute()
    listener.watch_for_gaps()
    ann.press("t")
    ann.expect_air("me")
    listener.expect_voice("Interpreter")
    assert listener.loudness(seconds=5) > AUDIBLE
    assert listener.longest_gap_ms() < 1000
    keep_in_all_looks(ann.page, "booth-on-air")
    ann.page.set_viewport_size(DESKTOP)


def test_a_cough_is_not_heard_and_she_stays_on_air(ann: BoothPage, listener: ListenPage) -> None:
    ann.page.keyboard.down("c")
    ann.expect_microphone("cough")
    listener.expect_silence(below=AUDIBLE)
    ann.expect_air("me")
    ann.page.keyboard.up("c")
    ann.expect_microphone("open")
    listener.expect_voice("Interpreter")
    assert listener.loudness(seconds=5) > AUDIBLE


def test_partners_hand_over(ann: BoothPage, bob: BoothPage, listener: ListenPage) -> None:
    bob.expect_air("partner")
    bob.unmute()
    expect(bob.page.get_by_text("TWO MICROPHONES ARE LIVE").first).to_be_visible(timeout=SOON_MS)
    ann.press("Shift+H")
    expect(bob.page.get_by_text("wants to hand over with you")).to_be_visible(timeout=SOON_MS)
    bob.press("y")
    bob.expect_air("me")
    ann.expect_air("partner")
    ann.press("Space")
    ann.expect_microphone("muted")
    assert listener.loudness(seconds=5) > AUDIBLE


def test_she_hears_another_channel_before_the_floor_and_swaps_them(ann: BoothPage) -> None:
    """The floor behind is turned down to nothing, so what sounds is the channel."""
    ann.expect_heard(front="Floor", back="nothing")
    ann.press("F2")
    ann.expect_heard(front="IT", back="Floor")
    for _ in range(5):
        ann.press("Shift+ArrowDown")
    ann.expect_sound(above=AUDIBLE)
    ann.press("x")
    ann.expect_heard(front="Floor", back="IT")
    ann.expect_sound(above=AUDIBLE)
    ann.press("x")
    ann.press("F1")
    ann.expect_heard(front="Floor", back="nothing")


def test_they_write_to_each_other(ann: BoothPage, bob: BoothPage) -> None:
    ann.press("1")
    expect(bob.chat.get_by_text("Please take over.")).to_be_visible(timeout=SOON_MS)


def test_the_speaker_is_asked_to_slow_down(bob: BoothPage, stage: StagePage) -> None:
    bob.press("s")
    expect(stage.page.get_by_text("slow down", exact=False).first).to_be_visible(timeout=SOON_MS)
    bob.press("s")


def test_a_reload_resumes_where_it_was(bob: BoothPage, listener: ListenPage) -> None:
    """She is on air, and has no time for a check of her devices."""
    bob.page.reload()
    bob.expect_air("me")
    bob.expect_microphone("open")
    assert listener.loudness(seconds=5) > AUDIBLE


def test_a_key_of_her_own_is_still_hers_after_a_reload(ann: BoothPage) -> None:
    """Her microphone's key becomes another one, and the usual one does nothing any more."""
    ann.press("?")
    keys = ann.page.get_by_role("dialog", name="Keys")
    keys.get_by_role("row", name="Microphone on or off").get_by_role("button").click()
    ann.press("k")
    expect(keys.get_by_role("row", name="Microphone on or off")).to_contain_text("K")
    ann.press("Escape")
    ann.page.reload()
    ann.expect_air("partner")
    ann.expect_microphone("muted")
    ann.press("Space")
    ann.press("k")
    ann.expect_microphone("open")
    ann.press("k")
    ann.expect_microphone("muted")


def test_a_closed_browser_is_stood_in_for(
    bob: BoothPage, ann: BoothPage, listener: ListenPage
) -> None:
    bob.page.close(run_before_unload=False)
    ann.expect_air("machine")
    listener.expect_voice("Machine voice")
    expect(listener.page.get_by_text("a machine stands in", exact=False).first).to_be_visible(
        timeout=SOON_MS
    )


def test_an_invitation_is_good_for_one_browser(
    playwright: Playwright, running: Service, talk: Talk
) -> None:
    link = talk.booth_invitation_url("es", "Eve")
    with chromium(playwright) as browser:
        first, second = (browser.new_context(base_url=running.base_url) for _ in range(2))
        page = first.new_page()
        page.goto(link)
        page.get_by_role("button", name="Open the booth").click()
        expect(page.get_by_role("button", name="Enter the booth")).to_be_visible()
        other = second.new_page()
        answer = other.goto(link)
        assert answer is not None
        assert answer.status >= 400
        expect(other.get_by_role("button", name="Open the booth")).to_have_count(0)
