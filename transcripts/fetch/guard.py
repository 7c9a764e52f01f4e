"""Ends a download from outside while it waits for a silent network."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from .errors import FetchCancelledError, UrlTimeoutError, UrlUnendingError

LOOK_UP_SECONDS = 0.1


class Guard:
    """A thread that closes the connection when ``should_stop`` says so or a time is over.

    ``should_stop`` is asked on that thread, at least every 0.1 s. Use as a context manager around all
    attempts of one download; ``trace`` goes into the extensions of every request.
    """

    def __init__(self, should_stop: Callable[[], bool], whole_seconds: float) -> None:
        self._should_stop = should_stop
        self._whole_until = time.monotonic() + whole_seconds
        self._answer_until: float | None = None
        self._socket: socket.socket | None = None
        self._over = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="fetch-guard", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(timeout=5)

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """The hook of the HTTP library: remembers the newest socket (TLS replaces the first one)."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = info["return_value"].get_extra_info("socket")

    def expect_answer(self, within_seconds: float | None) -> None:
        """From now on the connection lives so long only; ``None`` takes that back."""
        self._answer_until = None if within_seconds is None else time.monotonic() + within_seconds

    def pause(self, seconds: float) -> None:
        """Wait, but not past a stop."""
        self._stopped.wait(min(seconds, max(0.0, self._whole_until - time.monotonic())))

    def check(self) -> None:
        """Raises FetchCancelledError, UrlUnendingError or UrlTimeoutError once the end has come."""
        if self._stopped.is_set() or self._should_stop():
            raise FetchCancelledError
        now = time.monotonic()
        if now > self._whole_until:
            raise UrlUnendingError
        if self._answer_until is not None and now > self._answer_until:
            raise UrlTimeoutError

    def _watch(self) -> None:
        """Goes on cutting, because a connection may come up just after the first cut."""
        while not self._over.wait(LOOK_UP_SECONDS):
            if self._should_stop():
                self._stopped.set()
            if self._is_time():
                self._cut()

    def _is_time(self) -> bool:
        until = min(self._whole_until, self._answer_until or self._whole_until)
        return self._stopped.is_set() or time.monotonic() > until

    def _cut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                # The plain socket's method: that of a TLS socket drops its state under the reader's feet.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
