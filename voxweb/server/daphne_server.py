"""Daphne with bounded memory and an orderly end.

Stock daphne 4.2.3 reads a form into twelve times its size of memory, queues without bound in both directions
and skips the applications' clean-up on SIGTERM. This subclass leans on a few private names of daphne and
Twisted; the tests beside it hold them in place.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import Any

from daphne.server import Server, twisted_loop
from twisted.internet import reactor
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import serverFromString
from twisted.internet.interfaces import IListeningPort
from twisted.logger import (
    FilteringLogObserver,
    LogLevel,
    LogLevelFilterPredicate,
    STDLibLogObserver,
    globalLogBeginner,
)
from twisted.python.failure import Failure

from transcripts.errors import VoxwebError
from voxweb.server.access_log import log_action
from voxweb.server.http_connection import BoundedHTTPFactory
from voxweb.server.inbox import TAKE_BINARY, Message, WebSocketInbox
from voxweb.server.limits import ServerLimits
from voxweb.server.websocket_connection import BoundedWebSocket, BoundedWebSocketFactory

Application = Callable[..., Awaitable[None]]

_DRAIN_STEP_SECONDS = 0.05


class CannotListenError(VoxwebError):
    """The address is in use or not allowed."""

    code = "cannot_listen"
    message = "The server cannot listen on this address. Is another program using the port?"


class HardenedServer(Server):
    """One server process; it runs once."""

    def __init__(
        self,
        application: Application,
        *,
        endpoints: Sequence[str],
        limits: ServerLimits,
        behind_proxy: bool,
        on_listening: Callable[[int], None] | None,
    ) -> None:
        super().__init__(
            application,
            endpoints=endpoints,
            action_logger=log_action,
            proxy_forwarded_address_header="X-Forwarded-For" if behind_proxy else None,
            proxy_forwarded_proto_header="X-Forwarded-Proto" if behind_proxy else None,
            websocket_handshake_timeout=limits.header_seconds,
            server_name="voxweb",
        )
        self.limits = limits
        self.draining = False
        self._on_listening = on_listening
        self._ports: list[IListeningPort] = []
        self._listen_failure: Failure | None = None
        self._drain_deadline = 0.0

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT, then drain; a second signal ends the draining at once.

        Raises ``CannotListenError`` when an address is taken.
        """
        self.connections: dict[Any, dict[str, Any]] = {}
        self._begin_logging()
        self._build_factories()
        asyncio.set_event_loop(twisted_loop)
        for number in (signal.SIGTERM, signal.SIGINT):
            twisted_loop.add_signal_handler(number, self._on_signal)
        reactor.addSystemEventTrigger("before", "shutdown", self.kill_all_applications)
        self._listen()
        reactor.callLater(1, self.application_checker)
        reactor.callLater(2, self.timeout_checker)
        reactor.run(installSignalHandlers=False)

    def listen_success(self, port: IListeningPort) -> None:
        """Remember ``port`` and tell that clients may come."""
        super().listen_success(port)
        self._ports.append(port)
        if self._on_listening is not None:
            self._on_listening(getattr(port.getHost(), "port", 0))

    def listen_error(self, failure: Failure) -> None:
        """Remember why; ``run`` reports it."""
        self._listen_failure = failure

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Start the application for one request or WebSocket; its inbox, or None when the client left."""
        if protocol not in self.connections:
            return None
        scope.setdefault("asgi", {"version": "3.0"})
        inbox = protocol.open_inbox()
        if isinstance(inbox, WebSocketInbox):
            scope.setdefault("extensions", {})[TAKE_BINARY] = inbox.take_binary
        running = self.application(scope, inbox.get, partial(self.handle_reply, protocol))
        self.connections[protocol]["application_instance"] = asyncio.ensure_future(running)
        return inbox

    async def handle_reply(self, protocol: Any, message: Message) -> None:
        """Send ``message`` and return when the client has room for the next one."""
        if self.draining and message["type"] == "http.response.start":
            protocol.close_after_response()
        await super().handle_reply(protocol, message)
        await protocol.gate.passed()

    def kill_all_applications(self) -> Deferred[None]:
        """Drain before the reactor ends; stock daphne cancels at once and trips over finished upgrades."""
        return Deferred.fromFuture(asyncio.ensure_future(self._drain()))

    async def _drain(self) -> None:
        self.draining = True
        loop = asyncio.get_running_loop()
        self._drain_deadline = loop.time() + self.limits.drain_seconds
        for port in self._ports:
            port.stopListening()
        for channel in list(self.http_factory.channels):
            channel.close_soon()
        while self._is_busy() and loop.time() < self._drain_deadline:
            for websocket in self._open_websockets():
                websocket.close_for_restart()
            await asyncio.sleep(_DRAIN_STEP_SECONDS)
        await self._cancel_applications()

    async def _cancel_applications(self) -> None:
        tasks = list(self._running_applications())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=self.limits.cancel_seconds)

    def _is_busy(self) -> bool:
        answering = any(not channel.refused for channel in self.http_factory.channels)
        return answering or any(self._open_websockets()) or any(self._running_applications())

    def _open_websockets(self) -> Iterator[BoundedWebSocket]:
        for protocol, details in list(self.connections.items()):
            if isinstance(protocol, BoundedWebSocket) and "disconnected" not in details:
                yield protocol

    def _running_applications(self) -> Iterator[asyncio.Future[None]]:
        for details in list(self.connections.values()):
            task = details.get("application_instance")
            if task is not None and not task.done():
                yield task

    def _on_signal(self) -> None:
        if self.draining:
            self._drain_deadline = 0.0
        else:
            reactor.stop()

    def _listen(self) -> None:
        for endpoint in self.endpoints:
            listening = serverFromString(reactor, endpoint).listen(self.http_factory)
            listening.addCallbacks(self.listen_success, self.listen_error)
        if self._listen_failure is not None:
            reason = self._listen_failure.getErrorMessage()
            raise CannotListenError(f"{CannotListenError.message} ({reason})") from self._listen_failure.value

    def _build_factories(self) -> None:
        self.http_factory = BoundedHTTPFactory(self)
        self.ws_factory = BoundedWebSocketFactory(self, server=self.server_name)
        self.ws_factory.setProtocolOptions(
            autoPingTimeout=self.ping_timeout,
            allowNullOrigin=True,
            openHandshakeTimeout=self.websocket_handshake_timeout,
            closeHandshakeTimeout=self.limits.linger_seconds,
            maxMessagePayloadSize=self.limits.websocket_message_bytes,
            maxFramePayloadSize=self.limits.websocket_message_bytes,
        )

    def _begin_logging(self) -> None:
        important = LogLevelFilterPredicate(defaultLogLevel=LogLevel.warn)
        observer = FilteringLogObserver(STDLibLogObserver("voxweb.server"), [important])
        globalLogBeginner.beginLoggingTo([observer], redirectStandardIO=False, discardBuffer=True)
