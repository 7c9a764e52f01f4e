"""A supervisor over real child processes: readiness, restarts, stopping, and no orphans."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 20.0


class Command:
    """A running ``supervised_command.py``."""

    def __init__(self, folder: Path, children: list[dict[str, Any]], options: dict[str, Any]) -> None:
        self.folder = folder
        script = Path(__file__).with_name("supervised_command.py")
        self.process = subprocess.Popen(
            [sys.executable, str(script), str(folder), json.dumps(children), json.dumps(options)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_for_ready(self) -> list[str]:
        """The lines on stdout up to ``ready``."""
        lines: list[str] = []
        assert self.process.stdout is not None
        while "ready" not in lines:
            lines.append(self.process.stdout.readline().strip())
            assert lines[-1], self.process.communicate(timeout=5)
        return lines

    def pids(self, name: str) -> list[int]:
        """The process ids a child has had, the newest last."""
        file = self.folder / f"{name}.pids"
        return [int(line) for line in file.read_text().split()] if file.exists() else []

    def all_pids(self) -> list[int]:
        """The process ids of all children and grandchildren there ever were."""
        return [pid for file in self.folder.glob("*.pids") for pid in self.pids(file.stem)]

    def signal(self, number: int) -> None:
        """Send a signal to the supervisor alone."""
        self.process.send_signal(number)

    def close(self) -> None:
        """End everything the test left."""
        self.process.kill()
        for pid in self.all_pids():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.communicate(timeout=10)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Any]:
    """``start({"name": ..., "does": ...}, ..., start_attempts=...)``."""
    started: list[Command] = []

    def start_command(*children: dict[str, Any], **options: Any) -> Command:
        started.append(Command(tmp_path, list(children), {"first_delay_seconds": 0.05, **options}))
        return started[-1]

    yield start_command
    for command in started:
        command.close()


WEB = {"name": "web", "does": "stays", "probed": True}
WORKER = {"name": "worker", "does": "stays", "probed": True}


def test_it_works(start: Any) -> None:
    command = start(WEB, WORKER)
    assert command.wait_for_ready() == ["ready"], "what the children print goes to stderr"
    command.signal(signal.SIGTERM)
    assert command.process.wait(PATIENCE_SECONDS) == 0
    assert command.process.stderr is not None
    assert {"web works\n", "worker works\n"} <= set(command.process.stderr)
    assert (command.folder / "web.orderly").exists()
    assert (command.folder / "worker.orderly").exists()
    assert not any(is_alive(pid) for pid in command.all_pids())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_other_signals_stop_it_too(start: Any, number: int) -> None:
    command = start(WEB)
    command.wait_for_ready()
    command.signal(number)
    assert command.process.wait(PATIENCE_SECONDS) == 0
    assert (command.folder / "web.orderly").exists()


def test_a_killed_child_is_started_again(start: Any) -> None:
    command = start(WEB, WORKER)
    command.wait_for_ready()
    for restarts in (1, 2, 3):
        os.kill(command.pids("web")[-1], signal.SIGKILL)
        wait_until(lambda count=restarts: len(command.pids("web")) == count + 1)
    assert len(command.pids("worker")) == 1
    assert is_alive(command.pids("web")[-1])


def test_a_killed_child_takes_its_own_children_along(start: Any) -> None:
    command = start({"name": "engine", "does": "has_children"})
    wait_until(lambda: command.pids("engine-child"))
    os.kill(command.pids("engine")[0], signal.SIGKILL)
    wait_until(lambda: not is_alive(command.pids("engine-child")[0]))
    wait_until(lambda: len(command.pids("engine")) == 2)


def test_a_killed_supervisor_leaves_no_orphan(start: Any) -> None:
    engine = {"name": "engine", "does": "has_children", "grace_seconds": 0.5, "probed": True}
    command = start(engine, {"name": "stubborn", "does": "ignores", "grace_seconds": 0.5, "probed": True})
    command.wait_for_ready()
    wait_until((command.folder / "engine-child.works").exists)
    assert len(command.all_pids()) == 3
    command.signal(signal.SIGKILL)
    wait_until(lambda: not any(is_alive(pid) for pid in command.all_pids()))
    assert (command.folder / "engine.orderly").exists()


def test_a_killed_guard_is_replaced(start: Any) -> None:
    command = start({**WEB, "grace_seconds": 0.5})
    command.wait_for_ready()
    first = guard_of(command.process.pid)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: guard_of(command.process.pid) not in {0, first})
    command.signal(signal.SIGKILL)
    wait_until(lambda: not any(is_alive(pid) for pid in command.all_pids()))


def test_a_child_that_does_not_end_is_killed_after_its_grace(start: Any) -> None:
    command = start({"name": "stubborn", "does": "ignores", "grace_seconds": 0.3, "probed": True}, WEB)
    command.wait_for_ready()
    command.signal(signal.SIGTERM)
    assert command.process.wait(PATIENCE_SECONDS) == 0
    assert (command.folder / "web.orderly").exists()
    assert not any(is_alive(pid) for pid in command.all_pids())


def test_a_second_signal_means_now(start: Any) -> None:
    command = start({"name": "stubborn", "does": "ignores", "grace_seconds": 1000, "probed": True}, WEB)
    command.wait_for_ready()
    command.signal(signal.SIGTERM)
    wait_until((command.folder / "web.orderly").exists)
    command.signal(signal.SIGTERM)
    assert command.process.wait(PATIENCE_SECONDS) == 0
    assert not any(is_alive(pid) for pid in command.all_pids())


@pytest.mark.parametrize("does", ["fails", "/no/such/command"])
def test_a_child_that_never_starts_stops_everything(start: Any, does: str) -> None:
    command = start(WEB, {"name": "broken", "does": does}, start_attempts=3)
    _, complaint = command.process.communicate(timeout=PATIENCE_SECONDS)
    assert command.process.returncode == 1
    assert complaint.count("broken ended with exit code") == 3
    assert "broken could not be started" in complaint
    assert not any(is_alive(pid) for pid in command.all_pids())


def test_the_delay_doubles_to_its_limit(start: Any) -> None:
    options = {"start_attempts": 5, "first_delay_seconds": 0.1, "last_delay_seconds": 0.3}
    command = start({"name": "broken", "does": "fails"}, **options)
    _, complaint = command.process.communicate(timeout=PATIENCE_SECONDS)
    delays = [line.split(" again in ")[1] for line in complaint.splitlines() if " again in " in line]
    assert delays == ["0.1 s", "0.2 s", "0.3 s", "0.3 s", "0.3 s"]


def test_nothing_is_ready_before_all_probes_answer(start: Any, tmp_path: Path) -> None:
    command = start({"name": "late", "does": "has_children", "probed": True}, WEB)
    assert command.wait_for_ready()[-1] == "ready"
    assert (tmp_path / "late.works").exists()
    assert (tmp_path / "web.works").exists()


def is_alive(pid: int) -> bool:
    """Whether a process exists and is more than an entry that nobody has collected yet."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def guard_of(pid: int) -> int:
    """The process id of the guard of the supervisor ``pid``; 0 when there is none."""
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        with suppress(FileNotFoundError, ProcessLookupError):
            if "orphan_guard" in Path(f"/proc/{child}/cmdline").read_text() and is_alive(int(child)):
                return int(child)
    return 0


def wait_until(condition: Any) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)
