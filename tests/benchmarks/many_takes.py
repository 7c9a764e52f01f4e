"""Many takes at once in real time on one core: how late frames reach the service, and whether all do.

``python -m tests.benchmarks.many_takes [takes] [seconds]``: the web process has the first core for itself,
the recorders and the service share the others. Targets: p95 of 50 ms, nothing dropped.
"""

from __future__ import annotations

import os
import sys
import time

from .live_rig import cpu_seconds, live_stack, load, pin, raw_service, socket_url, token_of, web_of
from .process_memory import MIB, memory_bytes

WARM_SECONDS = 6.0


def spread(web: int, others: list[int]) -> None:
    """One core for the web process, everybody else on the rest."""
    cores = sorted(os.sched_getaffinity(0))
    pin(web, {cores[0]})
    for pid in others:
        pin(pid, set(cores[1:]) or {cores[0]})


def main(arguments: list[str]) -> int:
    takes = int(arguments[0]) if arguments else 200
    seconds = float(arguments[1]) if len(arguments) > 1 else 60.0
    with raw_service() as service, live_stack(service) as stack:
        web = web_of(stack)
        before = memory_bytes(web)
        with load(socket_url(stack), takes, WARM_SECONDS + seconds, token=token_of(stack)) as running:
            spread(web, [service.pid, running.process.pid])
            time.sleep(WARM_SECONDS)
            service.stats()
            used, started = cpu_seconds(web), time.monotonic()
            time.sleep(seconds - 1.0)
            core = (cpu_seconds(web) - used) / (time.monotonic() - started)
            stats = service.stats()
            memory = memory_bytes(web) - before
            counts = running.finish()
        seen = service.stats()["frames"]
    dropped = counts["sent_frames"] - seen
    print(
        f"{takes} takes for {seconds:.0f} s on one core ({core:.0%} of it used): one way "
        f"p50 {stats['p50']:.1f} ms, p95 {stats['p95']:.1f}, p99 {stats['p99']:.1f}, max {stats['max']:.0f} "
        f"(target p95 50)"
    )
    print(
        f"{counts['sent_frames']} frames sent, {dropped} not seen by the service; {memory / MIB:.0f} MiB "
        f"({memory / takes / 1024:.0f} KiB per take); {counts}"
    )
    is_whole = dropped == 0 and not (counts["gaps"] or counts["errors"] or counts["closed"])
    return 0 if is_whole and stats["p95"] <= 50 else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
