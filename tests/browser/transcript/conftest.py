"""A spoken interview and the page on which it is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.spoken import SpokenRecording, make_recording, spoken_transcript
from tests.browser.transcript.playback import Open
from transcripts.models import Transcript, User


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> SpokenRecording:
    return make_recording(tmp_path_factory.mktemp("spoken"))


@pytest.fixture(scope="session")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> SpokenRecording:
    return make_recording(tmp_path_factory.mktemp("filmed"), video=True)


@pytest.fixture
def interview(owner: User, media_folder: Path, spoken: SpokenRecording) -> Transcript:
    return spoken_transcript(owner, media_folder, spoken)


@pytest.fixture
def reading(page: Page, sign_in: SignIn, owner: User) -> Open:
    """Return ``reading(transcript, fragment)``: the owner's page of it, ready to play."""
    sign_in(page, owner)

    def reading(transcript: Transcript, fragment: str = "") -> Page:
        page.goto(f"/t/{transcript.code}{fragment}")
        expect(page.locator("vox-dock")).to_be_visible()
        expect(page.locator("vox-editor .writing")).to_be_attached()
        return page

    return reading
