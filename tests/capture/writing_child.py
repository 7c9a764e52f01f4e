"""A process that records into a file until it is killed, and says what it has written.

``python -m tests.capture.writing_child <file> <seed>``: the sound is ``random.Random(seed).randbytes``.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from transcripts.capture.errors import CaptureError
from transcripts.capture.flusher import Flusher
from transcripts.capture.take_file import TakeFile

SOUND_BYTES = 4_000_000


def sound(seed: int) -> bytes:
    return random.Random(seed).randbytes(SOUND_BYTES)


def tell(files: Sequence[TakeFile]) -> None:
    for file in files:
        sys.stdout.write(f"{file.received} {file.written} {file.durable}\n")
    sys.stdout.flush()


def fail(file: TakeFile, error: CaptureError) -> None:
    raise SystemExit(error.code)


async def record(path: Path, pcm: bytes) -> None:
    flusher = Flusher(tell, fail, flush_seconds=0.005, sync_seconds=0.02)
    file = TakeFile(path)
    flusher.adopt(file)
    with contextlib.closing(file):
        running = asyncio.ensure_future(flusher.run())
        while not running.done():
            file.accept(file.received, pcm[file.received : file.received + 3200])
            await asyncio.sleep(0.001)


if __name__ == "__main__":
    asyncio.run(record(Path(sys.argv[1]), sound(int(sys.argv[2]))))
