"""The speech client: one object for one service, whether hosted, one's own or the embedded engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

from transcripts.speech.call import Timeouts
from transcripts.speech.model_capabilities import ModelCapabilities
from transcripts.speech.offered_models import OfferedModels
from transcripts.speech.retry import RetryPolicy, never_stop
from transcripts.speech.sources import AudioSource, FileIdSource, FileSource, UrlSource
from transcripts.speech.stored_files import FilePage, StoredFile, StoredFiles
from transcripts.speech.transcription_request import TranscriptionOptions
from transcripts.speech.transcriptions import Transcriptions
from transcripts.speech.transport import Transport
from transcripts.speech.wire import StreamEvent, Transcription

__all__ = [
    "AudioSource",
    "FileIdSource",
    "FilePage",
    "FileSource",
    "RetryPolicy",
    "SpeechClient",
    "StoredFile",
    "Timeouts",
    "TranscriptionOptions",
    "UrlSource",
]


class SpeechClient:
    """Synchronous, usable from several threads, closed as a context manager.

    ``base_url`` with or without ``/v1``; ``api_key`` may be empty for a server of one's own. Every method
    raises the errors of `transcripts.speech.errors` only; none of them, no log and no ``repr`` holds the key.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        *,
        timeout: Timeouts | None = None,
        retry: RetryPolicy | None = None,
    ) -> None:
        policy = retry or RetryPolicy()
        self._transport = Transport(base_url, api_key, timeout or Timeouts())
        self._transcriptions = Transcriptions(self._transport, policy)
        self.files = StoredFiles(self._transport, policy)
        self.models = OfferedModels(self._transport, policy)

    def __repr__(self) -> str:
        return f"SpeechClient({self._transport!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._transport.close()

    def transcribe(
        self,
        source: AudioSource,
        options: TranscriptionOptions,
        *,
        capabilities: ModelCapabilities | None = None,
        should_stop: Callable[[], bool] = never_stop,
    ) -> Transcription:
        """Transcribe and wait for the whole answer.

        ``capabilities`` (default: the table's) say what the model takes; options it does not take are left
        out with a notice. ``should_stop`` is asked on this thread every 0.1 s; true closes the connection
        and raises `SpeechCancelled`.
        """
        return self._transcriptions.transcribe(
            source, options, capabilities=capabilities, should_stop=should_stop
        )

    def stream(
        self,
        source: AudioSource,
        options: TranscriptionOptions,
        *,
        capabilities: ModelCapabilities | None = None,
        should_stop: Callable[[], bool] = never_stop,
    ) -> Iterator[StreamEvent]:
        """Transcribe and yield events as they come, `Completed` last; arguments as in `transcribe`.

        Calls are repeated only until the first event; after it an error goes to the caller, who kept the
        text so far. Closing the iterator closes the connection.
        """
        return self._transcriptions.stream(
            source, options, capabilities=capabilities, should_stop=should_stop
        )
