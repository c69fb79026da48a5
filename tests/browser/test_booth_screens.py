"""The booth console and the control room, empty, full and failing, in two scripts, at a phone's and
a desk's width, dark and light: nothing sticks out, and what it looks like is kept for a person to
see. The jobs are played."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect

from tests.browser.browsers import DESKTOP, chromium
from tests.browser.looks import SCHEMES, SIZES, keep
from tests.browser.played import MACHINE, PlayedJobs, sign_in
from tests.stack import Stack
from translation.values import (
    Alarm,
    AlarmKind,
    Draft,
    FloorActivity,
    Input,
    OnAir,
    Reason,
    Segment,
    Translation,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.redis,
    pytest.mark.livekit,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("browser"),
]

TALK = (
    ("The board met on 14 March 2026 in Geneva.", "El consejo se reunió el 14 de marzo de 2026."),
    ("Revenue grew by 17.4 % in the third quarter, led by Acme Holding.",
     "Los ingresos crecieron un 17,4 % en el tercer trimestre, gracias a Acme Holding."),
    ("Three hundred and fifty people work there, on both sides of the river.",
     "Trescientas cincuenta personas trabajan allí, a ambos lados del río."),
    ("The balance sheet shows 3,500,000 € more than a year ago.",
     "El balance muestra 3.500.000 € más que hace un año."),
    ("And that, ladies and gentlemen, is why the holding asks for your trust once more.",
     "Y por eso, señoras y señores, el grupo les pide su confianza una vez más."),
)  # fmt: skip
TERMS = (("holding", "grupo", ""), ("balance sheet", "balance", "accounting"), ("trust", "", ""))


TABLES_CUT = """tables => tables
    .filter(table => table.scrollWidth > table.parentElement.clientWidth)
    .map(table => table.textContent)"""


@dataclass
class Scene:
    """One live session of six languages with two interpreters in its Spanish booth."""

    web: Stack
    organizer: httpx.Client
    session_id: str
    ann: str
    bob: str

    def post(self, path: str, **body: Any) -> Any:
        answer = self.organizer.post(f"/api{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()


@pytest.fixture(scope="module")
def desks(playwright: Playwright) -> Iterator[Browser]:
    microphone = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    with chromium(playwright, *microphone) as browser:
        yield browser


def context(desks: Browser, web: Stack, locale: str) -> BrowserContext:
    return desks.new_context(base_url=web.base_url, viewport=DESKTOP, locale=locale)


def enter_booth(page: Page, link: str) -> None:
    """Whatever its language: one button on the invitation, the last one of the check."""
    page.goto(link)
    page.locator("form button").click()
    enter = page.locator("main[data-state=preflight] > section button").last
    expect(enter).to_be_enabled(timeout=30_000)


def console(page: Page) -> Locator:
    return page.locator("[data-air]").first


def expect_air(page: Page, air: str) -> None:
    expect(console(page)).to_have_attribute("data-air", air, timeout=30_000)


def look(page: Page, name: str, *, booth: bool) -> None:
    """In all sizes and looks. A booth's look is a key's, not the system's."""
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            if booth:
                page.evaluate("look => localStorage.setItem('booth.look', look)", scheme)
                page.evaluate(
                    "look => { document.documentElement.dataset.look = look;"
                    " document.documentElement.style.colorScheme = look; }",
                    scheme,
                )
            page.emulate_media(color_scheme=scheme)
            whole = not booth or size["width"] < DESKTOP["width"]
            keep(page, name, width=size["width"], scheme=scheme, whole=whole)
        assert page.locator("table").evaluate_all(TABLES_CUT) == []
    page.set_viewport_size(DESKTOP)


def full(scene: Scene, jobs: PlayedJobs) -> None:
    """Ann is on air and hands over, her partner's microphone is open too; machines elsewhere."""
    microphone = {"connected": True, "muted": False, "speaking": True, "level_db": -21.0}
    turn = {"who": scene.ann, "since_s": -1500.0, "left_s": None}
    on_air = MACHINE | {
        "input": "interpreter", "who": scene.ann, "holder": scene.ann, "turn": turn,
        "since_s": -700.0, "reason": "taken",
        "microphones": [{"id": scene.ann, **microphone}, {"id": scene.bob, **microphone}],
        "alarms": [
            {"kind": "double_microphone", "who": "", "since_s": -60.0},
            {"kind": "sound_unfit", "who": scene.bob, "since_s": -60.0},
        ],
        "handover": {
            "stage": "counting", "giver": scene.ann, "taker": scene.bob,
            "to_answer": scene.bob, "switch_s": 60.0,
        },
        "last_caption": TALK[-1][1],
    }  # fmt: skip
    bad = MACHINE["quality"] | {"skipped": 3, "doubted": 2, "terms": 9, "terms_kept": 6}
    jobs.facts = {
        "en": MACHINE | {"input": "floor", "who": "", "lag_s": None},
        "es": on_air,
        "fr": MACHINE | {"quality": bad, "backlog_s": 5.2, "speed": 1.2, "lag_s": 6.4},
        "ca": MACHINE | {"input": "slate", "who": "", "lag_s": None, "level_db": -96.0},
        "it": MACHINE | {"last_caption": "E per questo il gruppo chiede la vostra fiducia."},
    }
    jobs.write(FloorActivity(True, 0.0))
    for number, (said, translated) in enumerate(TALK, 1):
        at_s = 5.0 * number
        jobs.write(
            Segment(number, "en", said, at_s, at_s + 4, at_s + 4.5),
            Translation(number, "es", translated, "apertium", at_s + 4.6),
        )
    for tag in ("es", "fr", "it"):
        jobs.write(OnAir(tag, Input.MACHINE, "espeak-ng 1.51", 0.5, Reason.STARTED))
    jobs.write(OnAir("es", Input.INTERPRETER, scene.ann, 1.5, Reason.TAKEN))
    jobs.drafts = [Draft(6, "en", "Last year in the first quarter"),
                   Draft(6, "es", "El año pasado en el primer")]  # fmt: skip


@pytest.mark.parametrize("locale", ["de-DE", "ar"])
def test_booth_and_control_room(
    web: Stack, chair: httpx.Client, desks: Browser, locale: str
) -> None:
    session_id, _ = web.new_session(chair, ["es", "fr", "ca", "pt", "it"])
    links = {name: web.invite(chair, session_id, "es", name) for name in ("Ann", "Bob")}
    scene = Scene(web, chair, session_id, links["Ann"]["id"], links["Bob"]["id"])
    for source, target, note in TERMS:
        terms = [{"language": "en", "term": source, "note": note}]
        terms += [{"language": "es", "term": target}] if target else []
        scene.post("/events/demo/glossary", concept=source, terms=terms)
    tag = locale[:2]
    with (
        context(desks, web, locale) as hers,
        context(desks, web, locale) as his,
        context(desks, web, locale) as theirs,
        PlayedJobs(web.redis.url, session_id) as jobs,
    ):
        sign_in(theirs, chair, web)
        booth, control, partner = hers.new_page(), theirs.new_page(), his.new_page()
        complaints: list[str] = []
        for page in (booth, control):
            page.on("pageerror", lambda error: complaints.append(str(error)))
        booth.goto(links["Ann"]["url"])
        look(booth, f"booth-invitation-{tag}", booth=False)
        enter_booth(booth, links["Ann"]["url"])
        look(booth, f"booth-check-{tag}", booth=True)
        booth.locator("main[data-state=preflight] > section button").last.click()
        expect_air(booth, "planned")
        look(booth, f"booth-empty-{tag}", booth=True)

        scene.post(f"/sessions/{session_id}/start")
        expect_air(booth, "lost")
        control.goto(f"/organize/demo/{session_id}/live")
        expect(control.locator("[data-channel]")).to_have_count(6, timeout=30_000)
        look(control, f"control-empty-{tag}", booth=False)

        enter_booth(partner, links["Bob"]["url"])
        full(scene, jobs)
        expect_air(booth, "me")
        booth.keyboard.press("1")
        booth.keyboard.press("u")
        expect(booth.locator("mark").first).to_be_visible(timeout=30_000)
        expect(control.locator("[data-channel=fr] [data-tone=attention]")).to_be_visible()
        look(booth, f"booth-full-{tag}", booth=True)
        look(control, f"control-full-{tag}", booth=False)
        booth.keyboard.press("?")
        look(booth, f"booth-keys-{tag}", booth=True)
        booth.keyboard.press("Escape")

        jobs.facts = {}
        jobs.write(Alarm("es", AlarmKind.NOBODY_ON_AIR, "", True, -60.0))
        expect_air(booth, "lost")
        expect(control.locator("[data-alarm=nobody_on_air]")).to_be_visible(timeout=30_000)
        look(booth, f"booth-failing-{tag}", booth=True)
        look(control, f"control-failing-{tag}", booth=False)
        assert complaints == []
    scene.post(f"/sessions/{session_id}/end")
