"""Files on disk."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.engine.errors import FileMissing, StorageFull
from transcripts.engine.file_store import FileStore, StoreBounds, StoredFile, new_file


def described(kept_seconds: int = 60) -> StoredFile:
    return new_file("a.wav", "audio", "audio/wav", "workspace", kept_seconds)


def upload(tmp_path: Path, content: bytes = b"sound") -> Path:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return path


def test_it_works(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "store")
    stored = store.add(upload(tmp_path), described())
    assert stored.size_bytes == 5 and store.get(stored.id) == stored
    assert store.content(stored.id).read_bytes() == b"sound"
    assert FileStore(tmp_path / "store").list() == [stored]
    store.delete(stored.id)
    assert store.list() == [] and list((tmp_path / "store").iterdir()) == []


@given(st.text(max_size=50))
def test_ids_never_lead_out_of_the_store(file_id: str) -> None:
    with pytest.raises(FileMissing):
        FileStore(Path("/tmp/no-such-store-here/files")).get(file_id)


def test_expired_files_are_gone(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "store")
    stored = store.add(upload(tmp_path), replace(described(), expires_at=int(time.time()) - 1))
    with pytest.raises(FileMissing):
        store.get(stored.id)
    assert store.list() == [] and list((tmp_path / "store").iterdir()) == []


def test_bounds_leave_the_store_as_it_was(tmp_path: Path) -> None:
    for bounds in (StoreBounds(files=1), StoreBounds(size_bytes=9)):
        store = FileStore(tmp_path / str(bounds.files), bounds)
        first = store.add(upload(tmp_path), described())
        with pytest.raises(StorageFull):
            store.add(upload(tmp_path), described())
        assert store.list() == [first]


def test_a_half_made_file_is_not_there(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    (tmp_path / "draft-x").mkdir()
    assert store.list() == []
