"""A control room with as many channels as there are languages: it stays readable, and what one of
them reports costs the browser that row. The jobs are played."""

import httpx
import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsers import DESKTOP
from tests.browser.looks import SIZES, keep
from tests.browser.played import MACHINE, PlayedJobs, sign_in
from tests.stack import Stack
from translation.languages import LANGUAGES
from translation.values import FloorActivity, Input, OnAir, Reason

pytestmark = [
    pytest.mark.browser,
    pytest.mark.redis,
    pytest.mark.livekit,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("browser"),
]

TAGS = list(LANGUAGES)
CHANGING = TAGS[::2]
REPORTS = 8
MOST_CHANGES = 5
"""Of the document, for one report: level in a width and in words, delay, caption; a voice's tag."""

COUNT_CHANGES = """() => {
    window.changes = {};
    const count = ({ target }) => {
        const row = (target.closest ? target : target.parentElement)?.closest("[data-channel]");
        const tag = row?.dataset.channel ?? "";
        window.changes[tag] = (window.changes[tag] ?? 0) + 1;
    };
    new MutationObserver(records => records.forEach(count)).observe(
        document.querySelector("table"),
        { subtree: true, childList: true, attributes: true, characterData: true },
    );
}"""
NAMES_CUT = """cells => cells
    .filter(cell => cell.scrollWidth > cell.clientWidth
        || cell.querySelector("span").getClientRects().length > cell.textContent.split(" ").length)
    .map(cell => cell.textContent)"""
"""Sideways, or within a word."""


@pytest.fixture
def session_id(web: Stack, chair: httpx.Client) -> str:
    """Live, in all languages: no engines here could serve them, and none has to."""
    session_id, _ = web.new_session(chair, ["es"])
    assert chair.post(f"/api/sessions/{session_id}/start").is_success
    web.manage(
        "shell", "-c",
        f"from rooms.models import Channel; [Channel.objects.get_or_create("
        f"session_id={session_id!r}, language=tag) for tag in {TAGS!r}]",
    )  # fmt: skip
    return session_id


@pytest.fixture
def jobs(web: Stack, session_id: str) -> PlayedJobs:
    """Every channel reports once a second. Half of them report something else each time, `REPORTS`
    times, and one of those another voice."""
    played, dice = PlayedJobs(web.redis.url, session_id), np.random.default_rng(1)
    played.facts = {tag: dict(MACHINE) for tag in TAGS}

    def change(number: int) -> None:
        if number > REPORTS:
            return
        for tag in CHANGING:
            played.facts[tag] |= {
                "level_db": float(dice.uniform(-40, -10)),
                "lag_s": float(dice.uniform(1, 3)),
                "last_caption": f"{number} " + "palabras " * 8,
            }
        voice = (Input.MACHINE, Input.SLATE)[number % 2]
        played.write(OnAir(CHANGING[number], voice, "", float(number), Reason.POLICY))

    played.change = change
    return played


def control_room(browser: Browser, web: Stack, chair: httpx.Client, session_id: str) -> Page:
    context = browser.new_context(base_url=web.base_url, viewport=DESKTOP, locale="en-GB")
    sign_in(context, chair, web)
    page = context.new_page()
    page.goto(f"/organize/demo/{session_id}/live")
    expect(page.locator("[data-channel]")).to_have_count(len(TAGS), timeout=30_000)
    return page


def test_a_report_changes_its_own_row_and_little_of_that(
    listeners_browser: Browser,
    web: Stack,
    chair: httpx.Client,
    session_id: str,
    jobs: PlayedJobs,
) -> None:
    page = control_room(listeners_browser, web, chair, session_id)
    with jobs:
        good = page.locator("[data-label=Quality]").get_by_text("Good")
        expect(good).to_have_count(len(TAGS), timeout=30_000)
        page.evaluate(COUNT_CHANGES)
        last = page.locator(f"[data-channel={CHANGING[-1]}]").get_by_text(f"{REPORTS} palabras")
        expect(last).to_be_visible(timeout=60_000)
        changes: dict[str, int] = page.evaluate("changes")
    assert sorted(changes) == sorted(CHANGING)
    assert sum(changes.values()) <= MOST_CHANGES * REPORTS * len(CHANGING)
    page.context.close()


def test_as_many_channels_as_languages_stay_readable(
    listeners_browser: Browser,
    web: Stack,
    chair: httpx.Client,
    session_id: str,
    jobs: PlayedJobs,
) -> None:
    alarm = {"kind": "nobody_on_air", "who": "", "since_s": -60.0}
    jobs.facts["fr"] |= {"quality": MACHINE["quality"] | {"skipped": 2}, "alarms": [alarm]}
    page = control_room(listeners_browser, web, chair, session_id)
    with jobs:
        jobs.write(FloorActivity(True, 0.0))
        french = page.locator("[data-channel=fr]")
        expect(french.get_by_text("2 of 20 lines left out")).to_be_visible(timeout=30_000)
        for size in SIZES:
            page.set_viewport_size(size)
            keep(page, "control-28", width=size["width"], scheme="light")
            assert page.locator("[data-channel] th").evaluate_all(NAMES_CUT) == []
        page.get_by_label("Only with alarms", exact=False).check()
        expect(page.locator("[data-channel]")).to_have_count(1)
    page.context.close()
