"""A realtime transcription service on a real socket that does what a script says, faults included.

One connection plays one step of the script. What arrived is kept, so that a test can see what was really
sent; leaving the ``with`` block fails when a step was not played, when a connection came that the script does
not know, or when a step failed. The service runs on a thread of its own: use ``with`` in plain tests and
``async with`` in async ones; other processes reach it at ``url``. Steps are in ``realtime_caller``, a
believable service is in ``realtime_echo``.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from tests.fakes.realtime_caller import PATH, WAIT_SECONDS, Action, Caller, SeenSession

MODEL = "voxtral-mini-transcribe-realtime-3-0"
MODEL_CARD = {
    "id": MODEL,
    "object": "model",
    "aliases": ["voxtral-mini-transcribe-realtime-3", "voxtral-mini-transcribe-realtime-latest"],
    "type": "base",
    "capabilities": {"audio_transcription_realtime": True},
}

# So small that a service which reads no more is noticed after seconds of sound, not minutes.
_RECEIVE_BUFFER_BYTES = 16 * 1024


@dataclass(frozen=True)
class Refusal:
    """A handshake that is answered with plain HTTP; ``body`` is sent as it is when bytes, else as JSON."""

    status: int
    body: object = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        content = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        given = {"Content-Type": "application/json", "Content-Length": str(len(content)), **self.headers}
        return Response(self.status, "Scripted", Headers(given), content)


@dataclass(frozen=True)
class SilentHandshake:
    """A handshake that is never answered."""


Step = Action | Refusal | SilentHandshake


@dataclass
class ScriptedRealtime:
    """``url`` is the base URL, ``sessions`` the connections so far, refused ones included.

    ``otherwise`` is played for every connection after the script is over; without it those are an error.
    ``GET /v1/models`` answers with ``models`` and plays no step.
    """

    steps: Sequence[Step] = ()
    otherwise: Step | None = None
    models: Sequence[Mapping[str, Any]] = (MODEL_CARD,)
    sessions: list[SeenSession] = field(default_factory=list)
    unexpected: list[SeenSession] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._left = list(self.steps)
        self._connections: list[ServerConnection] = []
        self._agreed: dict[ServerConnection, tuple[Action, SeenSession]] = {}
        self._ready, self._port = threading.Event(), 0
        self._thread = threading.Thread(target=asyncio.run, args=(self._run(),), daemon=True)
        self._thread.start()
        assert self._ready.wait(WAIT_SECONDS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(WAIT_SECONDS)
        if error is None:
            assert not self.faults, f"a step failed: {self.faults!r}"
            assert not self.unexpected, f"the script has no step for {self.unexpected}"
            assert not self._left, f"{len(self._left)} steps of the script were not played"

    async def __aenter__(self) -> Self:
        return await asyncio.to_thread(self.__enter__)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.__exit__, kind, error, trace)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def _run(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        listener = _listener()
        self._port = listener.getsockname()[1]
        async with serve(
            self._play,
            sock=listener,
            process_request=self._greet,
            compression=None,
            max_size=None,
            max_queue=4,
            ping_interval=None,
            close_timeout=1,
        ) as server:
            self._ready.set()
            await self._over.wait()
            for connection in self._connections:
                connection.transport.abort()
            for task in server.handler_tasks:
                task.cancel()

    async def _greet(self, connection: ServerConnection, request: Request) -> Response | None:
        self._connections.append(connection)
        path = request.path.partition("?")[0]
        if path == "/v1/models":
            return Refusal(200, {"object": "list", "data": list(self.models)}).response()
        if path != PATH:
            return Refusal(404, {"detail": "Not Found"}).response()
        seen = SeenSession(request.path, {name.lower(): value for name, value in request.headers.raw_items()})
        step = self._next(seen)
        if isinstance(step, Refusal):
            return step.response()
        if isinstance(step, SilentHandshake):
            await connection.wait_closed()
            return Refusal(500).response()
        self._agreed[connection] = step, seen
        return None

    def _next(self, seen: SeenSession) -> Step:
        self.sessions.append(seen)
        if self._left:
            return self._left.pop(0)
        if self.otherwise is None:
            self.unexpected.append(seen)
            return Refusal(500, {"message": "the script is over"})
        return self.otherwise

    async def _play(self, connection: ServerConnection) -> None:
        step, seen = self._agreed.pop(connection)
        caller = Caller(connection, seen)
        try:
            await step(caller)
            await caller.close()
        except ConnectionClosed:
            return
        except Exception as fault:
            self.faults.append(fault)
        finally:
            self.faults += caller.faults


def _listener() -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER_BYTES)
    listener.bind(("127.0.0.1", 0))
    return listener
