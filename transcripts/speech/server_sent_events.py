"""Server-sent events from bytes, whatever the chunk boundaries (HTML Living Standard, section 9.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

# The transcript of 24 hours with a time for every word is about 15 MiB.
LARGEST_EVENT_BYTES = 32 * 1024 * 1024

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r\n|\r|\n")


class EventTooLarge(Exception):
    """One event is larger than the caller allows."""


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """``name`` is the ``event:`` field (empty when absent), ``data`` the data lines joined by line feeds.

    ``is_terminated`` is false for a last event without its blank line: it may be cut off.
    """

    name: str
    data: str
    is_terminated: bool = True


def read_events(
    chunks: Iterable[bytes], largest_event_bytes: int = LARGEST_EVENT_BYTES
) -> Iterator[ServerSentEvent]:
    """Events of a byte stream; the last one may lack its blank line. Raises `EventTooLarge`."""
    pending = _PendingEvent(largest_event_bytes)
    for line in _lines(chunks, largest_event_bytes):
        event = pending.add(line)
        if event is not None:
            yield event
    last = pending.add(b"")
    if last is not None:
        yield replace(last, is_terminated=False)


class _PendingEvent:
    def __init__(self, largest_event_bytes: int) -> None:
        self._limit = largest_event_bytes
        self._clear()

    def _clear(self) -> None:
        self._name = ""
        self._data: list[bytes] = []
        self._bytes = 0

    def add(self, line: bytes) -> ServerSentEvent | None:
        """Take one line; a blank one completes the event, when there is data."""
        if not line:
            return self._complete()
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"event":
            self._name = value.decode("utf-8", errors="replace")
        elif field == b"data":
            self._add_data(value)
        return None

    def _add_data(self, value: bytes) -> None:
        self._bytes += len(value) + 1
        if self._bytes > self._limit:
            raise EventTooLarge
        self._data.append(value)

    def _complete(self) -> ServerSentEvent | None:
        data = b"\n".join(self._data).decode("utf-8", errors="replace") if self._data else None
        name = self._name
        self._clear()
        return None if data is None else ServerSentEvent(name, data)


def _lines(chunks: Iterable[bytes], longest_line_bytes: int) -> Iterator[bytes]:
    """Lines without their ends."""
    parts: list[bytes] = []
    held_bytes = 0
    for chunk in _without_split_line_ends(chunks):
        *complete, rest = _LINE_END.split(chunk)
        for line in complete:
            yield b"".join((*parts, line))
            parts, held_bytes = [], 0
        parts.append(rest)
        held_bytes += len(rest)
        if held_bytes > longest_line_bytes:
            raise EventTooLarge
    if held_bytes:
        yield b"".join(parts)


def _without_split_line_ends(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """A CR at the end of a chunk ends its line; the LF that may follow in the next chunk belongs to it."""
    ended_with_cr = False
    for chunk in _without_byte_order_mark(chunks):
        body = chunk.removeprefix(b"\n") if ended_with_cr else chunk
        ended_with_cr = chunk.endswith(b"\r")
        yield body


def _without_byte_order_mark(chunks: Iterable[bytes]) -> Iterator[bytes]:
    start = b""
    undecided = True
    for chunk in chunks:
        if not chunk:
            continue
        if not undecided:
            yield chunk
            continue
        start += chunk
        if len(start) >= len(_BYTE_ORDER_MARK) or not _BYTE_ORDER_MARK.startswith(start):
            undecided = False
            yield start.removeprefix(_BYTE_ORDER_MARK)
    if undecided and start:
        yield start
