from __future__ import annotations

from pathlib import Path

import pytest

from transcripts.audio.publish import WORK_PREFIX, clear_work, publish, remove_surplus


def test_it_works(tmp_path: Path) -> None:
    work, folder = tmp_path / "work", tmp_path / "folder"
    (work / "chunks").mkdir(parents=True)
    folder.mkdir()
    (work / "chunks" / "0000.flac").write_text("new")
    (folder / "old.txt").write_text("kept")
    publish(work, folder, ["chunks/0000.flac"])
    assert (folder / "chunks" / "0000.flac").read_text() == "new"
    assert (folder / "old.txt").read_text() == "kept"


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        publish(tmp_path, tmp_path, ["absent"])


def test_only_our_leftovers_are_cleared(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / f"{WORK_PREFIX}abc" / "chunks").mkdir(parents=True)
    (folder / "original.mp3").write_text("kept")
    clear_work(folder)
    assert [path.name for path in folder.iterdir()] == ["original.mp3"]


def test_surplus_of_an_earlier_run_is_removed(tmp_path: Path) -> None:
    (tmp_path / "chunks").mkdir()
    for name in ("0000.flac", "0001.flac"):
        (tmp_path / "chunks" / name).touch()
    remove_surplus(tmp_path, ["chunks/0000.flac"], "chunks/*.flac")
    assert [path.name for path in (tmp_path / "chunks").iterdir()] == ["0000.flac"]
