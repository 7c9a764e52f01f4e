"""Keeps a few child processes running: starts, watches, restarts and stops them, and leaves no orphan."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from voxweb import orphan_guard
from voxweb.stop_signals import StopSignals
from voxweb.supervised_child import ChildSpec, SupervisedChild

__all__ = ["ChildSpec", "Supervisor"]

_logger = logging.getLogger(__name__)

_TICK_SECONDS = 0.1
_PROBE_EVERY_SECONDS = 0.25
_GUARD_END_SECONDS = 5.0


class Supervisor:
    """Runs ``children`` in the foreground until it is told to stop.

    ``on_ready`` is called once, when all children run and every probe says yes. A child that ends is started
    again after ``first_delay_seconds``, doubled each time up to ``last_delay_seconds``. When one ends
    ``start_attempts`` times before everything was ready once, all are stopped: it will not start at all.
    """

    def __init__(
        self,
        children: Sequence[ChildSpec],
        *,
        on_ready: Callable[[], None],
        start_attempts: int = 5,
        first_delay_seconds: float = 0.5,
        last_delay_seconds: float = 30.0,
    ) -> None:
        self._children = [SupervisedChild(spec, first_delay_seconds, last_delay_seconds) for spec in children]
        self._on_ready = on_ready
        self._start_attempts = start_attempts
        self._ready = False
        self._probe_at = 0.0
        self._guard = _Guard(grace_seconds=max(spec.grace_seconds for spec in children))

    def run(self) -> int:
        """Block until SIGTERM, SIGINT or SIGHUP; a second one stops the children at once.

        Returns the exit code: 0 after a signal, 1 when a child could not be started. Main thread only.
        """
        with StopSignals() as signals:
            try:
                self._watch(signals)
                return 0 if signals.count else 1
            finally:
                self._stop(signals)
                self._guard.close()

    def _watch(self, signals: StopSignals) -> None:
        while not signals.count and not self._hopeless():
            self._start_what_is_due()
            self._look_after_ends()
            self._look_for_readiness()
            signals.wait(_TICK_SECONDS)

    def _start_what_is_due(self) -> None:
        for child in self._children:
            if child.is_due():
                self._note_end(child, child.start())
                self._tell_guard()

    def _look_after_ends(self) -> None:
        for child in self._children:
            exit_code = child.reap()
            if exit_code is not None:
                self._note_end(child, exit_code)
                self._tell_guard()
        self._guard.keep_alive()

    def _note_end(self, child: SupervisedChild, exit_code: int | None) -> None:
        if exit_code is not None:
            name, delay = child.spec.name, child.delay_seconds
            _logger.warning("%s ended with exit code %d and starts again in %.1f s", name, exit_code, delay)

    def _look_for_readiness(self) -> None:
        if self._ready or time.monotonic() < self._probe_at:
            return
        self._probe_at = time.monotonic() + _PROBE_EVERY_SECONDS
        self._ready = all(child.has_probe_answered() for child in self._children)
        if self._ready:
            self._on_ready()

    def _hopeless(self) -> bool:
        failed = [child.spec.name for child in self._children if child.ends >= self._start_attempts]
        if failed and not self._ready:
            _logger.error("%s could not be started; stopping everything", ", ".join(failed))
            return True
        return False

    def _stop(self, signals: StopSignals) -> None:
        started_at = time.monotonic()
        for child in self._children:
            child.terminate()
        while any(child.group is not None for child in self._children):
            for child in self._children:
                if signals.count > 1 or time.monotonic() - started_at > child.spec.grace_seconds:
                    child.kill()
                child.reap()
            signals.wait(_TICK_SECONDS)
        self._tell_guard()

    def _tell_guard(self) -> None:
        self._guard.watch([child.group for child in self._children if child.group is not None])


class _Guard:
    """The process that stops the children when this one was killed, grandchildren included."""

    def __init__(self, grace_seconds: float) -> None:
        self._grace_seconds = grace_seconds
        self._groups: Sequence[int] = ()
        self._process: subprocess.Popen[bytes] | None = None

    def watch(self, groups: Sequence[int]) -> None:
        """These process groups are alive now."""
        self._groups = groups
        self._write()

    def keep_alive(self) -> None:
        """Replace a guard that has ended."""
        if self._process is not None and self._process.poll() is not None:
            self._write()

    def close(self) -> None:
        """End the guard; nothing is left to be stopped."""
        if self._process is not None:
            self._process.communicate(timeout=_GUARD_END_SECONDS)

    def _write(self) -> None:
        if self._process is None or self._process.poll() is not None:
            self._process = self._start()
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):  # it has just ended: the next look replaces it
                self._process.stdin.write(f"{' '.join(map(str, self._groups))}\n".encode())

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", "-S", orphan_guard.__file__, str(self._grace_seconds)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, bufsize=0, start_new_session=True)
