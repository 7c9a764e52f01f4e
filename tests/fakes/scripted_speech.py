"""A speech service on a real socket that does what a script says, faults included.

One connection serves one request and plays one step of the script. Requests are kept byte for byte, so that a
test can see what was really sent; leaving the ``with`` block fails when a step was not played or a request
came that the script does not know.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from tests.fakes.seen_request import SeenRequest, headers_of

WAIT_SECONDS = 10.0


class Connection:
    """What a step can do with the caller."""

    def __init__(self, caller: socket.socket) -> None:
        self._socket = caller

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def reset(self) -> None:
        """End with a TCP reset instead of an orderly close."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def has_hung_up(self) -> bool:
        """Wait until the caller closes the connection; false when it did not within `WAIT_SECONDS`."""
        self._socket.settimeout(WAIT_SECONDS)
        try:
            return self._socket.recv(1) == b""
        except TimeoutError:
            return False
        except OSError:
            return True


Step = Callable[[Connection], None]


@dataclass
class ScriptedSpeech:
    """Use as a context manager; ``url`` is the base URL, ``requests`` what arrived so far.

    ``reads_body=False`` answers as soon as the head is there.
    """

    steps: list[Step]
    reads_body: bool = True
    requests: list[SeenRequest] = field(default_factory=list)
    unexpected: list[SeenRequest] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._left = list(self.steps)
        self._lock = threading.Lock()
        self._workers: list[threading.Thread] = []
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._acceptor.join(WAIT_SECONDS)
        for worker in self._workers:
            worker.join(WAIT_SECONDS)
        if error is None:
            assert not self.unexpected, f"the script has no step for {self.unexpected}"
            assert not self._left, f"{len(self._left)} steps of the script were not played"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _accept(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            worker = threading.Thread(target=self._serve, args=(caller,), daemon=True)
            self._workers.append(worker)
            worker.start()

    def _serve(self, caller: socket.socket) -> None:
        with caller:
            caller.settimeout(WAIT_SECONDS)
            try:
                step = self._note(_read_request(caller, self.reads_body))
                step(Connection(caller))
            except OSError:
                return

    def _note(self, request: SeenRequest) -> Step:
        with self._lock:
            self.requests.append(request)
            if self._left:
                return self._left.pop(0)
            self.unexpected.append(request)
            return answer(500, {"message": "the script is over"})


def answer(status: int, body: object, headers: Mapping[str, str] | None = None) -> Step:
    """A complete answer; ``body`` is sent as it is when bytes, else as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    fields = {"Content-Type": "application/json", "Content-Length": str(len(content)), **(headers or {})}

    def step(connection: Connection) -> None:
        connection.send(_head(status, fields) + content)

    return step


def event_stream(
    *frames: bytes, headers: Mapping[str, str] | None = None, then: Step | None = None, chunked: bool = True
) -> Step:
    """Frames as they are, each in its own TCP write, then an orderly end or the step ``then``."""
    encoding = {"Transfer-Encoding": "chunked"} if chunked else {"Connection": "close"}
    fields = {"Content-Type": "text/event-stream; charset=utf-8", **encoding, **(headers or {})}

    def step(connection: Connection) -> None:
        connection.send(_head(200, fields))
        for frame in frames:
            connection.send(_chunk(frame) if chunked else frame)
        if then is not None:
            then(connection)
        elif chunked:
            connection.send(b"0\r\n\r\n")

    return step


def frame(kind: str, **data: Any) -> bytes:
    """One event in the layout of the hosted service."""
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **data})}\n\n".encode()


def reset(connection: Connection) -> None:
    """Break the connection off without an answer."""
    connection.reset()


def hang(connection: Connection) -> None:
    """Say nothing until the caller gives up."""
    connection.has_hung_up()


def raw(data: bytes) -> Step:
    """Exactly these bytes instead of an answer, then close."""
    return lambda connection: connection.send(data)


def _head(status: int, fields: Mapping[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Scripted\r\n{lines}\r\n".encode()


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def _read_request(caller: socket.socket, reads_body: bool) -> SeenRequest:
    received = b""
    while b"\r\n\r\n" not in received:
        received += _received(caller)
    head, body = received.split(b"\r\n\r\n", 1)
    pieces = [body, *_rest(caller, _announced(head) - len(body))] if reads_body else [body]
    return SeenRequest(head, b"".join(pieces))


def _announced(head: bytes) -> int:
    return int(headers_of(head.split(b"\r\n", 1)[1]).get("content-length", "0"))


def _rest(caller: socket.socket, missing: int) -> Iterable[bytes]:
    while missing > 0:
        piece = _received(caller)
        missing -= len(piece)
        yield piece


def _received(caller: socket.socket) -> bytes:
    piece = caller.recv(65536)
    if not piece:
        raise ConnectionAbortedError
    return piece
