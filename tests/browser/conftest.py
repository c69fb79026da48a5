"""The service, the browsers and the people of the browser tests.

They live as long as this package's tests: Playwright keeps an event loop running in this thread,
and no asyncio test could run beside it.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing
from itertools import count

import httpx
import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.browser.browsers import chromium, phone
from tests.pace import require_real_time
from tests.servers import ROOT, require
from tests.service import Organizer, Service, service
from tests.stack import Stack, stack

_names = count(1)


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Everything `make run` starts, without its demo."""
    built = ROOT / "build/frontend/listen.html", ROOT / "build/bin/livekit-server"
    pages, livekit = (path if path.exists() else None for path in built)
    require(pages, "the pages' build")
    require(shutil.which("livekit-server") or livekit, "livekit-server")
    require(shutil.which("redis-server"), "redis-server")
    require_real_time()
    with service(tmp_path_factory.mktemp("service")) as started:
        yield started


@pytest.fixture(scope="package")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Pages and what they ask, without jobs: see `played.py`."""
    pages = ROOT / "build/frontend/listen.html"
    require(pages if pages.exists() else None, "the pages' build")
    with stack(tmp_path_factory.mktemp("web"), only_web=True) as started:
        yield started


@pytest.fixture(scope="package")
def chair(web: Stack) -> Iterator[httpx.Client]:
    """The organizer of its demo."""
    with closing(web.organizer()) as client:
        yield client


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def organizer(running: Service) -> Iterator[Organizer]:
    person = Organizer(running.base_url, f"organizer{next(_names)}")
    yield person
    person.close()


@pytest.fixture(scope="package")
def listeners_browser(playwright: Playwright) -> Iterator[Browser]:
    with chromium(playwright) as browser:
        yield browser


@pytest.fixture
def listener(listeners_browser: Browser, running: Service) -> Iterator[Page]:
    with phone(listeners_browser, running.base_url) as context:
        yield context.new_page()
