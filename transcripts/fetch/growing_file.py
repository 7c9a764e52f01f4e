"""The file a download goes into, with its hash and its bounds."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from ..errors import is_disk_full
from .errors import DiskFullError, UrlTooLargeError
from .limits import FetchLimits

LOOK_EVERY_BYTES = 64 * 1024**2


class GrowingFile:
    """A new file at ``path`` that only ever grows or starts over; on disk for good once ``settle`` returned.

    Raises UrlTooLargeError and DiskFullError; the caller removes the file then.
    """

    def __init__(self, path: Path, limits: FetchLimits) -> None:
        self._folder = path.parent
        self._limits = limits
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        self._looked_at_bytes = 0
        self._sha256 = hashlib.sha256()
        self.size_bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()

    def start_over(self) -> None:
        os.ftruncate(self._file, 0)
        self._sha256 = hashlib.sha256()
        self.size_bytes = self._looked_at_bytes = 0

    def check_room(self, total_bytes: int) -> None:
        """Refuse a file that is announced too large, or larger than what is free on this disk."""
        if total_bytes > self._limits.max_bytes:
            raise too_large(self._limits.max_bytes)
        free_bytes = shutil.disk_usage(self._folder).free
        if free_bytes < total_bytes - self.size_bytes + self._limits.spare_bytes:
            raise DiskFullError

    def append(self, block: bytes) -> None:
        if self.size_bytes + len(block) > self._limits.max_bytes:
            raise too_large(self._limits.max_bytes)
        if self.size_bytes >= self._looked_at_bytes + LOOK_EVERY_BYTES:
            self._looked_at_bytes = self.size_bytes
            self.check_room(self.size_bytes)
        self._write(block)
        self._sha256.update(block)
        self.size_bytes += len(block)

    def settle(self) -> None:
        """Make the content survive a power cut."""
        with full_disk_told():
            os.fsync(self._file)

    def _write(self, block: bytes) -> None:
        rest, offset = memoryview(block), self.size_bytes
        with full_disk_told():
            while rest:
                written = os.pwrite(self._file, rest, offset)
                rest, offset = rest[written:], offset + written


def too_large(max_bytes: int) -> UrlTooLargeError:
    return UrlTooLargeError(
        f"The file at this address is larger than this server accepts ({max_bytes / 1024**2:,.0f} MiB). "
        "Upload a compressed or shorter file, or ask the operator to raise the limit.",
        detail={"max_bytes": max_bytes},
    )


@contextmanager
def full_disk_told() -> Iterator[None]:
    """Turn the operating system's ways of saying "no space" into DiskFullError."""
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise DiskFullError from error
        raise
