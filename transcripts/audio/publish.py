"""Put finished files in place all at once, so that nobody ever sees half of one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

WORK_PREFIX = ".ingest-"


def clear_work(folder: Path) -> None:
    """Remove what attempts that were killed left behind."""
    for leftover in folder.glob(f"{WORK_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def publish(work: Path, folder: Path, names: Sequence[str]) -> None:
    """Move ``names`` (relative to ``work``) into ``folder``, each atomically and safe from power loss."""
    for name in names:
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        _sync(work / name)
        (work / name).replace(target)
    for parent in {(folder / name).parent for name in names}:
        _sync(parent)


def remove_surplus(folder: Path, kept: Sequence[str], pattern: str) -> None:
    """Remove files of an earlier run that this one did not replace."""
    for path in folder.glob(pattern):
        if path.relative_to(folder).as_posix() not in kept:
            path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
