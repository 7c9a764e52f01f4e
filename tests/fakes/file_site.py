"""A web site with files on a real socket: ranges, redirects, and every way to break off in between.

Requests are kept, so that a test can see what was really asked; leaving the ``with`` block fails when nothing
was asked although ``is_asked``.
"""

from __future__ import annotations

import hashlib
import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

WAIT_SECONDS = 10.0


@dataclass(frozen=True)
class Asked:
    path: str
    headers: Mapping[str, str]


class Caller(BaseHTTPRequestHandler):
    """One request; pages answer with the methods below."""

    server_version, sys_version = "FileSite", ""
    timeout = WAIT_SECONDS
    site: FileSite

    def do_GET(self) -> None:
        self.site.asked.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}))
        page = self.site.pages.get(self.path.partition("?")[0], missing)
        with suppress(OSError):
            page(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Silence: tests read ``asked``."""

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def reset(self) -> None:
        """End with a TCP reset instead of an orderly close."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def wait_for_hang_up(self) -> None:
        with suppress(OSError):
            self.connection.recv(1)
        self.site.hung_up.set()


Page = Callable[[Caller], None]


@dataclass
class FileSite:
    """Use as a context manager; ``pages`` by path. ``tls`` makes it speak https."""

    pages: dict[str, Page]
    tls: ssl.SSLContext | None = None
    is_asked: bool = True
    asked: list[Asked] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        handler = type("Caller", (Caller,), {"site": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        if self.tls:
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        if error is None:
            assert bool(self.asked) == self.is_asked, f"asked for: {[request.path for request in self.asked]}"

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"


def missing(caller: Caller) -> None:
    caller.head(404, {"Content-Length": "0"})


def status(code: int, **headers: str) -> Page:
    """An empty answer; header names are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda caller: caller.head(code, {"Content-Length": "0", **named})


def redirect(to: str, code: int = 302) -> Page:
    return status(code, Location=to)


def hang(caller: Caller) -> None:
    """Say nothing until the caller gives up."""
    caller.wait_for_hang_up()


def body(content: bytes, headers: Mapping[str, str] | None = None, code: int = 200) -> Page:
    """Exactly these bytes under exactly these headers, then an orderly close."""

    def page(caller: Caller) -> None:
        caller.head(code, headers if headers is not None else {"Content-Length": str(len(content))})
        caller.wfile.write(content)

    return page


def in_turn(*pages: Page) -> Page:
    """The first page for the first request, and so on; the last one stays."""
    left = list(pages)

    def page(caller: Caller) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(caller)

    return page


def file(
    content: bytes, media_type: str = "audio/wav", *, breaks_after: int | None = None, tag: str | None = ""
) -> Page:
    """A file as good servers give it, with ``Range`` and ``If-Range``.

    ``breaks_after`` bytes the connection is reset; ``tag`` replaces the entity tag, ``None`` leaves it out.
    """
    entity_tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"' if tag == "" else tag

    def page(caller: Caller) -> None:
        found = re.fullmatch(r"bytes=(\d+)-", caller.headers.get("Range", ""))
        start = int(found[1]) if found and caller.headers.get("If-Range") == entity_tag else 0
        facts = {"Content-Type": media_type, "Content-Length": str(len(content) - start)}
        if entity_tag:
            facts["ETag"] = entity_tag
        if start:
            facts["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        caller.head(206 if start else 200, facts)
        caller.wfile.write(content[start:] if breaks_after is None else content[start:][:breaks_after])
        if breaks_after is not None:
            caller.wfile.flush()
            caller.reset()

    return page
