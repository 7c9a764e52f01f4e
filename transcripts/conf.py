"""The one place where Django's settings become options of the tools."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from django.conf import settings

from .audio.limits import IngestLimits
from .fetch.limits import FetchLimits
from .fetch.line import Network
from .fetch.public_address import is_any_host, is_public
from .speech.capabilities import ModelCapabilities, assumed, find
from .speech.client import RetryPolicy, SpeechClient, Timeouts
from .speech.realtime import RealtimeSession, open_session
from .speech.realtime_options import LiveOptions

SHORTEST_CHUNK_SECONDS = 20
"""Below this, cuts land inside of sentences too often."""


def media_root() -> Path:
    return Path(settings.MEDIA_ROOT)


def media_path(name: str) -> Path:
    """Return the path of a media name (``code/file``), which can only lie inside the media folder."""
    root = media_root().resolve()
    path = (root / name).resolve()
    if not name or not path.is_relative_to(root):
        raise ValueError("A media name must stay inside the media folder.")
    return path


def transcript_folder(code: str) -> Path:
    return media_path(code)


def speech_client(timeout_seconds: float | None = None) -> SpeechClient:
    """A client of the configured speech service; use it as a context manager.

    ``timeout_seconds`` shortens every wait, and nothing is repeated: for questions that a page waits for.
    """
    key = settings.MISTRAL_API_KEY or "embedded"
    longest = timeout_seconds or float(settings.SPEECH_TIMEOUT_SECONDS)
    timeouts = Timeouts(
        connect_seconds=min(10.0, longest),
        read_seconds=min(60.0, longest),
        transcription_read_seconds=longest,
    )
    retry = RetryPolicy(attempts=1) if timeout_seconds else RetryPolicy()
    return SpeechClient(settings.SPEECH_URL, key, timeout=timeouts, retry=retry)


def live_session(options: LiveOptions) -> AbstractAsyncContextManager[RealtimeSession]:
    """Open a realtime session of the configured service."""
    key = settings.MISTRAL_API_KEY or "embedded"
    return open_session(settings.SPEECH_URL, key, options, capabilities=model_capabilities(options.model))


def model_capabilities(model: str) -> ModelCapabilities:
    """What a model can do: from the table, else with nothing assumed to be impossible."""
    return find(model) or assumed(model)


def fetch_limits() -> FetchLimits:
    return FetchLimits(max_bytes=settings.MAX_UPLOAD_BYTES)


def fetch_network() -> Network:
    """Who may be asked for recordings: the public internet, or everybody where the operator says so."""
    return Network(is_allowed=is_any_host if settings.ALLOW_PRIVATE_URLS else is_public)


def ingest_limits() -> IngestLimits:
    return IngestLimits(max_audio_seconds=settings.MAX_AUDIO_HOURS * 3600)


def chunk_seconds(model: str) -> float:
    """How long the pieces of a long recording are for this model; the operator's wish comes first."""
    if settings.CHUNK_SECONDS:
        return float(max(settings.CHUNK_SECONDS, SHORTEST_CHUNK_SECONDS))
    return float(model_capabilities(model).chunk_seconds)
