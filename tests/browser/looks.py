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
