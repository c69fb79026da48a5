"""How long a phone waits for its first sound: from the tap on a language to sound that plays."""

import re

from playwright.async_api import async_playwright

from tests.browser.browsers import PHONE, QUIET, SANDBOX, chromium_program

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
            executable_path=chromium_program(), chromium_sandbox=SANDBOX, args=[*QUIET]
        )
        for _ in range(count):
            context = await browser.new_context(viewport=PHONE, has_touch=True)
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
