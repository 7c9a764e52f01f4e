# ruff: noqa: N802 - these names are Twisted's
"""WebSocket connections with a bounded backlog in both directions."""

from __future__ import annotations

import time
from typing import Any

from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet.defer import Deferred

from voxweb.server.inbox import WebSocketInbox
from voxweb.server.unmask import Unmasker, apply_mask
from voxweb.server.write_gate import WriteGate

CLOSE_RESTARTING = 4012
"""Close code for "the server restarts, connect again"; autobahn refuses to send the registered 1012."""


WHOLE_START = b"\x82\xfe"
"""Of a frame that is a binary message by itself, masked, its length in two bytes (RFC 6455, section 5.2)."""

WHOLE_HEAD_BYTES = 8


class BoundedWebSocket(WebSocketProtocol):
    """A WebSocket whose socket is read only as fast as the application takes messages."""

    _handshaking = False
    inbox: WebSocketInbox | None = None
    message_data: Any

    def onConnect(self, request: Any) -> Deferred[Any]:
        """An upgrade has been asked for: the transport now drives our gate instead of the HTTP channel."""
        self._handshaking = True
        self.applyMask = False  # ``onFrameBegin`` sees to it
        self.gate = WriteGate()
        self.unregisterProducer()
        self.registerProducer(self.gate, True)
        answer: Deferred[Any] = super().onConnect(request)
        return answer

    def onOpen(self) -> None:
        """The application has accepted."""
        self._handshaking = False
        super().onOpen()

    def dataReceived(self, data: bytes) -> None:
        """Take ``data``; before the handshake an honest client sends none, and it would pile up."""
        if self._handshaking:
            self.transport.abortConnection()
        elif self._holds_one_message(data):
            self.onMessage(apply_mask(data[WHOLE_HEAD_BYTES:], data[4:WHOLE_HEAD_BYTES]), True)
        else:
            # What autobahn's own method does, without the line for its log that costs more than the rest.
            self._dataReceived(data)

    def _holds_one_message(self, data: bytes) -> bool:
        """Whether ``data`` is a binary message of 126 to 65,535 bytes, all of it and nothing else.

        So comes the sound of a recording mostly; autobahn's steps for it cost a tenth of the recording.
        """
        size = len(data) - WHOLE_HEAD_BYTES
        return (
            data.startswith(WHOLE_START)
            and 126 <= size <= self.maxMessagePayloadSize
            and int.from_bytes(data[2:4], "big") == size
            and self.state == self.STATE_OPEN
            and not self.data
            and not self.inside_message
            and self.current_frame is None
        )

    def onFrameBegin(self) -> None:
        """The head of a frame has come."""
        if self.current_frame.mask:
            self.current_frame_masker = Unmasker(self.current_frame.mask)
        super().onFrameBegin()

    def onMessageEnd(self) -> None:
        """The last frame of a message has come. Nobody listens to autobahn's own, dear signal of it."""
        if not self.failedByMe:
            self.onMessage(b"".join(self.message_data), self.message_is_binary)
        self.message_data = None

    def onMessage(self, payload: bytes, is_binary: bool) -> None:
        """A whole message; an application that asked for it gets binary ones as a plain call."""
        sink = self.inbox.binary_sink if is_binary and self.inbox is not None else None
        if sink is None:
            super().onMessage(payload, is_binary)
        elif not self.muted:
            self.last_ping = time.time()
            sink(payload)

    def open_inbox(self) -> WebSocketInbox:
        """The application's ``receive``."""
        limits = self.server.limits
        self.inbox = WebSocketInbox(
            self.transport,
            most_messages=limits.websocket_unread_messages,
            most_bytes=limits.websocket_unread_bytes,
        )
        return self.inbox

    def close_for_restart(self) -> None:
        """Ask the client to come back; does nothing before the handshake and after the close."""
        if self.state == self.STATE_OPEN:
            self.sendClose(code=CLOSE_RESTARTING, reason="restarting")

    def check_timeouts(self) -> None:
        """Ping, except while we ourselves do not read the answers."""
        if self._is_paused():
            self.last_ping = time.time()
        super().check_timeouts()

    def onAutoPingTimeout(self) -> None:
        """No answer to a ping: the client has gone, unless we stopped reading."""
        if self._is_paused():
            self.autoPingTimeoutCall = None
        else:
            super().onAutoPingTimeout()

    def _is_paused(self) -> bool:
        return self.inbox is not None and self.inbox.paused


class BoundedWebSocketFactory(WebSocketFactory):
    """Builds bounded WebSockets."""

    protocol = BoundedWebSocket
