"""An upload on disk: a folder with one growing file, whose size is the offset.

Bytes are only ever appended in order, so after a crash the file is a true beginning of the recording and
its size says where to go on. The folder itself carries the lock (``flock`` on a directory), so that the
file may be moved away while the lock is held.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from ..conf import media_path
from .upload_errors import (
    ChecksumMismatchError,
    ChecksumUnknownError,
    UploadBusyError,
    UploadGoneError,
    UploadOverrunError,
    full_disk_told,
)

BLOCK_BYTES = 1024 * 1024
SPOOLED_BYTES = 256 * 1024
CHECKSUM_ALGORITHMS = ("sha1", "sha256", "md5")


class ByteStream(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


def upload_folder(code: str) -> Path:
    return media_path(f"uploads/{code}")


def upload_file(code: str) -> Path:
    return upload_folder(code) / "file"


def create_upload_file(code: str) -> None:
    with full_disk_told():
        upload_folder(code).mkdir(parents=True)
        upload_file(code).touch()


def remove_upload_folder(code: str) -> None:
    shutil.rmtree(upload_folder(code), ignore_errors=True)


@contextmanager
def hold_upload(code: str) -> Iterator[None]:
    """Keep other requests, of any process, out of this upload. Raises UploadBusyError, UploadGoneError."""
    try:
        lock = os.open(upload_folder(code), os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError as error:
        raise UploadGoneError from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise UploadBusyError from error
    finally:
        os.close(lock)


def append_to(path: Path, start: int, end: int, stream: ByteStream) -> int:
    """Write ``stream`` at byte ``start`` and return the new size.

    When the disk runs full the bytes written so far stay, since they are right. A piece that would pass
    ``end`` is taken back whole. Raises DiskFullError, UploadOverrunError.
    """
    file = os.open(path, os.O_WRONLY)
    try:
        with full_disk_told():
            return _write(file, start, end, stream)
    except UploadOverrunError:
        os.ftruncate(file, start)
        raise
    finally:
        os.close(file)


def _write(file: int, start: int, end: int, stream: ByteStream) -> int:
    offset = start
    while block := stream.read(BLOCK_BYTES):
        if offset + len(block) > end:
            raise UploadOverrunError
        rest = memoryview(block)
        while rest:
            written = os.pwrite(file, rest, offset)
            offset, rest = offset + written, rest[written:]
    return offset


@contextmanager
def checked(stream: ByteStream, checksum: str) -> Iterator[IO[bytes]]:
    """Read ``stream`` into a temporary file and give it on only when it has the announced checksum.

    So a damaged piece never reaches the upload, even if the server is killed half way through.
    ``checksum`` is the tus header value, "sha1 <base64>". Raises ChecksumUnknownError, ChecksumMismatchError.
    """
    algorithm, wanted = parse_checksum(checksum)
    seen = hashlib.new(algorithm, usedforsecurity=False)
    with tempfile.SpooledTemporaryFile(SPOOLED_BYTES, dir=str(media_path("uploads"))) as piece:
        with full_disk_told():
            while block := stream.read(BLOCK_BYTES):
                seen.update(block)
                piece.write(block)
        if seen.digest() != wanted:
            raise ChecksumMismatchError
        piece.seek(0)
        yield piece


def parse_checksum(value: str) -> tuple[str, bytes]:
    algorithm, _, digest = value.strip().partition(" ")
    if algorithm not in CHECKSUM_ALGORITHMS:
        raise ChecksumUnknownError
    try:
        return algorithm, base64.b64decode(digest.strip(), validate=True)
    except binascii.Error as error:
        raise ChecksumUnknownError from error


def sha256_of(path: Path) -> str:
    """Return the hex SHA-256 of a file; reads it once, in small blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def settle(path: Path) -> None:
    """Make a file or folder survive a power cut. Raises DiskFullError."""
    opened = os.open(path, os.O_RDONLY)
    try:
        with full_disk_told():
            os.fsync(opened)
    finally:
        os.close(opened)
