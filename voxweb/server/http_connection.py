# ruff: noqa: N802, N815 - these names are Twisted's
"""HTTP connections with bounded headers, bodies and patience."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from daphne.http_protocol import HTTPFactory, WebRequest
from twisted.internet.interfaces import IDelayedCall
from twisted.python.failure import Failure
from twisted.web import http

from voxweb.server.inbox import RequestInbox
from voxweb.server.limits import ServerLimits
from voxweb.server.write_gate import WriteGate

if TYPE_CHECKING:
    from voxweb.server.daphne_server import HardenedServer

_REFUSALS = {
    400: ("bad_request", "The server could not understand the request."),
    408: (
        "request_too_slow",
        "The request took too long to arrive. Please check the connection and try again.",
    ),
    413: ("body_too_large", "The request is too large. Nothing of it was kept; send large files in pieces."),
    431: ("headers_too_large", "The address or the headers of the request are too long."),
}


class BoundedRequest(WebRequest):
    """A request whose body stays in its spool (a temporary file above 100 kB) until it is read."""

    content: IO[bytes]

    def __init__(self, channel: BoundedChannel, queued: object = False) -> None:
        # Twisted would parse forms here into twelve times their size of memory, before anyone is authorised.
        super().__init__(channel, queued, parsePOSTFormSubmission=False)
        self.gate = WriteGate()
        self._spool: IO[bytes] | None = None

    def handleContentChunk(self, data: bytes) -> None:
        """Spool ``data`` unless the body has become too large."""
        if self.channel.takes_body(len(data)):
            super().handleContentChunk(data)

    def process(self) -> Any:
        """Start the application, or hand the connection over to a WebSocket."""
        self.requestHeaders.removeHeader(b"daphne-root-path")  # else any client could move the site
        channel = self.channel
        done = super().process()
        if self.transport is None:
            channel.hand_over()
        return done

    def open_inbox(self) -> RequestInbox:
        """The application's ``receive``; daphne is left with an empty body to copy."""
        self._spool, self.content = self.content, BytesIO()
        self.registerProducer(self.gate, True)
        return RequestInbox(self._spool)

    def close_after_response(self) -> None:
        """Make this the connection's last request."""
        if self.channel is not None:
            self.responseHeaders.setRawHeaders(b"Connection", [b"close"])
            self.channel.persistent = False

    def finish(self) -> None:
        """The response is complete."""
        if self.producer is not None:
            self.unregisterProducer()
        super().finish()
        self._let_go()

    def connectionLost(self, reason: Failure) -> None:
        """The client has gone."""
        super().connectionLost(reason)
        self._let_go()

    def _let_go(self) -> None:
        self.gate.stopProducing()
        if self._spool is not None:
            self._spool.close()


class BoundedChannel(http.HTTPChannel):
    """One HTTP/1.1 connection, refused with an answer instead of a reset when it goes over a limit."""

    maxHeaders = 100
    requestFactory = BoundedRequest
    factory: BoundedHTTPFactory
    refused = False
    _deadline: IDelayedCall | None = None
    _body_bytes = 0
    _window_bytes = 0

    @property
    def limits(self) -> ServerLimits:
        """The bounds of the server this connection belongs to."""
        limits: ServerLimits = self.factory.server.limits
        return limits

    def connectionMade(self) -> None:
        """A client has connected and must now send its headers."""
        _drop_stalled_client(self.transport, self.limits.stall_seconds)
        self.factory.channels.add(self)
        super().connectionMade()
        self._within(self.limits.header_seconds, self._head_is_late)

    def dataReceived(self, data: bytes) -> None:
        """Parse ``data``; what a refused client still sends is dropped, so that it gets to its answer."""
        if self.refused:
            return
        if self._deadline is None and not self._handlingRequest:
            self._within(self.limits.header_seconds, self._head_is_late)
        super().dataReceived(data)

    def lineReceived(self, line: bytes) -> None:
        """Take one line of the head of a request."""
        if not self.refused:
            super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:
        """One line is longer than 16 KiB."""
        self.refuse(431)

    def allHeadersReceived(self) -> None:
        """Refuse a body that announces itself as too large, before any of it is read."""
        if self.refused:
            return
        self._body_bytes = self._window_bytes = 0
        if (self.length or 0) > self.limits.body_limit_bytes(self._path):
            self.refuse(413)
        else:
            super().allHeadersReceived()
            self._within(self.limits.upload_window_seconds, self._check_upload_speed)

    def checkPersistence(self, request: http.Request, version: bytes) -> bool:
        """No connection outlives the server's wish to stop."""
        return super().checkPersistence(request, version) and not self.factory.server.draining

    def takes_body(self, size_bytes: int) -> bool:
        """Count ``size_bytes`` more of the body; False when it is not wanted."""
        self._body_bytes += size_bytes
        self._window_bytes += size_bytes
        if self._body_bytes > self.limits.body_limit_bytes(self._path):
            self.refuse(413)
        return not self.refused

    def allContentReceived(self) -> None:
        """The request is complete."""
        if not self.refused:
            self._within(None)
            super().allContentReceived()

    def refuse(self, status: int) -> None:
        """Answer ``status``, close our half and leave the client a moment to read it."""
        if self.refused or self.transport is None:
            return
        self.refused = True
        self.transport.write(_refusal(status))
        self.transport.loseWriteConnection()
        self._within(self.limits.linger_seconds, self.transport.abortConnection)

    def close_soon(self) -> None:
        """Close an idle connection; one with a request keeps it until that is answered."""
        if self.requests:
            self.persistent = False
        elif not self.refused:
            self.loseConnection()

    def hand_over(self) -> None:
        """The connection has become a WebSocket and is no longer ours."""
        self._within(None)
        self.factory.channels.discard(self)

    def connectionLost(self, reason: Failure) -> None:
        """The client has gone."""
        self.hand_over()
        super().connectionLost(reason)

    def _respondToBadRequestAndDisconnect(self) -> None:
        self.refuse(400)

    def _head_is_late(self) -> None:
        if self.requests:
            self.refuse(408)
        else:
            self.loseConnection()

    def _check_upload_speed(self) -> None:
        least_bytes = self.limits.upload_bytes_per_second * self.limits.upload_window_seconds
        slow, self._window_bytes = self._window_bytes < least_bytes, 0
        if slow:
            self.refuse(408)
        else:
            self._within(self.limits.upload_window_seconds, self._check_upload_speed)

    def _within(self, seconds: float | None, otherwise: Callable[[], object] = lambda: None) -> None:
        """Replace the one deadline of this connection; None means that nothing is awaited of the client."""
        if self._deadline is not None and self._deadline.active():
            self._deadline.cancel()
        self._deadline = None if seconds is None else self.callLater(seconds, otherwise)


class BoundedHTTPFactory(HTTPFactory):
    """Builds bounded connections and knows which ones are open."""

    protocol = BoundedChannel

    def __init__(self, server: HardenedServer) -> None:
        super().__init__(server)
        self.timeOut = server.limits.idle_seconds
        self.channels: set[BoundedChannel] = set()

    def buildProtocol(self, addr: Any) -> BoundedChannel:
        """A connection of our own kind; daphne's factory would make plain requests."""
        channel: BoundedChannel = super().buildProtocol(addr)
        channel.requestFactory = BoundedRequest
        return channel


def _refusal(status: int) -> bytes:
    code, message = _REFUSALS[status]
    body = json.dumps({"error": {"code": code, "message": message, "detail": {}}}).encode()
    head = f"HTTP/1.1 {status} {http.RESPONSES.get(status, b'').decode()}\r\nConnection: close\r\n"
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _drop_stalled_client(transport: Any, seconds: float) -> None:
    """Linux closes a connection whose peer takes no data for so long, dead or merely silent."""
    handle: socket.socket = transport.getHandle()
    if hasattr(socket, "TCP_USER_TIMEOUT") and handle.family in {socket.AF_INET, socket.AF_INET6}:
        handle.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(seconds * 1000))
