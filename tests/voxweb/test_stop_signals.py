"""Signals counted inside the block, and nowhere else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from voxweb.stop_signals import StopSignals


def test_it_works() -> None:
    with StopSignals() as signals:
        assert signals.count == 0
        os.kill(os.getpid(), signal.SIGTERM)
        signals.wait(20)
        os.kill(os.getpid(), signal.SIGHUP)
        signals.wait(20)
        assert signals.count == 2


def test_the_end_of_a_child_wakes() -> None:
    with StopSignals() as signals:
        child = subprocess.Popen([sys.executable, "-c", ""])
        signals.wait(20)
        assert child.wait(20) == 0
        assert signals.count == 0


def test_handlers_are_put_back() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)]
    with StopSignals():
        pass
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)] == before
