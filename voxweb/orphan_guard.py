"""Stops a supervisor's children when the supervisor itself was killed and could not.

Runs as a small process of its own, in a session of its own, from the standard library alone. Each line on
its standard input lists the process groups that are alive; the end of the input means that the supervisor has
gone. The groups then get SIGTERM, and SIGKILL after the seconds given as the argument. An empty last line
leaves nothing to stop.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable

_STEP_SECONDS = 0.05


def main() -> None:
    """Wait for the end of the input, then stop the groups of its last line."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        groups = {int(word) for word in line.split()}
    stop_groups(groups, grace_seconds=float(sys.argv[1]))


def stop_groups(groups: Iterable[int], grace_seconds: float) -> None:
    """SIGTERM to each process group, SIGKILL to what is left of them after ``grace_seconds``."""
    alive = {group for group in groups if signal_group(group, signal.SIGTERM)}
    until = time.monotonic() + grace_seconds
    while alive and time.monotonic() < until:
        time.sleep(_STEP_SECONDS)
        alive = {group for group in alive if signal_group(group, 0)}
    for group in alive:
        signal_group(group, signal.SIGKILL)


def signal_group(group: int, number: int) -> bool:
    """Send signal ``number`` to a process group; whether the group had a member."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main()
