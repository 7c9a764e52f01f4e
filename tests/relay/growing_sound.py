"""The sound of a take as a relay sees it, for tests: it grows when the test says so."""

from __future__ import annotations

import asyncio

from transcripts.relay.relay import Relay

PIECE_BYTES = 3_200


class GrowingSound:
    """``recent`` knows the last ``memory_bytes`` only; what is older must be read, as from a file."""

    def __init__(self, memory_bytes: int = 32_000) -> None:
        self.data = bytearray()
        self.memory_bytes = memory_bytes
        self.reads = 0

    @property
    def received(self) -> int:
        return len(self.data)

    def recent(self, offset: int, most_bytes: int) -> bytes | None:
        if offset < len(self.data) - self.memory_bytes:
            return None
        return bytes(self.data[offset : offset + most_bytes])

    async def read(self, offset: int, most_bytes: int) -> bytes:
        self.reads += 1
        await asyncio.sleep(0)
        return bytes(self.data[offset : offset + most_bytes])

    async def grow(self, relay: Relay, pcm: bytes, pace_seconds: float = 0.002) -> None:
        """Let ``pcm`` arrive in frames of 100 ms."""
        for start in range(0, len(pcm), PIECE_BYTES):
            self.data += pcm[start : start + PIECE_BYTES]
            relay.wake()
            await asyncio.sleep(pace_seconds)
