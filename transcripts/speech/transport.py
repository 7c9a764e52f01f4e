"""HTTP to a speech service: the only module that knows the HTTP library."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, BinaryIO, Self

import httpx

from transcripts.speech.api_key import ApiKey
from transcripts.speech.call import Call, FilePart, JsonPart, Reply, Timeouts, request_id_in, within_seconds
from transcripts.speech.error_body import read_complaint
from transcripts.speech.errors import (
    SpeechConnectionLost,
    SpeechError,
    SpeechResponseInvalid,
    SpeechSourceUnreadable,
    SpeechTimeout,
    SpeechUnavailable,
)
from transcripts.speech.rejection import error_for
from transcripts.speech.retry import never_stop, retry_after_seconds
from transcripts.speech.service_address import is_loopback, service_address
from transcripts.speech.stoppable import stoppable

_LARGEST_ERROR_BODY_BYTES = 64 * 1024
_EVENT_STREAM = "text/event-stream"
_USER_AGENT = "voxweb"

_Part = tuple[str, tuple[str | None, BinaryIO | bytes, str]]


@dataclass(frozen=True, slots=True)
class _Head:
    status: int
    headers: httpx.Headers


class Transport:
    """Connections to one service; one call is one connection, so no call meets a connection gone stale.

    May be used from several threads. Raises the errors of `transcripts.speech.errors` only.
    """

    def __init__(self, base_url: str, api_key: str, timeouts: Timeouts) -> None:
        self.address = service_address(base_url)
        self._key = ApiKey(api_key)
        self._timeouts = timeouts
        self._client = httpx.Client(
            headers={"User-Agent": _USER_AGENT, **self._key.authorization()},
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            trust_env=not is_loopback(self.address),
            follow_redirects=False,
        )

    def __repr__(self) -> str:
        return f"Transport({self.address!r}, {self._key!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    @contextmanager
    def open(self, call: Call, should_stop: Callable[[], bool] = never_stop) -> Iterator[Reply]:
        """Send once and hand over the answer as soon as its head is here; only 2xx get that far.

        ``should_stop`` is looked at while sending, waiting and reading; then `SpeechCancelled` is raised and
        the connection is closed at once.
        """
        lifeline = _Lifeline()
        items = stoppable(self._exchange(call, lifeline), should_stop, lifeline.cut)
        try:
            head = next(items)
            assert isinstance(head, _Head)  # noqa: S101 - narrows the type; _exchange yields the head first
            chunks = within_seconds(_bodies(items), self._timeouts.whole_call_seconds)
            if not 200 <= head.status < 300:
                raise self._refusal(head, chunks)
            yield Reply(head.status, head.headers, chunks, self._key.hidden_in)
        finally:
            items.close()

    def _exchange(self, call: Call, lifeline: _Lifeline) -> Generator[_Head | bytes, None, None]:
        """Translates the library's errors. They are not chained: the library's frames hold the key."""
        failure: SpeechError | None = None
        try:
            yield from self._conversation(call, lifeline)
        except (httpx.TransportError, httpx.DecodingError, httpx.InvalidURL) as error:
            failure = _translated(error)
        except OSError as error:
            failure = SpeechSourceUnreadable(detail={"cause": type(error).__name__})
        if failure is not None:
            raise failure

    def _conversation(self, call: Call, lifeline: _Lifeline) -> Generator[_Head | bytes, None, None]:
        with ExitStack() as opened:
            request = self._request(call, opened)
            request.extensions["trace"] = lifeline.watch
            response = self._client.send(request, stream=True)
            opened.callback(response.close)
            yield _Head(response.status_code, response.headers)
            yield from response.iter_bytes()

    def _request(self, call: Call, opened: ExitStack) -> httpx.Request:
        parts = [_part(part, opened) for part in call.parts]
        return self._client.build_request(
            call.method,
            self.address + call.path,
            params=_query(call),
            data=dict(call.form) or None,
            files=parts or None,
            headers=_headers(call),
            timeout=self._limits(call),
        )

    def _limits(self, call: Call) -> httpx.Timeout:
        times = self._timeouts
        read = times.transcription_read_seconds if call.handles_audio else times.read_seconds
        return httpx.Timeout(
            connect=times.connect_seconds, read=read, write=times.write_seconds, pool=times.pool_seconds
        )

    def _refusal(self, head: _Head, chunks: Iterator[bytes]) -> SpeechError:
        body = self._key.hidden_in(_beginning(chunks))
        return error_for(
            head.status,
            read_complaint(body),
            retry_after_seconds=retry_after_seconds(head.headers),
            request_id=request_id_in(head.headers),
        )


class _Lifeline:
    """Knows the socket of one call, so that another thread can end a blocked read."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._is_cut = False

    def watch(self, event: str, info: dict[str, Any]) -> None:
        """The trace hook of the HTTP library: remembers the newest socket (TLS replaces the first one)."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = info["return_value"].get_extra_info("socket")
            if self._is_cut:
                self.cut()

    def cut(self) -> None:
        self._is_cut = True
        if self._socket is not None:
            with suppress(OSError):
                # The plain socket's method: the one of a TLS socket drops its state under the reader's feet.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _translated(error: Exception) -> SpeechError:
    facts = {"cause": type(error).__name__}
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError | httpx.PoolTimeout):
        return SpeechUnavailable(detail=facts)
    if isinstance(error, httpx.TimeoutException):
        return SpeechTimeout(detail=facts)
    if isinstance(error, httpx.LocalProtocolError):
        return SpeechSourceUnreadable(detail=facts)
    if isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError):
        return SpeechConnectionLost(detail=facts)
    return SpeechResponseInvalid(detail=facts)


def _part(part: FilePart | JsonPart, opened: ExitStack) -> _Part:
    if isinstance(part, JsonPart):
        return part.name, (None, json.dumps(part.value).encode(), "application/json")
    return part.name, (part.file_name, opened.enter_context(part.path.open("rb")), part.content_type)


def _headers(call: Call) -> dict[str, str]:
    """Compression would hold events back, so event streams ask for none."""
    plain = {"Accept-Encoding": "identity"} if call.accept == _EVENT_STREAM else {}
    return {"Accept": call.accept, **plain}


def _query(call: Call) -> dict[str, Any] | None:
    return dict(call.query) or None


def _bodies(items: Iterator[_Head | bytes]) -> Iterator[bytes]:
    return (item for item in items if isinstance(item, bytes))


def _beginning(chunks: Iterator[bytes]) -> bytes:
    """As much of an error body as can matter; a body that breaks off is still an answer with a status."""
    body = b""
    with suppress(SpeechConnectionLost, SpeechTimeout, SpeechResponseInvalid):
        for chunk in chunks:
            body += chunk
            if len(body) >= _LARGEST_ERROR_BODY_BYTES:
                break
    return body[:_LARGEST_ERROR_BODY_BYTES]
