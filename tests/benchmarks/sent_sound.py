"""What recorders really sent, read from their connections as it passes: the truth about a browser's takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import numpy as np
from websockets.speedups import apply_mask

from transcripts.capture.frames import HEADER


class SentTake:
    """A browser that is killed forgets its last moments, and what follows takes their place.

    So each byte has a first and a last version, which mostly are the same. ``stop_bytes`` is the length that
    the last stop named.
    """

    def __init__(self) -> None:
        self.first = bytearray()
        self.last = bytearray()
        self.stop_bytes = 0

    def add(self, offset: int, pcm: bytes) -> None:
        missing = offset + len(pcm) - len(self.first)
        if missing > 0:
            self.first += bytes(missing - len(pcm)) if missing > len(pcm) else b""
            self.first += pcm[-missing:] if missing < len(pcm) else pcm
            self.last += bytes(len(self.first) - len(self.last))
        self.last[offset : offset + len(pcm)] = pcm

    def is_in(self, pcm: bytes) -> bool:
        """Whether ``pcm`` is what was sent, all of it."""
        if len(pcm) != len(self.first):
            return False
        kept, first, last = (np.frombuffer(one, np.uint8) for one in (pcm, self.first, self.last))
        return bool(np.all((kept == first) | (kept == last)))


class SentSound:
    """Takes by recording code."""

    def __init__(self) -> None:
        self.takes: dict[str, SentTake] = {}

    def take(self, code: str) -> SentTake:
        return self.takes.setdefault(code, SentTake())


class Tap:
    """Listens to one connection through the proxy; anything but ``/ws/live`` passes unread."""

    def __init__(self, sent: SentSound) -> None:
        self._sent = sent
        self._up: Frames | None = Frames()
        self._down: Frames | None = Frames()
        self._code = ""

    def up(self, data: bytes) -> None:
        if self._up is None:
            return
        for opcode, payload in self._up.feed(data):
            if opcode == 0:
                self._read_request(payload)
            elif opcode == 2:
                offset = HEADER.unpack_from(payload)[4]
                self._sent.take(self._code).add(offset, payload[HEADER.size :])
            elif opcode == 1 and b'"stop"' in payload:
                message = json.loads(payload)
                if message.get("type") == "stop" and self._code:
                    self._sent.take(self._code).stop_bytes = message["bytes"]

    def down(self, data: bytes) -> None:
        if self._down is None:
            return
        for opcode, payload in self._down.feed(data):
            if opcode == 1 and b'"hello"' in payload:
                message = json.loads(payload)
                if message.get("type") == "hello":
                    self._code = message["recording"]

    def _read_request(self, head: bytes) -> None:
        if not head.startswith(b"GET /ws/live"):
            self._up = self._down = None
        elif found := re.search(rb"[?&]recording=([a-z0-9]+)", head.split(b"\r\n", 1)[0]):
            self._code = found[1].decode()


class Frames:
    """The HTTP head as opcode 0, then WebSocket messages, masked or not; fragments are put together."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._has_head = False
        self._fragments = bytearray()
        self._opcode = 0

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        self._buffer += data
        if not self._has_head:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            self._has_head = True
            head = bytes(self._buffer[:end])
            del self._buffer[: end + 4]
            yield 0, head
        while (frame := self._next()) is not None:
            is_last, opcode, payload = frame
            if opcode >= 8:
                continue
            self._opcode = opcode or self._opcode
            self._fragments += payload
            if is_last:
                whole = bytes(self._fragments)
                self._fragments.clear()
                yield self._opcode, whole

    def _next(self) -> tuple[bool, int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, at, masked = buffer[1] & 127, 2, bool(buffer[1] & 128)
        extra = {126: 2, 127: 8}.get(size, 0)
        if len(buffer) < at + extra + 4 * masked:
            return None
        if extra:
            size, at = int.from_bytes(buffer[at : at + extra], "big"), at + extra
        end = at + 4 * masked + size
        if len(buffer) < end:
            return None
        payload = bytes(buffer[end - size : end])
        if masked:
            payload = apply_mask(payload, bytes(buffer[at : at + 4]))
        found = bool(buffer[0] & 128), buffer[0] & 15, payload
        del buffer[:end]
        return found
