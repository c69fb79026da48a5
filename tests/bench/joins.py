"""How long a phone waits for its first sound: from the tap on a language to sound that plays."""

import re

from playwright.async_api import async_playwright

CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

_WAITED = """() => {
  const at = (name) => performance.getEntriesByName(name)[0]?.startTime;
  const [tap, sound] = [at("tap"), at("first-sound")];
  return tap === undefined || sound === undefined ? false : [(sound - tap) / 1000];
}"""


async def joins_s(listen_url: str, count: int, language: str = "Español") -> list[float]:
    """`count` fresh visits at phone size, one after another, each a profile of its own."""
    joined: list[float] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=list(CHROMIUM)
        )
        for _ in range(count):
            context = await browser.new_context(
                viewport={"width": 390, "height": 844}, has_touch=True
            )
            page = await context.new_page()
            await page.goto(listen_url)
            choice = page.get_by_text(re.compile(f"^{language}$")).first
            await choice.wait_for()
            await page.wait_for_timeout(500)
            await choice.click()
            handle = await page.wait_for_function(_WAITED, timeout=15_000)
            joined.append(float((await handle.json_value())[0]))
            await context.close()
        await browser.close()
    return joined
