"""What axe-core finds on a page against WCAG 2.2, A and AA."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.looks import SCHEMES
from tests.servers import ROOT, require

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page, name: str) -> list[str]:
    """One line for each element that breaks a rule, in light and in dark."""
    require(AXE if AXE.exists() else None, "axe-core")
    page.evaluate(AXE.read_text())
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        broken: list[dict[str, Any]] = page.evaluate(
            "rules => axe.run(document, {runOnly: rules}).then(result => result.violations)", RULES
        )
        found += [
            f"{name}, {scheme}: {rule['id']}: {node['html']}: {node['failureSummary']}"
            for rule in broken
            for node in rule["nodes"]
        ]
    page.emulate_media(color_scheme="light")
    return found
