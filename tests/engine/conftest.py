"""One engine and one recogniser pool for all tests of this room."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from mistralai.client import Mistral

from tests.engine.engine_process import RunningEngine, started_engine
from tests.engine.spoken import speak_pcm, write_wav
from transcripts.engine.pcm import Pcm
from transcripts.engine.recogniser import RecogniserPool

API_KEY = "correct-horse"


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for spoken clips."""
    return tmp_path_factory.mktemp("clips")


@pytest.fixture(scope="session")
def clip(clips: Path, clip_pcm: Pcm) -> Path:
    """A greeting as a WAV file, with a little quiet on both sides."""
    return write_wav(clips / "greeting.wav", clip_pcm)


@pytest.fixture(scope="session")
def clip_pcm(clips: Path) -> Pcm:
    """A greeting as 16 kHz samples, which the recogniser understands."""
    return speak_pcm(clips)


@pytest.fixture(scope="session")
def pool() -> Iterator[RecogniserPool]:
    """Two recognisers for files and one for a live session."""
    pool = RecogniserPool(processes=2, live_sessions=1)
    pool.start()
    yield pool
    pool.close()


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEngine]:
    """An open engine."""
    # The websockets library would send even loopback through a proxy of the environment.
    os.environ["NO_PROXY"] = "127.0.0.1,localhost"
    arguments = ("--processes", "2", "--live-sessions", "2", "--live-idle-seconds", "4")
    with started_engine(tmp_path_factory.mktemp("engine"), *arguments) as running:
        yield running


@pytest.fixture(scope="session")
def locked_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEngine]:
    """An engine that wants a key."""
    arguments = ("--processes", "1", "--api-key", API_KEY)
    with started_engine(tmp_path_factory.mktemp("locked"), *arguments) as running:
        yield running


@pytest.fixture(scope="session")
def sdk(engine: RunningEngine) -> Mistral:
    """The official client, unmodified."""
    return Mistral(api_key="any", server_url=engine.url, timeout_ms=110_000)
