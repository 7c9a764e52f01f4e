"""CPU of a recording with acks and captions beside a bare proxy, its memory, and what stalled services cost.

``python -m tests.benchmarks.relay_cost [takes] [rounds] [seconds]``: both relays carry the same load to the
same service, in turn. Targets: ratio 1.8, 220 KB per session, 10 MB with five stalled services for a minute.
"""

from __future__ import annotations

import statistics
import sys
import time

from .live_rig import (
    Cost,
    Service,
    cost_of,
    live_stack,
    load,
    module_running,
    raw_service,
    socket_url,
    token_of,
    web_of,
)
from .process_memory import MIB, memory_bytes

WARM_UP_TAKES = 5
STALLED_TAKES = 5
STALLED_SPEED = 20.0
STALLED_SECONDS = 60.0


def describe(name: str, cost: Cost) -> None:
    stats, counts = cost.stats, cost.counts
    troubles = {key: counts[key] for key in ("gaps", "errors", "closed", "notices") if counts[key]}
    print(
        f"{name:7} {cost.cpu_ms:5.2f} CPU-ms per audio-second, {cost.memory_kib:4.0f} KiB per session; "
        f"one way p50 {stats.get('p50', 0):.2f} ms, p95 {stats.get('p95', 0):.2f} ms"
        + (f"; {troubles}" if troubles else ""),
        flush=True,
    )


def warm_up(url: str, token: str = "") -> None:
    """What a process loads once belongs to no session."""
    with load(url, WARM_UP_TAKES, 4.0, token=token) as running:
        running.finish()


def measure_cost(service: Service, takes: int, rounds: int, seconds: float) -> bool:
    bare_costs, our_costs = list[Cost](), list[Cost]()
    address = f"ws://127.0.0.1:{service.port}/v1/audio/transcriptions/realtime"
    with live_stack(service) as stack, module_running("bare_proxy", address) as (port, bare):
        web, url = web_of(stack), f"ws://127.0.0.1:{port}/"
        warm_up(url)
        warm_up(socket_url(stack), token_of(stack))
        for _ in range(rounds):
            bare_costs.append(cost_of(bare, service, url, takes=takes, seconds=seconds))
            describe("bare", bare_costs[-1])
            ours = cost_of(
                web, service, socket_url(stack), takes=takes, token=token_of(stack), seconds=seconds
            )
            our_costs.append(ours)
            describe("voxweb", ours)
    ratio = statistics.median(one.cpu_ms for one in our_costs) / statistics.median(
        one.cpu_ms for one in bare_costs
    )
    pairs = ", ".join(
        f"{ours.cpu_ms / bare.cpu_ms:.2f}" for ours, bare in zip(our_costs, bare_costs, strict=True)
    )
    memory = our_costs[0].memory_kib
    print(f"{takes} takes, {rounds} rounds: ratio {ratio:.2f} of medians (pairs {pairs}; target 1.8)")
    print(f"memory per session, first round: {memory:.0f} KiB (target 220 KB)", flush=True)
    return ratio <= 1.8 and memory * 1.024 <= 220


def measure_stall() -> bool:
    """Five takes at twenty times real time while the service reads nothing."""
    with raw_service() as service, live_stack(service) as stack:
        web = web_of(stack)
        with load(
            socket_url(stack), STALLED_TAKES, STALLED_SECONDS + 6, token=token_of(stack), speed=STALLED_SPEED
        ) as running:
            time.sleep(5)
            before = peak = memory_bytes(web)
            service.stall()
            end = time.monotonic() + STALLED_SECONDS
            while time.monotonic() < end:
                time.sleep(0.25)
                peak = max(peak, memory_bytes(web))
            counts = running.finish()
    grown = (peak - before) / MIB
    sent = counts["sent_frames"] * 3_200 / MIB
    print(
        f"{STALLED_TAKES} stalled services for {STALLED_SECONDS:.0f} s, {sent:.0f} MiB of sound: "
        f"the web process grew by {grown:.1f} MiB at its peak (target 10 MB); {counts}"
    )
    return grown * 1.0486 <= 10


def main(arguments: list[str]) -> int:
    takes = int(arguments[0]) if arguments else 100
    rounds = int(arguments[1]) if len(arguments) > 1 else 3
    seconds = float(arguments[2]) if len(arguments) > 2 else 20.0
    with raw_service() as service:
        is_cheap = measure_cost(service, takes, rounds, seconds)
    return 0 if measure_stall() and is_cheap else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
