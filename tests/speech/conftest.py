"""A recording and clients that do not wait long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.fakes.scripted_speech import ScriptedSpeech
from transcripts.speech.client import FileSource, RetryPolicy, SpeechClient, Timeouts
from transcripts.speech.transport import Transport

KEY = "sk-very-secret-0123456789"

QUICK_RETRY = RetryPolicy(
    attempts=3, first_wait_seconds=0.001, longest_wait_seconds=0.01, total_wait_seconds=1
)

SHORT_TIMEOUTS = Timeouts(
    connect_seconds=5,
    read_seconds=5,
    write_seconds=5,
    transcription_read_seconds=5,
    whole_call_seconds=20,
)


@pytest.fixture
def recording(tmp_path: Path) -> FileSource:
    """A file that is larger than the pieces it is sent in; its content is not looked at."""
    path = tmp_path / "chunk.wav"
    path.write_bytes(b"RIFF" + bytes(range(256)) * 1024)
    return FileSource(path)


@pytest.fixture
def client_of() -> Iterator[Callable[..., SpeechClient]]:
    """Return a client of a scripted service; all are closed after the test."""
    with ExitStack() as opened:

        def open_client(upstream: ScriptedSpeech, timeout: Timeouts = SHORT_TIMEOUTS) -> SpeechClient:
            return opened.enter_context(SpeechClient(upstream.url, KEY, timeout=timeout, retry=QUICK_RETRY))

        yield open_client


@pytest.fixture
def transport_to() -> Iterator[Callable[..., Transport]]:
    """Return a transport to a scripted service; all are closed after the test."""
    with ExitStack() as opened:

        def open_transport(upstream: ScriptedSpeech, timeouts: Timeouts = SHORT_TIMEOUTS) -> Transport:
            return opened.enter_context(Transport(upstream.url, KEY, timeouts))

        yield open_transport
