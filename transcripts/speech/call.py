"""One HTTP call as plain values: what to send, what came back, how long to wait."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from transcripts.speech.errors import SpeechResponseInvalid, SpeechTimeout

# A transcript of 24 hours with a time for every word is about 15 MiB.
LARGEST_JSON_BYTES = 64 * 1024 * 1024

_JSON = "application/json"

FormValue = str | list[str]
Form = Mapping[str, FormValue]


@dataclass(frozen=True, slots=True)
class Timeouts:
    """All waits of one call, in seconds.

    ``transcription_read_seconds`` is the longest silence while a service works on audio, and after the
    last byte of an upload; the official SDK waits 300 s, long recordings need more. ``whole_call_seconds``
    ends an answer that only trickles.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 60.0
    write_seconds: float = 60.0
    pool_seconds: float = 10.0
    transcription_read_seconds: float = 900.0
    whole_call_seconds: float = 7200.0


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file of a multipart body, streamed from ``path`` and opened anew for every attempt."""

    name: str
    path: Path
    file_name: str
    content_type: str


@dataclass(frozen=True, slots=True)
class JsonPart:
    """A JSON object of a multipart body: with a content type, without a file name."""

    name: str
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """``form`` alone goes out urlencoded; with ``parts`` the body is multipart, form fields first."""

    method: str
    path: str
    query: Mapping[str, str | int | Sequence[str]] = field(default_factory=dict)
    form: Form = field(default_factory=dict)
    parts: tuple[FilePart | JsonPart, ...] = ()
    accept: str = _JSON
    handles_audio: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A 2xx answer whose body is still on the wire.

    ``headers`` is case-insensitive; ``hide_key`` takes the key out of bytes that go into an error.
    """

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]
    hide_key: Callable[[bytes], bytes]

    @property
    def media_type(self) -> str:
        """The content type without parameters, lower-case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def request_id(self) -> str | None:
        """The service's own number for this call."""
        return request_id_in(self.headers)

    def json_object(self, largest_bytes: int = LARGEST_JSON_BYTES) -> dict[str, Any]:
        """The whole body as a JSON object, else `SpeechResponseInvalid`."""
        try:
            value = json.loads(b"".join(within_bytes(self.chunks, largest_bytes)))
        except (ValueError, RecursionError) as error:
            raise SpeechResponseInvalid(status=self.status, request_id=self.request_id) from error
        if not isinstance(value, dict):
            raise SpeechResponseInvalid(status=self.status, request_id=self.request_id)
        return value


def request_id_in(headers: Mapping[str, str]) -> str | None:
    """The first of the headers that services number their calls with."""
    names = ("x-request-id", "mistral-correlation-id", "x-kong-request-id", "cf-ray")
    return next((headers[name][:200] for name in names if headers.get(name)), None)


def within_bytes(chunks: Iterator[bytes], largest_bytes: int) -> Iterator[bytes]:
    """The chunks, or `SpeechResponseInvalid` once they are more than ``largest_bytes``."""
    left = largest_bytes
    for chunk in chunks:
        left -= len(chunk)
        if left < 0:
            raise SpeechResponseInvalid(
                "The speech service sent an answer far larger than any real one. Your recording is kept."
            )
        yield chunk


def within_seconds(chunks: Iterator[bytes], seconds: float) -> Iterator[bytes]:
    """The chunks, or `SpeechTimeout` once reading them has taken longer than ``seconds``."""
    deadline = time.monotonic() + seconds
    for chunk in chunks:
        if time.monotonic() > deadline:
            raise SpeechTimeout
        yield chunk
