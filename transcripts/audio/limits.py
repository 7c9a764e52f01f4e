"""How much time, memory and disk the reading of one file may take."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from dataclasses import dataclass

PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class IngestLimits:
    """Bounds of one ingest.

    ``max_audio_seconds`` counts decoded audio (whatever the file claims). ``cpu_seconds`` and
    ``wall_seconds`` allow for the slowest case, a new AAC copy of a full-length recording at about 100 times
    real time. ``memory_bytes`` bounds the address space: the child needs 0.3 GB of it before it opens a file.
    ``file_bytes`` bounds each single written file, None leaves that to the disk.
    """

    max_audio_seconds: float = 24 * 3600.0
    cpu_seconds: int = 3600
    wall_seconds: float = 2 * 3600.0
    memory_bytes: int = 2 * 1024**3
    file_bytes: int | None = None


def enforce(limits: IngestLimits) -> None:
    """Bind the calling process to ``limits`` for the rest of its life, and leave no core dump."""
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_AS, limits.memory_bytes)
    _set(resource.RLIMIT_CPU, limits.cpu_seconds, grace=5)
    if limits.file_bytes is not None:
        _set(resource.RLIMIT_FSIZE, limits.file_bytes)


def _set(kind: int, value: int, grace: int = 0) -> None:
    _, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY:
        resource.setrlimit(kind, (value, value + grace))
    else:
        resource.setrlimit(kind, (min(value, hard), min(value + grace, hard)))


def die_with_parent(parent_pid: int) -> None:
    """Have the kernel kill this process when its parent ends, however that happens (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    exit_if_orphaned(parent_pid)


def exit_if_orphaned(parent_pid: int) -> None:
    """End at once when the parent has gone: the only check elsewhere, and on Linux the race before prctl."""
    if os.getppid() != parent_pid:
        os._exit(1)
