"""A running system and a real browser, for the whole folder."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright

from bofen.kit.ids import new_id
from tests.journeys.system import System, running

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=LocalNetworkAccessChecks",  # a page that a test serves counts as remote
    "--autoplay-policy=no-user-gesture-required",
]
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def system() -> AsyncIterator[System]:
    async with running("--demo") as started:
        yield started


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    program = os.environ.get("BOFEN_CHROMIUM") or shutil.which("chromium")
    assert program, "the journeys need Chromium: `make test` installs it"
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        await opened.close()


_violations: list[str] = []


@pytest.fixture(autouse=True)
def pages_keep_their_content_policy() -> Iterator[None]:
    """Whatever a journey opened asked for nothing that the policy of `web/files.py` refuses."""
    _violations.clear()
    yield
    assert _violations == []


def _watch(context: BrowserContext) -> None:
    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            _violations.append(message.text)

    context.on("console", hear)
    context.set_default_timeout(15_000)


async def phone(browser: Browser, system: System) -> tuple[BrowserContext, Page]:
    """A phone-wide window with nobody signed in."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        has_touch=True,
        is_mobile=True,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        base_url=system.url,
    )
    _watch(context)
    return context, await context.new_page()


async def desktop(browser: Browser, system: System) -> tuple[BrowserContext, Page]:
    context = await browser.new_context(
        viewport={"width": 1440, "height": 900},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        base_url=system.url,
    )
    _watch(context)
    return context, await context.new_page()


async def picture(page: Page, name: str) -> None:
    """Keep what the page shows, for the README, when BOFEN_PICTURES is set; else only take it."""
    kept = PICTURES / f"{name}.png" if os.environ.get("BOFEN_PICTURES") else None
    await page.screenshot(path=kept)


async def left(page: Page) -> None:
    """Keep what a page showed last beside the logs, when they are kept."""
    if kept := os.environ.get("BOFEN_KEEP_LOGS"):
        await page.screenshot(path=f"{kept}-{new_id().hex[-6:]}.png")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
