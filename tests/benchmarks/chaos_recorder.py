"""A recorder as a process that can be killed: whatever it was doing, the next one with its folder goes on.

``python -m tests.benchmarks.chaos_recorder <socket address> <folder> <sound file> <title> <model>``, the
token in ``VOXWEB_CHAOS_TOKEN``. Ends with 0 when the server has all of it; SIGTERM is a reloaded page.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from pathlib import Path

from tests.live_client import LiveClient
from tests.live_journal import Journal
from tests.live_sound import GivenSound, Sound

MARK_SECONDS = (2.0, 8.0)


async def restless(client: LiveClient) -> None:
    """Mark now and then, and pause once in a while."""
    while not client.journal.is_stopped:
        client.mark("important" if random.random() < 0.5 else "")
        if random.random() < 0.2:
            client.pause()
            await asyncio.sleep(random.uniform(0.2, 2.0))
            client.resume()
        await asyncio.sleep(random.uniform(*MARK_SECONDS))


async def record(url: str, folder: Path, sound: Sound, title: str, model: str) -> None:
    client = LiveClient(
        url,
        os.environ["VOXWEB_CHAOS_TOKEN"],
        sound,
        journal=Journal(folder),
        title=title,
        options={"live_model": model},
    )
    recording = asyncio.ensure_future(client.run())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, recording.cancel)
    marking = asyncio.ensure_future(restless(client))
    try:
        await recording
    finally:
        marking.cancel()


if __name__ == "__main__":
    pcm = Path(sys.argv[3]).read_bytes()
    try:
        asyncio.run(record(sys.argv[1], Path(sys.argv[2]), GivenSound(pcm), sys.argv[4], sys.argv[5]))
    except asyncio.CancelledError:
        raise SystemExit(-signal.SIGTERM) from None
