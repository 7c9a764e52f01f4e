"""The cast (owner, editor, viewer, stranger) and a finished transcript, for every test."""

from __future__ import annotations

import os
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

import numpy as np
import pytest
from django.conf import LazySettings
from django.test import Client

from transcripts.document.content import DocSegment, DocVoice
from transcripts.models import ApiToken, Membership, Recording, Transcript, User

from .written import write_heard

PASSWORD = "correct horse battery"
LINES = (
    (0, 0, 2400, "The harbour was quiet that morning."),
    (1, 2600, 4200, "And then the bell rang?"),
    (0, 4400, 7000, "Yes, and everybody ran down to the water."),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: their driver keeps an event loop running, in which no other can be started.

    What has been given more time comes first of each kind, so that no process waits for another at the end.
    """
    items.sort(key=lambda item: (has(item, "browser"), not has(item, "timeout")))


def has(item: pytest.Item, marker: str) -> bool:
    return item.get_closest_marker(marker) is not None


@pytest.fixture(autouse=True)
def media_folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Media of a test live and die with it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("olga@example.org", PASSWORD, name="Olga Owner")


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("edgar@example.org", PASSWORD, name="Edgar Editor")


@pytest.fixture
def viewer(db: None) -> User:
    return User.objects.create_user("vera@example.org", PASSWORD, name="Vera Viewer")


@pytest.fixture
def stranger(db: None) -> User:
    return User.objects.create_user("sten@example.org", PASSWORD, name="Sten Stranger")


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Return a browser-like client in which this person is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def api_of() -> Callable[[User], Client]:
    """Return a program's client: no session, a REST token in every request."""
    return lambda user: Client(headers={"Authorization": f"Bearer {ApiToken.issue(user)}"})


def write_tone(path: Path, duration_ms: int, hertz: float = 220.0, rate: int = 16_000) -> None:
    """Write a mono 16-bit WAV with a quiet tone."""
    turns = 2 * np.pi * hertz * np.arange(duration_ms * rate // 1000) / rate
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((6000 * np.sin(turns)).astype("<i2").tobytes())


@pytest.fixture
def transcript(owner: User, editor: User, viewer: User, media_folder: Path) -> Transcript:
    """A ready transcript of ``owner`` with sound, two speakers and three segments; two members."""
    item = Transcript.objects.create(
        title="Harbour interview", owner=owner, state=Transcript.State.READY, language="en", version=3
    )
    sound = f"{item.code}/original.wav"
    write_tone(media_folder / sound, 7000)
    Recording.objects.create(
        transcript=item,
        original_name="harbour.wav",
        original_file=sound,
        original_bytes=(media_folder / sound).stat().st_size,
        playback_file=sound,
        playback_type="audio/wav",
        duration_ms=7000,
        container="wav",
        audio_codec="pcm_s16le",
        sample_rate=16_000,
        channels=1,
    )
    segments = [
        DocSegment(f"line{number}", f"speaker_{who + 1}", start_ms, end_ms, text)
        for number, (who, start_ms, end_ms, text) in enumerate(LINES)
    ]
    write_heard(item, segments, [DocVoice("speaker_1"), DocVoice("speaker_2")])
    Membership.objects.create(transcript=item, user=editor, role=Membership.Role.EDITOR)
    Membership.objects.create(transcript=item, user=viewer, role=Membership.Role.VIEWER)
    return item


@pytest.fixture
def samples() -> Iterator[Path]:
    """The folder of real recordings, or skip: they are not part of the project."""
    folder = Path(os.environ.get("VOXWEB_SAMPLES", Path(__file__).parents[2] / "shared" / "samples"))
    if not folder.is_dir():
        pytest.skip("the folder of real recordings is not here; set VOXWEB_SAMPLES to use them")
    yield folder
