"""A voxweb started with its one command: what is spoken is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.visitor import TRANSCRIBED_MS, come_in
from tests.stack import running_stack

SPOKEN = re.compile(r"\w+ \w+ \w+")
pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_stack(account=False) as stack:
        yield Server(stack.url, stack.data_dir / "media")


@pytest.fixture
def media_folder() -> None:
    """No database of this process is asked."""


def test_it_works(page: Page) -> None:
    come_in(page)
    page.get_by_role("link", name="Record").first.click()
    expect(page.get_by_text("We hear you.")).to_be_visible()
    page.keyboard.press("r")
    expect(page.locator("[data-part=deck-words]")).to_have_text("Built-in engine")
    expect(page.get_by_role("log")).to_have_text(SPOKEN, timeout=TRANSCRIBED_MS)
    page.keyboard.press("Shift+S")
    expect(page).to_have_url(re.compile("/t/"), timeout=TRANSCRIBED_MS)
    expect(page.locator(".lines .seg p").first).to_have_text(SPOKEN, timeout=TRANSCRIBED_MS)
