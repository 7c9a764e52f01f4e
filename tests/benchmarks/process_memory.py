"""Memory of running processes, sampled from /proc."""

from __future__ import annotations

import threading
from pathlib import Path

MIB = 1024 * 1024


def memory_bytes(pid: int) -> int:
    """Resident memory of a process, 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS")), 0)


def parent_of(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, ValueError, IndexError):
        return None


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def child_named(parent: int, command: str) -> int | None:
    """The direct child of ``parent`` whose command line contains ``command``."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and parent_of(int(entry.name)) == parent:
            pid = int(entry.name)
            if command in command_of(pid):
                return pid
    return None


class PeakMemory:
    """The largest memory of some processes while the block runs; ``peak`` by name, in bytes."""

    def __init__(self, **pids: int | None) -> None:
        self.pids = pids
        self.peak = dict.fromkeys(pids, 0)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            for name, pid in self.pids.items():
                if pid is not None:
                    self.peak[name] = max(self.peak[name], memory_bytes(pid))

    def __str__(self) -> str:
        return ", ".join(f"{name} {peak / MIB:.0f} MiB" for name, peak in self.peak.items())
