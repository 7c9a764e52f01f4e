"""A speech service that costs next to nothing: a word each 400 ms, and notes about when it saw what.

``python -m tests.benchmarks.raw_upstream`` listens on a free port and prints it. It speaks the realtime wire;
a file gets a transcript of one sentence. ``GET /stats`` tells what arrived since the last time it was asked,
``POST /stall`` makes all sessions stop reading. Frames carry the stamp of ``frame_stamp``.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
import sys
import time
from binascii import a2b_base64

from websockets.speedups import apply_mask

from .frame_stamp import FRAME_BYTES, STAMP

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
APPEND = b'{"type":"input_audio.append","audio":"'
DELTA_SECONDS = 0.4
LINE = "the harbour was quiet when the first boats came in that morning and nobody said a word."
WORDS = LINE.split()
SETTINGS = {"audio_format": {"encoding": "pcm_s16le", "sample_rate": 16_000}}
SENTENCE = {"text": LINE, "start": 0.0, "end": 5.0, "type": "transcription_segment"}
TRANSCRIPT = {"model": "raw", "text": LINE, "language": "en", "segments": [SENTENCE]}
USAGE = {"prompt_audio_seconds": 1, "prompt_tokens": 1, "total_tokens": 2, "completion_tokens": 1}


class Figures:
    """What all sessions saw. Frames count once per sight; a stamp that is none was cut in two."""

    def __init__(self) -> None:
        self.frames = self.unknown = self.sessions = 0
        self.is_stalled = False
        self.lines: set[Line] = set()
        self.late_us: list[int] = []

    def saw(self, pcm: bytes, position: int) -> None:
        now_us = time.monotonic_ns() // 1000 & 0xFFFFFFFF
        for start in range(-position % FRAME_BYTES, len(pcm) - STAMP.size + 1, FRAME_BYTES):
            magic, _number, sent_us = STAMP.unpack_from(pcm, start)
            if magic == STAMP.magic:
                self.frames += 1
                self.late_us.append((now_us - sent_us) & 0xFFFFFFFF)
            else:
                self.unknown += 1

    def told(self) -> bytes:
        late, self.late_us = sorted(self.late_us), []
        at = {f"p{share}": late[int(len(late) * share / 100)] / 1000 for share in (50, 95, 99) if late}
        facts = {"frames": self.frames, "unknown": self.unknown, "open": len(self.lines)}
        timed = {"timed": len(late), "max": late[-1] / 1000 if late else 0.0}
        return json.dumps({**facts, **timed, **at, "sessions": self.sessions}).encode()


class Line(asyncio.Protocol):
    """One connection: a question, or a session."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._buffer = bytearray()
        self._is_session = False
        self._position = self._said = 0
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _error: Exception | None) -> None:
        self._figures.lines.discard(self)
        if self._timer is not None:
            self._timer.cancel()

    def stall(self) -> None:
        if self._is_session and not self._transport.is_closing():
            self._transport.pause_reading()
            if self._timer is not None:
                self._timer.cancel()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._is_session:
            self._read_frames()
        else:
            self._read_request()

    # -- questions ---------------------------------------------------------------------------------

    def _read_request(self) -> None:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._buffer[:end])
        found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        size = end + 4 + (int(found[1]) if found else 0)
        if len(self._buffer) < size:
            return
        del self._buffer[:size]
        self._answer(head)

    def _answer(self, head: bytes) -> None:
        target = head.split(b" ", 2)[1]
        key = re.search(rb"(?i)\r\nsec-websocket-key: *(\S+)", head)
        if key:
            self._upgrade(key[1])
        elif target.startswith(b"/stats"):
            self._reply(200, b"application/json", self._figures.told())
        elif target.startswith(b"/stall"):
            self._figures.is_stalled = True
            for line in self._figures.lines:
                line.stall()
            self._reply(200, b"application/json", b"{}")
        elif target.endswith(b"/audio/transcriptions"):
            done = json.dumps({"type": "transcription.done", **TRANSCRIPT, "usage": USAGE}).encode()
            self._reply(200, b"text/event-stream", b"event: transcription.done\ndata: " + done + b"\n\n")
        else:
            self._reply(404, b"application/json", b'{"message":"there is only one thing here"}')

    def _reply(self, status: int, kind: bytes, body: bytes) -> None:
        head = b"HTTP/1.1 %d OK\r\nContent-Type: %b\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
        self._transport.write(head % (status, kind, len(body)) + body)
        self._transport.close()

    # -- sessions ----------------------------------------------------------------------------------

    def _upgrade(self, key: bytes) -> None:
        accept = base64.b64encode(hashlib.sha1(key + GUID).digest())
        self._transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        self._is_session = True
        self._figures.lines.add(self)
        self._figures.sessions += 1
        self._say({"type": "session.created", "session": {"request_id": "raw", "model": "raw", **SETTINGS}})
        self._timer = asyncio.get_running_loop().call_later(DELTA_SECONDS, self._say_word)
        if self._figures.is_stalled:
            self.stall()
        elif self._buffer:
            self._read_frames()

    def _say_word(self) -> None:
        word = WORDS[self._said % len(WORDS)]
        self._said += 1
        self._send(1, b'{"type":"transcription.text.delta","text":" %b"}' % word.encode())
        self._timer = asyncio.get_running_loop().call_later(DELTA_SECONDS, self._say_word)

    def _say(self, message: dict[str, object]) -> None:
        self._send(1, json.dumps(message).encode())

    def _send(self, opcode: int, payload: bytes) -> None:
        size = len(payload)
        head = bytes([0x80 | opcode, size]) if size < 126 else bytes([0x80 | opcode, 126, *divmod(size, 256)])
        self._transport.write(head + payload)

    def _read_frames(self) -> None:
        """Messages as our client sends them: masked, whole, below 64 KiB."""
        buffer, start = self._buffer, 0
        while len(buffer) - start >= 6:
            size, at = buffer[start + 1] & 127, start + 2
            if size == 126:
                size, at = buffer[at] << 8 | buffer[at + 1], at + 2
            if len(buffer) < at + 4 + size:
                break
            mask, payload = bytes(buffer[at : at + 4]), bytes(buffer[at + 4 : at + 4 + size])
            self._hear(buffer[start] & 15, apply_mask(payload, mask))
            start = at + 4 + size
        del buffer[:start]

    def _hear(self, opcode: int, message: bytes) -> None:
        if message.startswith(APPEND):
            pcm = a2b_base64(message[len(APPEND) : -2])
            self._figures.saw(pcm, self._position)
            self._position += len(pcm)
        elif opcode == 8:
            self._send(8, message)
            self._transport.close()
        elif opcode == 9:
            self._send(10, message)
        elif b'"session.update"' in message:
            self._say({"type": "session.updated", "session": SETTINGS})
        elif b'"input_audio.end"' in message:
            self._say({"type": "transcription.done", "text": "", "model": "raw", "usage": USAGE})


async def main() -> None:
    figures = Figures()
    server = await asyncio.get_running_loop().create_server(lambda: Line(figures), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
