"""Uploaded files on disk: a folder each, content and metadata, gone when they expire."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import threading
import time
import uuid
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from transcripts.engine.errors import FileMissing, StorageFull

LARGEST_FILE_BYTES = 512 * 2**20
RETENTION_SECONDS = 30 * 24 * 3600
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class StoredFile:
    """Metadata of one file; times in seconds since 1970, ``size_bytes`` is exact."""

    id: str
    filename: str
    size_bytes: int
    created_at: int
    expires_at: int
    purpose: str
    mimetype: str | None
    visibility: str

    def card(self) -> dict[str, Any]:
        """The file object of the API."""
        return {
            "id": self.id,
            "object": "file",
            "bytes": self.size_bytes,
            "created_at": self.created_at,
            "expires_at": self.expires_at,
            "filename": self.filename,
            "purpose": self.purpose,
            "sample_type": "batch_request" if self.purpose == "batch" else "pretrain",
            "source": "upload",
            "num_lines": None,
            "mimetype": self.mimetype,
            "signature": None,
            "visibility": self.visibility,
        }


@dataclass(frozen=True)
class StoreBounds:
    """How much may be kept at once."""

    files: int = 10_000
    size_bytes: int = 20 * 2**30


class FileStore:
    """Thread-safe within one process; what is on disk is the truth, also after a kill -9."""

    def __init__(self, folder: Path, bounds: StoreBounds | None = None) -> None:
        self._folder = folder
        self._bounds = bounds or StoreBounds()
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, source: Path, described: StoredFile) -> StoredFile:
        """Moves ``source`` (same file system) into the store; ``described`` gets id, size and creation time.

        Raises StorageFull when a bound is reached or the disk is full; the store is unchanged then.
        """
        stored = replace(
            described, id=str(uuid.uuid4()), size_bytes=source.stat().st_size, created_at=int(time.time())
        )
        with self._lock:
            kept = self.list()
            if (
                len(kept) >= self._bounds.files
                or sum(file.size_bytes for file in kept) + stored.size_bytes > self._bounds.size_bytes
            ):
                raise StorageFull()
            try:
                self._place(source, stored)
            except OSError as error:
                if error.errno in _FULL:
                    raise StorageFull() from error
                raise
        return stored

    def get(self, file_id: str) -> StoredFile:
        """FileMissing when there is no such file or it has expired."""
        if not _ID.fullmatch(file_id):
            raise FileMissing()
        stored = self._read(self._folder / file_id)
        if stored is None or stored.expires_at <= time.time():
            raise FileMissing()
        return stored

    def content(self, file_id: str) -> Path:
        """Where the bytes of a file are."""
        return self._folder / self.get(file_id).id / "content"

    def delete(self, file_id: str) -> None:
        """FileMissing when there is no such file."""
        self._remove(self._folder / self.get(file_id).id)

    def list(self) -> list[StoredFile]:
        """Every file, newest first; what has expired or was left half-made is removed on the way."""
        now = time.time()
        kept: list[StoredFile] = []
        for folder in self._folder.iterdir():
            stored = self._read(folder)
            if stored is not None and stored.expires_at > now:
                kept.append(stored)
            elif stored is not None:
                self._remove(folder)
        return sorted(kept, key=lambda stored: (-stored.created_at, stored.id))

    def _place(self, source: Path, stored: StoredFile) -> None:
        """Filled under a name that no id can have, then renamed: a file is there whole or not at all."""
        draft = self._folder / f"draft-{stored.id}"
        try:
            draft.mkdir()
            (draft / "meta.json").write_text(json.dumps(asdict(stored)), encoding="utf-8")
            # A link leaves the spooled upload to the one who made it, and removes it.
            os.link(source, draft / "content")
            draft.rename(self._folder / stored.id)
        except OSError:
            self._remove(draft)
            raise

    def _read(self, folder: Path) -> StoredFile | None:
        try:
            return StoredFile(**json.loads((folder / "meta.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _remove(self, folder: Path) -> None:
        # Renamed first, so that a half-removed file is never seen as whole.
        grave = folder.with_name(f"draft-{uuid.uuid4()}")
        try:
            folder.rename(grave)
        except FileNotFoundError:
            return
        shutil.rmtree(grave, ignore_errors=True)


def new_file(
    filename: str, purpose: str, mimetype: str | None, visibility: str, kept_seconds: int
) -> StoredFile:
    """What a file store needs to know about an upload."""
    return StoredFile("", filename, 0, 0, int(time.time()) + kept_seconds, purpose, mimetype, visibility)
