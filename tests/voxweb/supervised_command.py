"""A foreground command under supervision, started by the tests as a process of its own.

``python supervised_command.py FOLDER '[{"name": ..., "does": "...", ...}, ...]' '{"start_attempts": ...}'``.
Each child runs the function ``does`` of this file and notes its process id in ``FOLDER/NAME.pids``.
"""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from os import getpid
from pathlib import Path
from types import FrameType
from typing import Any

from voxweb.supervisor import ChildSpec, Supervisor


def supervise(folder: Path, children: list[dict[str, Any]], options: dict[str, Any]) -> int:
    """Run the supervisor over these children."""
    specs = [child_spec(folder, **child) for child in children]
    return Supervisor(specs, on_ready=lambda: say("ready"), **options).run()


def child_spec(
    folder: Path, name: str, does: str, grace_seconds: float = 5.0, probed: bool = False
) -> ChildSpec:
    """A child that runs this file again."""
    argv = [does] if does.startswith("/") else [sys.executable, __file__, "child", str(folder), name, does]
    probe = (folder / f"{name}.works").exists if probed else None
    return ChildSpec(name, argv, {"CHILD_NAME": name}, grace_seconds, probe)


def behave(folder: Path, name: str, does: str) -> None:
    """Be a child."""
    with (folder / f"{name}.pids").open("a") as pids:
        pids.write(f"{getpid()}\n")
    BEHAVIOURS[does](folder, name)


def stays(folder: Path, name: str) -> None:
    """End orderly on SIGTERM, and say so."""
    signal.signal(signal.SIGTERM, partial(end_orderly, folder, name))
    say(f"{name} works")
    (folder / f"{name}.works").touch()
    time.sleep(600)


def end_orderly(folder: Path, name: str, number: int, frame: FrameType | None) -> None:
    """Leave a note and go."""
    (folder / f"{name}.orderly").touch()
    sys.exit(0)


def ignores(folder: Path, name: str) -> None:
    """Never end by itself."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    (folder / f"{name}.works").touch()
    time.sleep(600)


def has_children(folder: Path, name: str) -> None:
    """Start a child that ignores SIGTERM, then stay."""
    command = [sys.executable, __file__, "child", str(folder), f"{name}-child", "ignores"]
    subprocess.Popen(command)
    stays(folder, name)


def fails(folder: Path, name: str) -> None:
    """End with exit code 3."""
    sys.exit(3)


BEHAVIOURS: dict[str, Callable[[Path, str], None]] = {
    "stays": stays,
    "ignores": ignores,
    "has_children": has_children,
    "fails": fails,
}


def say(line: str) -> None:
    """One line on stdout."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "child":
        behave(Path(sys.argv[2]), sys.argv[3], sys.argv[4])
    else:
        logging.basicConfig(level=logging.INFO)
        sys.exit(supervise(Path(sys.argv[1]), json.loads(sys.argv[2]), json.loads(sys.argv[3])))
