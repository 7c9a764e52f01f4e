"""An eight-hour take as fast as the server writes it: memory, length, archive, and how long the end takes.

``python -m tests.benchmarks.long_take [hours]``
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from dataclasses import dataclass, field

import httpx

from tests.live_client import LiveClient
from tests.live_sound import BYTES_PER_MS, LongSound, murmur
from tests.stack import Stack

from .live_rig import (
    cpu_seconds,
    live_stack,
    raw_service,
    session_key,
    socket_url,
    token_of,
    web_of,
)
from .original_sound import archive_of
from .process_memory import MIB, PeakMemory, child_named, memory_bytes

HOURS = 8.0
STRETCH_SECONDS = 60.0


@dataclass
class MemoryLine:
    """Memory of a process over time, a sample per second."""

    pid: int
    samples: list[int] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.over.wait(1.0):
            self.samples.append(memory_bytes(self.pid))

    def __str__(self) -> str:
        kept = [size / MIB for size in self.samples if size]
        if not kept:
            return "not sampled"
        fifths = [kept[len(kept) * part // 5] for part in range(5)] + [kept[-1]]
        return f"{' '.join(f'{size:.0f}' for size in fifths)} MiB at each fifth, peak {max(kept):.0f}"


async def record(stack: Stack, sound: LongSound) -> LiveClient:
    client = LiveClient(
        socket_url(stack),
        token_of(stack),
        sound,
        title="Long day",
        pace=None,
        frame_bytes=64_000,
        window_bytes=8 * MIB,
    )
    await client.run()
    return client


def finalise_seconds(stack: Stack, code: str) -> tuple[float, float]:
    """Seconds until the archive is there, and until the transcript is ready."""
    started, archived = time.monotonic(), 0.0
    while time.monotonic() - started < 3600:
        item = stack.client.get(f"transcripts/{code}").json()
        if not archived and item["recording"]["original_bytes"]:
            archived = time.monotonic() - started
        if item["state"] in {"ready", "failed"}:
            print(f"state {item['state']}, {item['duration_ms']} ms, {len(item['segments'])} segments")
            return archived, time.monotonic() - started
        time.sleep(0.5)
    raise TimeoutError(code)


def opening_ms(stack: Stack, code: str) -> list[tuple[str, float]]:
    """How long the page and the REST answers take, the second time."""
    cookies = {"sessionid": session_key(stack)}
    found = []
    with httpx.Client(base_url=stack.url, cookies=cookies, timeout=60) as browser:
        for address in (
            f"/t/{code}",
            f"/api/v1/transcripts/{code}?words=1",
            f"/api/v1/transcripts/{code}/peaks",
        ):
            browser.get(address).raise_for_status()
            started = time.perf_counter()
            browser.get(address).raise_for_status()
            found.append((address.replace(code, "…"), (time.perf_counter() - started) * 1000))
    return found


def main(arguments: list[str]) -> int:
    hours = float(arguments[0]) if arguments else HOURS
    total_bytes = round(hours * 3_600_000) * BYTES_PER_MS
    with raw_service() as service, live_stack(service) as stack:
        web, worker = web_of(stack), child_named(stack.process.pid, "manage.py worker")
        line = MemoryLine(web)
        thread = threading.Thread(target=line.run, daemon=True)
        thread.start()
        used, started = cpu_seconds(web), time.monotonic()
        client = asyncio.run(record(stack, LongSound(murmur(STRETCH_SECONDS), total_bytes)))
        seconds, used = time.monotonic() - started, cpu_seconds(web) - used
        line.over.set()
        print(
            f"{hours:g} h recorded in {seconds:.0f} s ({hours * 3600 / seconds:.0f} times real time, "
            f"{used / hours:.1f} s CPU of web per hour), {client.connections} connections; web {line}",
            flush=True,
        )
        with PeakMemory(worker=worker) as memory:
            archived, ready = finalise_seconds(stack, client.journal.recording)
        sha256, size = archive_of(stack, client.journal.recording)
        is_same = sha256 == client.journal.sha256 and size == client.journal.captured == total_bytes
        print(f"archived after {archived:.0f} s, ready after {ready:.0f} s; peak memory: {memory}")
        print(f"the archive holds {size} of {total_bytes} bytes, {'the same' if is_same else 'NOT THE SAME'}")
        for address, waited_ms in opening_ms(stack, client.journal.recording):
            print(f"GET {address}: {waited_ms:.0f} ms")
    return 0 if is_same and not client.journal.broken_promises else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
