"""A TCP proxy that cuts connections with a reset and holds bytes back, as bad networks do."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
from collections.abc import Callable
from contextlib import suppress

from .sent_sound import SentSound, Tap

RESET = struct.pack("ii", 1, 0)
PIECE_BYTES = 64 * 1024


class Pipe:
    """One connection through the proxy."""

    def __init__(self, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self._ends = (near, far)
        self._flowing = asyncio.Event()
        self._flowing.set()

    async def pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, heard: Callable[[bytes], None]
    ) -> None:
        while data := await reader.read(PIECE_BYTES):
            await self._flowing.wait()
            heard(data)
            writer.write(data)
            await writer.drain()

    async def hold(self, seconds: float) -> None:
        """Nothing passes for so long; then all that waited does."""
        self._flowing.clear()
        await asyncio.sleep(seconds)
        self._flowing.set()

    def reset(self) -> None:
        for end in self._ends:
            raw: socket.socket | None = end.get_extra_info("socket")
            if raw is not None:
                with suppress(OSError):
                    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            end.transport.abort()


class FaultProxy:
    """Listens on ``port`` and passes everything on to ``target``, until told otherwise.

    ``sent`` knows what went through ``/ws/live``.
    """

    def __init__(self, target: int) -> None:
        self.target = target
        self.sent = SentSound()
        self._pipes: set[Pipe] = set()
        self._holding: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self._server.close()
        self.cut(len(self._pipes))
        await asyncio.sleep(0)

    def cut(self, most: int) -> int:
        """Reset so many connections, drawn at random; returns how many there were."""
        chosen = random.sample(sorted(self._pipes, key=id), min(most, len(self._pipes)))
        for pipe in chosen:
            pipe.reset()
        return len(chosen)

    def stall(self, seconds: float) -> int:
        """Hold one connection, drawn at random; returns how many there were."""
        for pipe in random.sample(sorted(self._pipes, key=id), min(1, len(self._pipes))):
            holding = asyncio.ensure_future(pipe.hold(seconds))
            self._holding.add(holding)
            holding.add_done_callback(self._holding.discard)
        return min(1, len(self._pipes))

    async def _pass(self, near_reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        try:
            far_reader, far = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            near.transport.abort()
            return
        pipe = Pipe(near, far)
        self._pipes.add(pipe)
        tap = Tap(self.sent)
        tasks = {
            asyncio.ensure_future(pipe.pump(near_reader, far, tap.up)),
            asyncio.ensure_future(pipe.pump(far_reader, near, tap.down)),
        }
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        self._pipes.discard(pipe)
        for writer in (near, far):
            with suppress(OSError):
                await asyncio.wait_for(writer.drain(), 1.0)
            writer.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
