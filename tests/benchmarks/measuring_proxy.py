"""A proxy in front of a speech service: every byte goes through as it is, and it is noted when.

``python -m tests.benchmarks.measuring_proxy <port of the service> <file for notes>`` listens on a free port
and prints it. ``proxy_notes`` reads the notes; times are those of ``time.monotonic``, which all processes of
a machine share.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import time
from asyncio import StreamReader, StreamWriter
from binascii import a2b_base64
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TextIO

from websockets.speedups import apply_mask

TEXT, FINAL, MASKED = 1, 0x80, 0x80
APPEND = b'{"type":"input_audio.append","audio":"'
TOLD = {"transcription.text.delta", "transcription.segment"}
READ_BYTES = 256 * 1024
Note = Callable[[dict[str, Any]], None]


class Wire:
    """The text messages in one direction of a connection that is, or is not, a WebSocket."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._is_socket: bool | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Messages that end in ``data``."""
        if self._is_socket is False:
            return
        self._buffer += data
        if self._is_socket is None:
            self._read_head()
        if self._is_socket:
            yield from self._messages()

    def _read_head(self) -> None:
        end = self._buffer.find(b"\r\n\r\n")
        if end >= 0:
            self._is_socket = b"\r\nupgrade: websocket" in self._buffer[:end].lower()
            del self._buffer[: end + 4]

    def _messages(self) -> Iterator[bytes]:
        buffer = self._buffer
        while len(buffer) >= 2:
            size, at = buffer[1] & 127, 2
            if size >= 126:
                width = 2 if size == 126 else 8
                size, at = int.from_bytes(buffer[2 : 2 + width], "big"), 2 + width
            body = at + (4 if buffer[1] & MASKED else 0)
            if len(buffer) < body + size:
                return
            payload, mask, kind = bytes(buffer[body : body + size]), bytes(buffer[at:body]), buffer[0]
            del buffer[: body + size]
            if kind == FINAL | TEXT:
                yield apply_mask(payload, mask) if mask else payload


class Session:
    """What is noted of one connection."""

    def __init__(self, number: int, note: Note) -> None:
        self._number = number
        self._note = note
        self._up, self._down = Wire(), Wire()
        self._bytes = 0
        self._hash = hashlib.sha256()

    def goes_up(self, data: bytes, at: float) -> None:
        for message in self._up.feed(data):
            if message.startswith(APPEND):
                pcm = a2b_base64(message[len(APPEND) : -2])
                self._bytes += len(pcm)
                self._hash.update(pcm)
                self._note({"session": self._number, "at": at, "bytes": self._bytes})

    def goes_down(self, data: bytes, at: float) -> None:
        for message in self._down.feed(data):
            event = json.loads(message)
            if event["type"] in TOLD:
                told = {"type": event["type"], "text": event["text"]}
                self._note({"session": self._number, "at": at, "event": told})

    def ends(self) -> None:
        if self._bytes:
            self._note({"session": self._number, "at": time.monotonic(), "sha256": self._hash.hexdigest()})


async def pump(reader: StreamReader, writer: StreamWriter, saw: Callable[[bytes, float], None]) -> None:
    """Pass on first, look into it afterwards."""
    try:
        while data := await reader.read(READ_BYTES):
            at = time.monotonic()
            writer.write(data)
            saw(data, at)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
    except OSError:
        writer.close()


async def pass_on(
    reader: StreamReader, writer: StreamWriter, *, port: int, numbers: Iterator[int], note: Note
) -> None:
    session = Session(next(numbers), note)
    try:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        writer.close()
        return
    try:
        await asyncio.gather(
            pump(reader, far_writer, session.goes_up), pump(far_reader, writer, session.goes_down)
        )
    finally:
        session.ends()
        far_writer.close()
        writer.close()


def write_note(file: TextIO, note: dict[str, Any]) -> None:
    file.write(json.dumps(note) + "\n")
    file.flush()


async def main(port: int, notes: Path) -> None:
    with notes.open("w") as file:
        handle = partial(pass_on, port=port, numbers=count(), note=partial(write_note, file))
        async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
            print(server.sockets[0].getsockname()[1], flush=True)
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
