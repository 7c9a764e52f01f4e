"""The guard as a process, told about process groups."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from voxweb import orphan_guard

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
)
WILLING = "import time; print(flush=True); time.sleep(60)"


@pytest.fixture
def leader(request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a group of its own."""
    process = subprocess.Popen([sys.executable, "-c", request.param], process_group=0, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    yield process
    process.kill()
    process.communicate(timeout=10)


def run_guard(lines: str) -> int:
    command = [sys.executable, "-I", "-S", orphan_guard.__file__, "0.3"]
    return subprocess.run(command, input=lines.encode(), timeout=20, check=False).returncode


@pytest.mark.parametrize(
    ("leader", "ended_by"), [(WILLING, signal.SIGTERM), (STUBBORN, signal.SIGKILL)], indirect=["leader"]
)
def test_it_works(leader: subprocess.Popen[bytes], ended_by: int) -> None:
    assert run_guard(f"1234567 {leader.pid}\n{leader.pid}\n") == 0
    assert leader.wait(10) == -ended_by


@pytest.mark.parametrize("leader", [WILLING], indirect=True)
def test_an_empty_last_line_leaves_everything_alone(leader: subprocess.Popen[bytes]) -> None:
    assert run_guard(f"{leader.pid}\n\n") == 0
    assert leader.poll() is None


def test_a_group_that_has_gone_is_no_error() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""], process_group=0)
    process.wait(20)
    assert run_guard(f"{process.pid}\n") == 0
