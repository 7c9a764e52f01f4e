"""The WebSocket to a realtime service: the only module that knows the WebSocket library."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidMessage,
    InvalidProxy,
    InvalidStatus,
    ProxyError,
    WebSocketException,
)
from websockets.http11 import Response
from websockets.protocol import OPEN

from transcripts.speech.api_key import ApiKey
from transcripts.speech.call import request_id_in
from transcripts.speech.error_body import Complaint, complaint_from, read_complaint
from transcripts.speech.errors import (
    SpeechConnectionLost,
    SpeechError,
    SpeechResponseInvalid,
    SpeechStreamUnfinished,
    SpeechTimeout,
    SpeechUnavailable,
)
from transcripts.speech.rejection import error_for
from transcripts.speech.retry import retry_after_seconds
from transcripts.speech.service_address import is_loopback, service_address

LARGEST_MESSAGE_BYTES = 1024 * 1024

_PATH = "/v1/audio/transcriptions/realtime"
_USER_AGENT = "voxweb"
_MOST_WAITING_MESSAGES = 32
# About ten seconds of sound: what waits in the system's buffer is late for captions.
_SEND_BUFFER_BYTES = 256 * 1024
_LARGEST_ERROR_BODY_BYTES = 64 * 1024
# Closed by us because of what the service sent: against the protocol, not UTF-8, too large.
_UNREADABLE_CODES: Final = {1002, 1007, 1009}

# The library writes request headers, the key among them, to its log at the level DEBUG.
_library_log = logging.getLogger(f"{__name__}.library")
_library_log.setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class LiveTimeouts:
    """All waits of a live session, in seconds.

    ``update_seconds`` is how long the answer to our settings is waited for; without it the session goes on.
    ``send_seconds`` is how long a service may take nothing from us. ``done_seconds`` is the longest silence
    after our end, ``last_done_seconds`` the wait for more after a done that followed it.
    """

    open_seconds: float = 10.0
    greeting_seconds: float = 10.0
    update_seconds: float = 2.0
    send_seconds: float = 10.0
    done_seconds: float = 15.0
    last_done_seconds: float = 1.0
    ping_seconds: float = 20.0
    close_seconds: float = 1.0


class RealtimeLine:
    """One connection; whole messages up and down. Reading is paused while `_MOST_WAITING_MESSAGES` wait.

    Raises the errors of `transcripts.speech.errors` only. They are not chained to those of the library,
    whose frames hold the key.
    """

    def __init__(self, connection: ClientConnection, key: ApiKey, timeouts: LiveTimeouts) -> None:
        self._connection = connection
        self._key = key
        self._timeouts = timeouts
        self.is_closed = False
        self.request_id = request_id_in(_headers(connection.response))
        raw: socket.socket | None = connection.transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)

    def __repr__(self) -> str:
        return f"RealtimeLine({self.request_id!r}, {self._key!r})"

    async def send(self, message: bytes) -> None:
        """Send JSON. Waits while the service takes nothing; after ``send_seconds`` the line is cut."""
        failure: SpeechError
        try:
            async with asyncio.timeout(self._timeouts.send_seconds):
                return await self._connection.send(message, text=True)
        except TimeoutError:
            self._connection.transport.abort()
            failure = SpeechTimeout(request_id=self.request_id)
        except ConnectionClosed as closed:
            failure = self._ended(closed)
        raise failure

    def send_now(self, message: bytes) -> bool:
        """Send JSON without a task or a timer; False where the line is not free: then ``send`` it.

        Names of the library that its documentation leaves out; a test beside this module holds them.
        """
        connection, transport = self._connection, self._connection.transport
        is_open = connection.protocol.state is OPEN and not transport.is_closing()
        if not is_open or transport.get_write_buffer_size():
            return False
        connection.protocol.send_text(message)
        connection.send_data()
        return True

    async def receive(self) -> str | bytes:
        """The next message. May be cancelled without losing one."""
        failure: SpeechError
        try:
            return await self._connection.recv()
        except ConnectionClosed as closed:
            failure = self._ended(closed)
        raise failure

    async def close(self) -> None:
        """Say goodbye, but not for long; after it there is neither a socket nor a task."""
        self.is_closed = True
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._timeouts.close_seconds):
                    await self._connection.close()
        finally:
            self._connection.transport.abort()
        await self._connection.wait_closed()

    def hidden_in(self, body: bytes) -> bytes:
        """The same bytes without the key."""
        return self._key.hidden_in(body)

    def _ended(self, closed: ConnectionClosed) -> SpeechError:
        if closed.sent is not None and closed.sent.code in _UNREADABLE_CODES and not closed.rcvd_then_sent:
            return SpeechResponseInvalid(request_id=self.request_id)
        if closed.rcvd is None:
            return SpeechConnectionLost(request_id=self.request_id)
        reason = complaint_from(self._key.hidden_in(closed.rcvd.reason.encode()).decode())
        return SpeechStreamUnfinished(
            detail={"close_code": closed.rcvd.code, "close_reason": reason.message},
            request_id=self.request_id,
            complaint=Complaint(reason.message, code=str(closed.rcvd.code)),
        )


async def open_line(base_url: str, key: ApiKey, model: str, timeouts: LiveTimeouts) -> RealtimeLine:
    """Connect and shake hands. Raises what is documented in `transcripts.speech.errors`."""
    failure: SpeechError
    try:
        return RealtimeLine(await _connect(service_address(base_url), key, model, timeouts), key, timeouts)
    except InvalidStatus as refused:
        failure = _refusal(refused.response, key)
    except TimeoutError as error:
        failure = SpeechTimeout(detail=_cause(error))
    except InvalidMessage as error:
        broke_off = isinstance(error.__cause__, EOFError)
        failure = (SpeechConnectionLost if broke_off else SpeechResponseInvalid)(detail=_cause(error))
    except (OSError, UnicodeError, ImportError, InvalidProxy, ProxyError) as error:
        # UnicodeError: no such host name can exist. ImportError: a kind of proxy that is not installed.
        failure = SpeechUnavailable(detail=_cause(error))
    except WebSocketException as error:
        failure = SpeechResponseInvalid(detail=_cause(error))
    raise failure


async def _connect(address: str, key: ApiKey, model: str, timeouts: LiveTimeouts) -> ClientConnection:
    return await _Connect(
        f"{address.replace('http', 'ws', 1)}{_PATH}?{urlencode({'model': model})}",
        compression=None,
        proxy=None if is_loopback(address) else True,
        additional_headers=key.authorization(),
        user_agent_header=_USER_AGENT,
        open_timeout=timeouts.open_seconds,
        ping_interval=timeouts.ping_seconds,
        ping_timeout=timeouts.ping_seconds,
        close_timeout=timeouts.close_seconds,
        max_size=LARGEST_MESSAGE_BYTES,
        max_queue=_MOST_WAITING_MESSAGES,
        logger=_library_log,
    )


class _Connect(connect):
    """Follows no redirect: a realtime service has none, and the key would go with it."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


def _refusal(response: Response, key: ApiKey) -> SpeechError:
    headers = _headers(response)
    body = key.hidden_in(bytes(response.body or b"")[:_LARGEST_ERROR_BODY_BYTES])
    return error_for(
        response.status_code,
        read_complaint(body),
        retry_after_seconds=retry_after_seconds(headers),
        request_id=request_id_in(headers),
    )


def _headers(response: Response | None) -> Mapping[str, str]:
    """Lower-case names; of a header that came twice, the last."""
    return {} if response is None else {name.lower(): value for name, value in response.headers.raw_items()}


def _cause(error: Exception) -> dict[str, str]:
    return {"cause": type(error).__name__}
