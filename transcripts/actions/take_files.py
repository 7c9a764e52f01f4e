"""The files of a take, and the lock that keeps packing, restoring and copying apart.

``take.pcm`` is the raw sound while it is recorded, ``recording.flac`` the same sound once the take has ended,
``copy.webm`` what the browser recorded beside it, which comes up only when something went wrong.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..capture.errors import TakeBusyError
from ..conf import media_path, transcript_folder

RAW_NAME = "take.pcm"
ARCHIVE_NAME = "recording.flac"
COPY_NAME = "copy.webm"
LOOK_SECONDS = 0.1


def raw_path(code: str) -> Path:
    return media_path(f"{code}/{RAW_NAME}")


def archive_path(code: str) -> Path:
    return media_path(f"{code}/{ARCHIVE_NAME}")


def copy_path(code: str) -> Path:
    return media_path(f"{code}/{COPY_NAME}")


@contextmanager
def hold_take(code: str, wait_seconds: float) -> Iterator[Path]:
    """Hold the folder of a take against other workers and requests; recording goes on without it.

    Yields the folder, which is made where it is missing. Raises TakeBusyError after ``wait_seconds``.
    """
    folder = transcript_folder(code)
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _lock(lock, wait_seconds)
        yield folder
    finally:
        os.close(lock)


@contextmanager
def without_recorder(path: Path, wait_seconds: float) -> Iterator[None]:
    """Be sure that nobody records into the raw sound. Raises TakeBusyError after ``wait_seconds``."""
    lock = os.open(path, os.O_RDWR)
    try:
        _lock(lock, wait_seconds)
        yield
    finally:
        os.close(lock)


def _lock(descriptor: int, wait_seconds: float) -> None:
    give_up_at = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= give_up_at:
                raise TakeBusyError from error
            time.sleep(LOOK_SECONDS)
        else:
            return
