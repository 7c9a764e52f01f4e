"""Live takes under fire: kills, cuts, stalls, reloads and restarts at random; nothing said may be lost.

``python -m tests.benchmarks.live_chaos [faults] [seed]``: takes are recorded side by side, each by a process
with a journal on disk, through a proxy that breaks connections. Afterwards every take must be ready without
anybody's help, with an archive that holds exactly what was captured and with all its marks.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.stack import Stack

from .chaos_take import BrowserTake, ChaosTake, Place
from .fault_proxy import FaultProxy
from .live_rig import age_seconds, quiet_stack, session_key, token_of
from .process_memory import child_named

BROWSERS_AT_ONCE = 1
PROGRAMS_AT_ONCE = 3
SENTENCES = (3, 8)
PAUSE_SECONDS = (0.4, 2.0)
STALL_SECONDS = (1.0, 9.0)
READY_SECONDS = 1_800.0
SETTLED_SECONDS = 6.0
RECENT = 6
"""Faults of recorders are drawn among so many of the newest takes."""
CHILDREN = {"web": "voxweb.server", "worker": "manage.py worker", "engine": "transcripts.engine"}
KINDS = {
    "kill web": 2,
    "restart web": 2,
    "kill worker": 2,
    "kill engine": 2,
    "kill recorder": 5,
    "reload": 4,
    "cut": 6,
    "cut all": 2,
    "stall": 5,
}
"""Kinds of faults and how often each is drawn."""


@dataclass
class Storm:
    """Draws faults until there were enough, and keeps takes running meanwhile."""

    stack: Stack
    folder: Path
    proxy: FaultProxy
    place: Place
    faults: int
    dice: random.Random
    takes: list[ChaosTake] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    async def run(self) -> None:
        kinds = [BrowserTake] * BROWSERS_AT_ONCE + [ChaosTake] * PROGRAMS_AT_ONCE
        seats = [asyncio.ensure_future(self._record(kind)) for kind in kinds]
        await asyncio.sleep(3.0)
        while self.done.total() < self.faults:
            await asyncio.sleep(self.dice.uniform(*PAUSE_SECONDS))
            kind = self.dice.choices(list(KINDS), list(KINDS.values()))[0]
            if self._strike(kind):
                self.done[kind] += 1
        await asyncio.gather(*seats)

    async def _record(self, kind: type[ChaosTake]) -> None:
        while self.done.total() < self.faults:
            number = len(self.takes)
            take = kind(number, self.folder / str(number), self.place)
            self.takes.append(take)
            await asyncio.to_thread(take.speak, self.dice.randint(*SENTENCES))
            await take.run()

    def _strike(self, kind: str) -> bool:
        """Whether there was something to strike."""
        what, _, whom = kind.partition(" ")
        match what, whom:
            case (("kill" | "restart"), ("web" | "worker" | "engine")):
                return self._end(CHILDREN[whom], signal.SIGKILL if what == "kill" else signal.SIGTERM)
            case "kill", "recorder":
                return self.dice.choice(self.takes[-RECENT:]).kill()
            case "reload", _:
                return self.dice.choice(self.takes[-RECENT:]).reload()
            case "cut", _:
                return self.proxy.cut(99 if whom else 1) > 0
            case _:
                return self.proxy.stall(self.dice.uniform(*STALL_SECONDS)) > 0

    def _end(self, child: str, number: int) -> bool:
        """A process that has just come back is left alone: it waits longer each time, and so would we."""
        pid = child_named(self.stack.process.pid, child)
        if pid is None or age_seconds(pid) < SETTLED_SECONDS:
            return False
        os.kill(pid, number)
        return True


async def storm(stack: Stack, folder: Path, faults: int, seed: int) -> Storm:
    random.seed(seed)
    proxy = FaultProxy(int(stack.url.rsplit(":", 1)[1]))
    await proxy.start()
    place = Place(f"http://127.0.0.1:{proxy.port}", token_of(stack), session_key(stack))
    result = Storm(stack, folder, proxy, place, faults, random.Random(seed))
    await result.run()
    await proxy.stop()
    return result


def state_of(stack: Stack, code: str) -> str:
    try:
        return str(stack.client.get(f"transcripts/{code}").json()["state"])
    except (httpx.HTTPError, KeyError):
        return "unknown"


def wait_for_all(stack: Stack, takes: list[ChaosTake]) -> None:
    """Nobody helps: what is not ready in the end is a manual step."""
    give_up = time.monotonic() + READY_SECONDS
    for take in [take for take in takes if take.code]:
        while (state := state_of(stack, take.code)) not in {"ready", "failed"} and time.monotonic() < give_up:
            time.sleep(1.0)
        if state != "ready":
            take.faults.append(f"it is {state}")


def report(takes: list[ChaosTake], seconds: float, lost_bytes: int, lost_takes: int) -> None:
    browsers = [take for take in takes if isinstance(take, BrowserTake)]
    lives, browser_lives = (sum(take.lives for take in some) for some in (takes, browsers))
    broken = [take for take in takes if take.faults]
    print(
        f"{len(takes)} takes ({len(browsers)} in Chromium), {seconds / 60:.1f} min of sound, "
        f"{lives} recorders ({browser_lives} Chromium)"
    )
    print(f"acked bytes lost {lost_bytes}, takes lost {lost_takes}, takes with anything wrong {len(broken)}")
    for take in broken:
        print(f"  {take.title} ({take.code or 'never greeted'}): {'; '.join(take.faults)}")


def main(arguments: list[str]) -> int:
    faults = int(arguments[0]) if arguments else 200
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        quiet_stack(VOXWEB_LEASE_SECONDS="10", VOXWEB_REAP_SECONDS="1") as stack,
    ):
        result = asyncio.run(storm(stack, Path(folder), faults, seed))
        stormed = time.monotonic() - started
        print(f"{result.done.total()} faults in {stormed:.0f} s: {dict(result.done)}", flush=True)
        wait_for_all(stack, result.takes)
        lost_bytes, lost_takes, seconds = 0, 0, 0.0
        for take in result.takes:
            seconds += take.seconds
            try:
                lost_bytes += take.check(stack, result.proxy.sent)
            except (httpx.HTTPError, KeyError) as error:
                lost_takes += 1
                take.faults.append(f"it is lost: {type(error).__name__}")
    report(result.takes, seconds, lost_bytes, lost_takes)
    broken = any(take.faults for take in result.takes)
    return 1 if broken or lost_bytes else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
