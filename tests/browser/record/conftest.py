"""A Chromium into whose microphone espeak-ng speaks, and the record page in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.conftest import SignIn
from tests.browser.find_chromium import chromium
from tests.browser.own_files import PLAIN
from tests.browser.spoken import speak
from transcripts.models import User

LECTURE = (
    (0, "The moon does most of the work, but not in the way the picture in your book says."),
    (0, "The water is not lifted. It is pulled sideways, a very small amount, over a long distance."),
    (1, "And what did you see when you came down to the river?"),
)
WITHOUT_CAPTIONS = """localStorage.getItem('voxweb:record')
  ?? localStorage.setItem('voxweb:record', JSON.stringify({live_model: 'none'}))"""
HearsYou = Callable[[], Page]


@pytest.fixture(scope="session")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the microphone hears, again and again; not so loud that the page would ask to move back."""
    return speak(tmp_path_factory.mktemp("voice"), LECTURE, PLAIN._replace(loudness=40))[0]


@pytest.fixture(scope="session")
def browser(playwright: Playwright, voice: Path) -> Iterator[Browser]:
    """Grants the microphone without asking, as somebody has who recorded here before."""
    flags = [
        "--no-sandbox",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={voice}",
    ]
    started = playwright.chromium.launch(executable_path=chromium(), args=flags)
    yield started
    started.close()


@pytest.fixture
def recorder(page: Page, sign_in: SignIn, owner: User) -> HearsYou:
    """Return ``recorder()``: the owner's record page, listening. No engine runs here to write captions."""
    sign_in(page, owner)
    page.add_init_script(WITHOUT_CAPTIONS)

    def recorder() -> Page:
        page.goto("/record")
        expect(page.get_by_text("We hear you.")).to_be_visible()
        return page

    return recorder
