"""The growing file of a take: the queue of its captions and the truth of its sound."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from transcripts.capture.errors import CaptureError, TakeBusyError, TakeWriteError, write_error

RECENT_BYTES = 16 * 1024
"""Half a second always stays in memory, up to a second between two cuts."""


class TakeFile:
    """Offsets are bytes, always even. Opening blocks.

    ``received`` counts what was accepted, also what only memory holds; ``written`` survives the end of this
    process and ``durable`` a loss of power. ``accept``, ``recent``, ``take_pending`` and ``roll_back`` belong
    to one thread (the event loop's); ``write``, ``sync`` and ``close`` block and are called one at a time,
    ``read`` by anybody.

    Raises TakeBusyError when somebody else has it open, DiskFullError and TakeWriteError.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pending: list[bytes] = []
        self._recent = bytearray()
        self._reading = Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise write_error(error) from error
        self._is_open = True
        try:
            self.received = self.written = self.durable = _claim(self._descriptor, path)
        except CaptureError:
            self._close_descriptor()
            raise

    # -- the event loop's side ---------------------------------------------------------------------

    def accept(self, offset: int, pcm: bytes) -> bool:
        """Take the next sound; what is known already is cut off. False: something before it is missing."""
        received = self.received
        if offset != received:
            if offset > received:
                return False
            pcm = pcm[received - offset :]
        self._pending.append(pcm)
        self.received = received = received + len(pcm)
        recent = self._recent
        recent += pcm
        if len(recent) > 2 * RECENT_BYTES:
            del recent[: len(recent) - max(RECENT_BYTES, received - self.written)]
        return True

    def recent(self, offset: int, most_bytes: int) -> bytes | None:
        """Sound from memory, which holds all that is not written; None: it must be read. Empty at the end."""
        start = offset - self.received + len(self._recent)
        if start < 0:
            return None
        return bytes(self._recent[start : start + most_bytes])

    def take_pending(self) -> list[bytes]:
        """Hand over what is to be written next."""
        pending, self._pending = self._pending, []
        return pending

    def roll_back(self) -> None:
        """Forget what could not be written: from here on it must be sent again."""
        self._pending = []
        surplus = self.received - self.written
        self.received = self.written
        if surplus > 0:
            del self._recent[max(0, len(self._recent) - surplus) :]

    def distrust(self) -> None:
        """After a failed ``sync`` nothing above ``durable`` is safe: the system may have dropped it."""
        self.written = self.durable
        self.roll_back()

    # -- blocking ----------------------------------------------------------------------------------

    def read(self, offset: int, most_bytes: int) -> bytes:
        """Written sound; empty where there is none (yet) and after ``close``."""
        with self._reading:
            size = min(most_bytes, self.written - offset)
            if size <= 0 or not self._is_open:
                return b""
            return os.pread(self._descriptor, size, offset)

    def write(self, pieces: Sequence[bytes]) -> None:
        """Append what ``take_pending`` gave. Raises DiskFullError and TakeWriteError: then ``roll_back``."""
        position = self.written
        rest = memoryview(b"".join(pieces))
        try:
            while rest:
                count = os.pwrite(self._descriptor, rest, position)
                position += count
                rest = rest[count:]
        except OSError as error:
            raise write_error(error) from error
        finally:
            self.written = position - position % 2

    def sync(self) -> None:
        """Make durable what is written now. Raises DiskFullError and TakeWriteError: then ``distrust``."""
        written = self.written
        try:
            os.fdatasync(self._descriptor)
        except OSError as error:
            raise write_error(error) from error
        self.durable = max(self.durable, written)

    def close(self) -> None:
        """Write and sync what is left, then let the file go, whatever happens; closing twice does nothing."""
        if not self._is_open:
            return
        try:
            self._write_rest()
            os.ftruncate(self._descriptor, self.written)
            self.sync()
        except OSError as error:
            raise write_error(error) from error
        finally:
            self._close_descriptor()

    def _write_rest(self) -> None:
        """What was taken but never written must not be closed over by what came after it."""
        pieces = self.take_pending()
        if self.written + sum(map(len, pieces)) != self.received:
            self.roll_back()
            raise TakeWriteError
        self.write(pieces)

    def _close_descriptor(self) -> None:
        with self._reading:
            self._is_open = False
            os.close(self._descriptor)


def _claim(descriptor: int, path: Path) -> int:
    """Lock the file, cut half a sample off its end and make it durable; returns its size."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise TakeBusyError from error
    try:
        _check_name(descriptor, path)
        size = os.fstat(descriptor).st_size
        os.ftruncate(descriptor, size - size % 2)
        os.fsync(descriptor)
        _sync_folders(path)
    except OSError as error:
        raise write_error(error) from error
    return size - size % 2


def _check_name(descriptor: int, path: Path) -> None:
    """Whoever held the lock before may have removed the file: what is written here would be lost then."""
    try:
        is_same = os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        is_same = False
    if not is_same:
        raise TakeBusyError


def _sync_folders(path: Path) -> None:
    """A file whose name is lost with the power is lost itself."""
    for folder in (path.parent, path.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
