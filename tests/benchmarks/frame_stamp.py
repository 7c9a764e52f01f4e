"""The first bytes of a measured frame: a magic number, the frame's number and when it was sent."""

from __future__ import annotations

import struct
import time

FRAME_BYTES = 3_200


class _Stamp(struct.Struct):
    """Little-endian; the time is the system's monotonic clock in microseconds, its low 32 bits."""

    magic = 0x5AA5

    def now(self, number: int) -> bytes:
        return self.pack(self.magic, number & 0xFFFF, time.monotonic_ns() // 1000 & 0xFFFFFFFF)


STAMP = _Stamp("<HHI")
