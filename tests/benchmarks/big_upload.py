"""Two gigabytes go up through tus while a page is open: memory of the web process, and how others fare.

``python -m tests.benchmarks.big_upload [bytes]``
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

from tests.stack import Stack, running_stack

from .process_memory import MIB, PeakMemory, child_named

SIZE_BYTES = 2 * 1024 * MIB


def write_noise(path: Path, size_bytes: int) -> None:
    """A WAV header over incompressible data: what is in it does not matter to the upload."""
    block = os.urandom(MIB)
    with path.open("wb") as out:
        for _ in range(size_bytes // MIB):
            out.write(block)


def watch_others(stack: Stack, over: threading.Event, waits_ms: list[float]) -> None:
    """Ask for the library and its data, as an open page does, twenty times a second."""
    with httpx.Client(base_url=str(stack.client.base_url), headers=stack.client.headers, timeout=60) as other:
        while not over.wait(0.05):
            started = time.perf_counter()
            other.get("transcripts").raise_for_status()
            waits_ms.append((time.perf_counter() - started) * 1000)


def main(arguments: list[str]) -> int:
    size_bytes = int(arguments[0]) if arguments else SIZE_BYTES
    with tempfile.TemporaryDirectory() as folder, running_stack() as stack:
        path = Path(folder) / "long film.wav"
        write_noise(path, size_bytes)
        web = child_named(stack.process.pid, "voxweb.server")
        over, waits_ms = threading.Event(), list[float]()
        watcher = threading.Thread(target=watch_others, args=(stack, over, waits_ms))
        with PeakMemory(web=web) as memory:
            watcher.start()
            started = time.perf_counter()
            stack.tus(path)
            seconds = time.perf_counter() - started
            over.set()
            watcher.join()
    ordered = sorted(waits_ms)
    p99 = ordered[int(len(ordered) * 0.99)]
    size = f"{size_bytes / MIB:.0f} MiB in {seconds:.1f} s ({size_bytes / MIB / seconds:.0f} MiB/s)"
    print(f"{size}; peak memory: {memory}")
    waits = f"p50 {statistics.median(waits_ms):.0f} ms, p99 {p99:.0f}, max {max(waits_ms):.0f}"
    print(f"{len(waits_ms)} other requests: {waits}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
