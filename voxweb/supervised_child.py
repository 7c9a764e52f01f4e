"""One child process in a process group of its own, that can be started again and again."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from voxweb.orphan_guard import signal_group

_PR_SET_PDEATHSIG = 1
_COMMAND_NOT_FOUND = 127
_STDERR = 2  # stdout is the supervisor's own: what waits for its one line must not see others
_SETTLED_SECONDS = 1.0
_STEADY_SECONDS = 30.0
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class ChildSpec:
    """What to run: ``argv`` with ``environment`` added to ours.

    ``grace_seconds`` lie between SIGTERM and SIGKILL. ``probe`` tells whether the child does its work
    already and must answer within a second or so; without one, a child that has run for a second does.
    """

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    grace_seconds: float = 10.0
    probe: Callable[[], bool] | None = None


class SupervisedChild:
    """A child and the delay before its next start; ``first_delay_seconds`` doubles with each early end."""

    def __init__(self, spec: ChildSpec, first_delay_seconds: float, last_delay_seconds: float) -> None:
        self.spec = spec
        self.ends = 0
        self._first_delay_seconds = first_delay_seconds
        self._last_delay_seconds = last_delay_seconds
        self.delay_seconds = first_delay_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at = 0.0

    @property
    def group(self) -> int | None:
        """The process group, which has the child's process id; None while it does not run."""
        return None if self._process is None else self._process.pid

    def is_due(self) -> bool:
        """Whether the child does not run and its delay is over."""
        return self._process is None and time.monotonic() >= self._start_again_at

    def start(self) -> int | None:
        """Start the process; the exit code 127 when the command cannot be run at all, else None."""
        parent = os.getpid()
        self._started_at = time.monotonic()
        try:
            self._process = subprocess.Popen(
                self.spec.argv,
                env={**os.environ, **self.spec.environment},
                stdin=subprocess.DEVNULL,
                stdout=_STDERR,
                # safe without threads, and the supervisor has none
                preexec_fn=lambda: _end_with(parent),  # noqa: PLW1509
            )
        except OSError:
            self._schedule()
            return _COMMAND_NOT_FOUND
        return None

    def reap(self) -> int | None:
        """The exit code when the process has just ended, else None. What it left in its group is killed.

        The group is signalled while the dead leader still holds its number, so that no stranger is hit.
        """
        process = self._process
        if process is None or not _has_ended(process):
            return None
        signal_group(process.pid, signal.SIGKILL)
        self._process = None
        self._schedule()
        return process.wait()

    def terminate(self) -> None:
        """Ask the child, and only it, to end: it stops its own children in its own order."""
        if self._process is not None:
            self._process.terminate()

    def kill(self) -> None:
        """End the child and everything it started."""
        if self._process is not None:
            signal_group(self._process.pid, signal.SIGKILL)

    def has_probe_answered(self) -> bool:
        """Whether the child runs and its probe says yes."""
        if self._process is None:
            return False
        if self.spec.probe is None:
            return time.monotonic() - self._started_at >= _SETTLED_SECONDS
        return self.spec.probe()

    def _schedule(self) -> None:
        now = time.monotonic()
        self.ends += 1
        steady = now - self._started_at >= _STEADY_SECONDS
        doubled = min(self.delay_seconds * 2, self._last_delay_seconds)
        self.delay_seconds = self._first_delay_seconds if steady or self.ends == 1 else doubled
        self._start_again_at = now + self.delay_seconds


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether the process has ended; where the system can look without touching, it is not collected yet."""
    if hasattr(os, "waitid"):
        return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    return process.poll() is not None


def _end_with(parent: int) -> None:
    """In the new process: keep Ctrl-C from it, and have it end with its parent (the latter on Linux)."""
    os.setpgrp()
    if hasattr(_libc, "prctl"):
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)
