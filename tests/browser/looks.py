"""What pages look like, kept under build/screenshots/ for a person to see."""

from typing import Literal

from playwright.sync_api import Page

from tests.browser.browsers import DESKTOP, PHONE
from tests.servers import ROOT

SCREENSHOTS = ROOT / "build" / "screenshots"
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SIZES = (PHONE, DESKTOP)


def keep(page: Page, name: str, *, width: int, scheme: Scheme, whole: bool = True) -> None:
    """A picture of the page as it is; nothing may stick out sideways."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{name}-{width}-{scheme}.png"
    page.screenshot(path=path, full_page=whole, animations="disabled")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def keep_in_all_looks(page: Page, name: str) -> None:
    """The same page at a phone's and a desk's size, light and dark, without loading it anew."""
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            keep(page, name, width=size["width"], scheme=scheme, whole=False)


def cut_texts(page: Page) -> list[str]:
    """What cannot be read whole without scrolling sideways: text that its box hides a part of, or
    that is beyond the screen's edge, and whatever scrolls sideways. A drawing may be wider than
    the screen; what is for the ear alone (clipped away) does not count."""
    cut: list[str] = page.evaluate(
        """() => {
            const hides = (overflow) => overflow === "hidden" || overflow === "clip";
            const ownText = (element) =>
                [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
            const isClipped = (element) => {
                for (let at = element; at; at = at.parentElement) {
                    if (getComputedStyle(at).clipPath !== "none") return true;
                }
                return false;
            };
            const isCutChoice = (select) => {
                const whole = select.cloneNode();
                whole.append(select.selectedOptions[0].cloneNode(true));
                whole.style.cssText = "position: absolute; width: auto; max-width: none";
                select.after(whole);
                const cut = whole.offsetWidth > select.offsetWidth + 1;
                whole.remove();
                return cut;
            };
            return [...document.body.querySelectorAll("*")].filter((element) => {
                const { width, left, right } = element.getBoundingClientRect();
                if (width <= 1 || !element.checkVisibility() || isClipped(element)) return false;
                if (element.matches("svg *, :has(> svg[role=img])")) return false;
                if (element.matches("select")) return isCutChoice(element);
                const { overflowX, overflowY } = getComputedStyle(element);
                const wide = element.scrollWidth > element.clientWidth + 1;
                const high = element.scrollHeight > element.clientHeight + 1;
                if (wide && /auto|scroll/.test(overflowX)) return true;
                if (!ownText(element)) return false;
                const beyond = left < -1 || right > innerWidth + 1;
                return (wide && hides(overflowX)) || (high && hides(overflowY)) || beyond;
            }).map((element) => element.textContent.trim());
        }"""
    )
    return cut
