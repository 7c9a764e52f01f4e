"""Many recorders at once, as cheap as possible: no journal, no resend; whatever goes wrong is counted.

``python -m tests.benchmarks.live_load`` with the options below says ``streaming`` when all takes run, and
prints what happened as JSON at the end. ``--token`` makes them takes of voxweb; without it frames are just
sent.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import random
import uuid
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from tests.live_sound import murmur
from transcripts.capture.frames import HEADER, PCM_KIND

from .frame_stamp import FRAME_BYTES, STAMP

FRAME_SECONDS = 0.1
MASK = b"\x37\xfa\x21\x3d"
FRESH_BYTES = HEADER.size + STAMP.size
FRESH_MASK = int.from_bytes(MASK * (FRESH_BYTES // 4), "big")
TEMPLATES = 32


@dataclass
class Counts:
    sent_frames: int = 0
    acks: int = 0
    captions: int = 0
    finals: int = 0
    gaps: int = 0
    notices: int = 0
    errors: int = 0
    closed: int = 0
    written: int = 0


def masked(payload: bytes) -> bytes:
    mask = (MASK * (len(payload) // 4 + 1))[: len(payload)]
    number = int.from_bytes(payload, "big") ^ int.from_bytes(mask, "big")
    return number.to_bytes(len(payload), "big")


def templates() -> list[bytes]:
    """Masked rests of frames, so that sending one costs next to nothing."""
    sound = murmur(TEMPLATES * FRAME_SECONDS)
    frames = (sound[start : start + FRAME_BYTES] for start in range(0, len(sound), FRAME_BYTES))
    return [masked(bytes(FRESH_BYTES) + frame[STAMP.size :])[FRESH_BYTES:] for frame in frames]


class Recorder(asyncio.Protocol):
    """One connection. ``greeted`` is done when sound may be sent."""

    def __init__(self, head: bytes, start: bytes | None, rests: list[bytes], counts: Counts) -> None:
        self._head = head
        self._start = start
        self._rests = rests
        self._counts = counts
        self._buffer = bytearray()
        self._loop = asyncio.get_running_loop()
        self._is_open = False
        self._sent = 0
        self.is_over = False
        self._opening = b"\x82\xfe" + (HEADER.size + FRAME_BYTES).to_bytes(2, "big") + MASK
        self.greeted: asyncio.Future[None] = self._loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._head)

    def connection_lost(self, _error: Exception | None) -> None:
        self._counts.closed += 1
        if not self.greeted.done():
            self.greeted.set_exception(ConnectionError(bytes(self._buffer[:300])))
        self._is_open = False

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._is_open:
            self._shake_hands()
        while self._is_open and (message := self._next_message()) is not None:
            self._obey(*message)

    def send_next(self) -> None:
        """Send a frame and the following ones each in its time."""
        if self.is_over or not self._is_open or self._transport.is_closing():
            return
        header = HEADER.pack(PCM_KIND, 2, 1, self._sent, self._sent * FRAME_BYTES)
        fresh = int.from_bytes(header + STAMP.now(self._sent), "big") ^ FRESH_MASK
        rest = self._rests[self._sent % len(self._rests)]
        self._transport.write(self._opening + fresh.to_bytes(FRESH_BYTES, "big") + rest)
        self._sent += 1
        self._counts.sent_frames += 1
        self.due_at += self.every_seconds
        self._loop.call_at(self.due_at, self.send_next)

    def begin(self, every_seconds: float) -> None:
        self.every_seconds = every_seconds
        self.due_at = self._loop.time() + random.random() * every_seconds
        self._loop.call_at(self.due_at, self.send_next)

    def end(self) -> None:
        self._counts.closed -= self._is_open
        self._is_open = False
        self._transport.close()

    def _shake_hands(self) -> None:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        if b" 101 " not in self._buffer[:20]:
            self._transport.abort()
            return
        del self._buffer[: end + 4]
        self._is_open = True
        if self._start is None:
            self.greeted.set_result(None)
        else:
            size = len(self._start)
            length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
            self._transport.write(b"\x81" + length + MASK + masked(self._start))

    def _next_message(self) -> tuple[int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 4:
            return None
        size, at = buffer[1] & 127, 2
        if size == 126:
            size, at = buffer[2] << 8 | buffer[3], 4
        if len(buffer) < at + size:
            return None
        message = buffer[0] & 15, bytes(buffer[at : at + size])
        del buffer[: at + size]
        return message

    def _obey(self, opcode: int, message: bytes) -> None:
        counts = self._counts
        if opcode == 9:
            self._transport.write(b"\x8a" + bytes([0x80 | len(message)]) + MASK + masked(message))
        elif message.startswith(b'{"type":"ack"'):
            counts.acks += 1
            counts.written = max(counts.written, json.loads(message)["written"])
        elif b'"type":"caption"' in message or b"text.delta" in message:
            counts.captions += 1
        elif b'"type":"final"' in message:
            counts.finals += 1
        elif b'"type":"hello"' in message:
            self.greeted.set_result(None)
        elif b'"type":"gap"' in message:
            counts.gaps += 1
        elif b'"type":"notice"' in message:
            counts.notices += 1
        elif b'"type":"error"' in message or opcode == 8:
            counts.errors += 1


def handshake(url: str, token: str) -> bytes:
    where = urlsplit(url)
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {where.path or '/'} HTTP/1.1",
        f"Host: {where.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        *([f"Authorization: Bearer {token}"] if token else []),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def start_message(number: int) -> bytes:
    wishes = {"id": str(uuid.uuid4()), "title": f"Load {number}", "source": "program", "options": {}}
    return json.dumps({"type": "start", **wishes}).encode()


async def run(options: argparse.Namespace) -> Counts:
    counts, rests = Counts(), templates()
    where = urlsplit(options.url)
    loop = asyncio.get_running_loop()
    recorders: list[Recorder] = []
    for number in range(options.takes):
        head = handshake(options.url, options.token)
        start = start_message(number) if options.token else None
        recorder = Recorder(head, start, rests, counts)
        await loop.create_connection(lambda one=recorder: one, where.hostname, where.port)  # type: ignore[misc]
        async with asyncio.timeout(30):
            await recorder.greeted
        recorders.append(recorder)
    for recorder in recorders:
        recorder.begin(FRAME_SECONDS / options.speed)
    print("streaming", flush=True)
    await asyncio.sleep(options.seconds)
    for recorder in recorders:
        recorder.is_over = True
    await asyncio.sleep(2.0)
    for recorder in recorders:
        recorder.end()
    await asyncio.sleep(0.2)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--token", default="")
    parser.add_argument("--takes", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--speed", type=float, default=1.0)
    print(json.dumps(asdict(asyncio.run(run(parser.parse_args())))), flush=True)


if __name__ == "__main__":
    main()
