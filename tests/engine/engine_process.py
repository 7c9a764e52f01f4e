"""Starts the real engine as a process of its own on a free port."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue

ROOT = Path(__file__).parents[2]
_START_SECONDS = 60
_STOP_SECONDS = 30


@dataclass(frozen=True)
class RunningEngine:
    """An engine that answers at ``url``."""

    url: str
    process: subprocess.Popen[str]
    data_dir: Path

    def recognisers(self) -> list[int]:
        """Process ids of the process that recognisers are forked from, and of the recognisers."""
        nurseries = [pid for pid in children_of(self.process.pid) if "recogniser_child" in command_of(pid)]
        return [pid for nursery in nurseries for pid in (nursery, *children_of(nursery))]


@contextmanager
def started_engine(data_dir: Path, *arguments: str) -> Iterator[RunningEngine]:
    """An engine with ``arguments``; it is stopped with SIGTERM at the end."""
    command = [sys.executable, "-m", "transcripts.engine", "--data-dir", str(data_dir), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = _first_line(process)
            assert line.startswith("engine ready http://127.0.0.1:")
            yield RunningEngine(line.split()[-1], process, data_dir)
        finally:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            finally:
                process.kill()


def children_of(pid: int) -> list[int]:
    """Process ids of the direct children."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def command_of(pid: int) -> str:
    """The command line, empty when the process has gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _first_line(process: subprocess.Popen[str]) -> str:
    lines: Queue[str] = Queue()
    assert process.stdout is not None
    stdout = process.stdout
    threading.Thread(target=lambda: lines.put(stdout.readline()), daemon=True).start()
    try:
        return lines.get(timeout=_START_SECONDS).strip()
    except Empty:
        raise AssertionError("the engine did not get ready") from None
