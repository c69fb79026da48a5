"""Somebody speaks on the stage page, others listen on their phones: one talk, from its start to
its end, with every real part. The tests build on one another in the order they stand here."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.browsers import chromium, microphone, phone, reading
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
"""Root mean square; eSpeak NG's speech is at about 0.1, silence below 0.0001."""
GAP_MS = 250


@pytest.fixture(scope="module")
def talk(running: Service) -> Iterator[Talk]:
    organizer = Organizer(running.base_url, "keynote")
    talk = organizer.talk("Keynote", languages=["es", "fr"])
    yield talk
    organizer.close()


@pytest.fixture(scope="module")
def stage(
    playwright: Playwright, running: Service, talk: Talk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StagePage]:
    """Somebody on the stage whose microphone hears the LibriVox reading over and over."""
    sound = reading(tmp_path_factory.mktemp("sound") / "talk.wav")
    with chromium(playwright, *microphone(sound)) as browser:
        page = browser.new_page(base_url=running.base_url)
        page.goto(talk.invitation_url())
        talk.start()
        stage = StagePage(page)
        stage.check_microphone()
        stage.go_live()
        yield stage


@pytest.fixture(scope="module")
def ana(listeners_browser: Browser, running: Service, talk: Talk) -> Iterator[ListenPage]:
    """A listener from the start."""
    with phone(listeners_browser, running.base_url) as context:
        page = context.new_page()
        page.goto(talk.listen_path)
        yield ListenPage(page)


def test_before_the_start_the_page_says_so(ana: ListenPage) -> None:
    expect(ana.page.get_by_role("heading", name="Keynote")).to_be_visible()
    expect(ana.page.get_by_text("Not started yet")).to_be_visible()


def test_what_is_said_on_the_stage_is_recognised(stage: StagePage) -> None:
    expect(stage.recognised).not_to_have_count(0, timeout=60_000)
    expect(stage.recognised.last).to_contain_text(" ", timeout=60_000)


def test_it_is_heard_in_spanish(ana: ListenPage) -> None:
    ana.choose("Español")
    ana.expect_language("es")
    ana.expect_voice("Machine voice")
    ana.expect_sounding()
    assert ana.loudness(seconds=12) > AUDIBLE


def test_its_captions_are_read_in_spanish(ana: ListenPage, talk: Talk) -> None:
    before = ana.finals.count()
    expect(ana.interims).not_to_have_count(0, timeout=30_000)
    expect(ana.finals).not_to_have_count(before, timeout=30_000)
    shown = {text.strip() for text in ana.finals.all_inner_texts()}
    said = {caption["text"] for caption in talk.captions("es")}
    assert shown & said, (shown, said)


def test_what_listener_and_speaker_see_is_kept(ana: ListenPage, stage: StagePage) -> None:
    for page, name in ((ana.page, "listen-live"), (stage.page, "stage-live")):
        usual = page.viewport_size
        keep_in_all_looks(page, name)
        page.emulate_media(color_scheme="light")
        if usual:
            page.set_viewport_size(usual)


def test_changing_to_french_and_back_leaves_no_gap(ana: ListenPage) -> None:
    """Beyond the hiccups that a busy machine has anyway."""
    ana.watch_for_gaps()
    ana.loudness(seconds=8)
    hiccups_ms = ana.longest_gap_ms()
    for own_name, tag in (("Français", "fr"), ("Español", "es")):
        ana.watch_for_gaps()
        ana.switch_to(own_name)
        ana.expect_language(tag)
        ana.expect_sounding()
        assert ana.loudness(seconds=8) > AUDIBLE
        assert ana.longest_gap_ms() - hiccups_ms <= GAP_MS


def test_the_original_is_one_of_the_choices(ana: ListenPage) -> None:
    ana.switch_to("English")
    ana.expect_language("en")
    expect(ana.page.get_by_text("Original sound", exact=True)).to_be_visible()
    ana.expect_sounding()
    assert ana.loudness(seconds=8) > AUDIBLE


def test_who_comes_late_reads_what_was_said_before(late: ListenPage, talk: Talk) -> None:
    missed = [str(caption["id"]) for caption in talk.captions("es")][:3]
    assert missed
    late.page.goto(talk.listen_path)
    late.choose("Español")
    for caption in missed:
        expect(late.page.locator(f"[data-caption='{caption}']")).to_be_attached()
    late.expect_sounding()
    expect(late.finals.nth(8)).to_be_attached(timeout=60_000)  # more than fits on the screen
    late.captions.press("Home")
    expect(late.page.get_by_role("button", name="Back to live")).to_be_visible()


def test_the_end_is_told_and_the_transcript_stays(
    ana: ListenPage, stage: StagePage, talk: Talk
) -> None:
    talk.end()
    ana.expect_state("ended", within_s=30)
    expect(ana.page.get_by_text("This session has ended")).to_be_visible()
    expect(ana.page.get_by_role("heading", name="Transcript")).to_be_visible()
    assert ana.finals.count() > 0
    told = stage.page.get_by_text(re.compile("session has ended"))
    expect(told).to_be_visible(timeout=30_000)


@pytest.fixture
def late(listener: Page) -> ListenPage:
    """Another listener, who was not there from the start."""
    return ListenPage(listener)
