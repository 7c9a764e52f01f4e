"""Raw sound to FLAC and back, bit by bit, and what happens when that cannot be done."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from transcripts.audio import take_archive
from transcripts.audio.errors import CancelledError, DiskFullError
from transcripts.audio.pcm import BLOCK_SAMPLES, Pcm
from transcripts.audio.take_archive import ArchiveDamagedError, archived_samples, restore_raw, write_archive

from .recordings import noise


def raw_file(folder: Path, pcm: Pcm) -> Path:
    path = folder / "take.pcm"
    path.write_bytes(pcm.tobytes())
    return path


def unwatched(_samples: int) -> None:
    """Nobody asks how far it is."""


@pytest.mark.parametrize("samples", [1, 15, 4608, BLOCK_SAMPLES, 3 * BLOCK_SAMPLES + 7])
def test_it_works(tmp_path: Path, samples: int) -> None:
    pcm = np.random.default_rng(1).integers(-32_768, 32_767, samples).astype(np.int16)
    source, target = raw_file(tmp_path, pcm), tmp_path / "a.flac"
    heard: list[int] = []
    write_archive(source, samples, target, watch=heard.append)
    assert archived_samples(target) == samples
    assert heard[-1] == 2 * samples and heard == sorted(heard)
    with (tmp_path / "back.pcm").open("wb") as back:
        restore_raw(target, back)
    assert (tmp_path / "back.pcm").read_bytes() == source.read_bytes()


def test_sound_that_came_after_the_end_is_left_out(tmp_path: Path) -> None:
    source, target = raw_file(tmp_path, noise(2)), tmp_path / "a.flac"
    write_archive(source, 16_000, target, watch=unwatched)
    assert archived_samples(target) == 16_000


def test_no_archive_holds_nothing(tmp_path: Path) -> None:
    assert archived_samples(tmp_path / "none.flac") == 0


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    source = raw_file(tmp_path, noise(30))
    with pytest.raises(DiskFullError):
        write_archive(source, 30 * 16_000, Path("/dev/full"), watch=unwatched)
    target = tmp_path / "a.flac"
    write_archive(source, 30 * 16_000, target, watch=unwatched)
    with pytest.raises(DiskFullError), Path("/dev/full").open("wb") as full:
        restore_raw(target, full)


def test_a_watch_can_stop_it(tmp_path: Path) -> None:
    def stop(samples: int) -> None:
        if samples > BLOCK_SAMPLES:
            raise CancelledError

    with pytest.raises(CancelledError):
        write_archive(raw_file(tmp_path, noise(30)), 30 * 16_000, tmp_path / "a.flac", watch=stop)


def test_sound_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ArchiveDamagedError):
        write_archive(raw_file(tmp_path, noise(1)), 16_001, tmp_path / "a.flac", watch=unwatched)


@pytest.mark.parametrize("fault", ["shorter", "other"])
def test_what_comes_back_differently_is_a_fault(
    tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = [noise(1)[:-1]] if fault == "shorter" else [noise(1, seed=2)]
    monkeypatch.setattr(take_archive, "stream_pcm", lambda _: iter(heard))
    with pytest.raises(ArchiveDamagedError):
        write_archive(raw_file(tmp_path, noise(1)), 16_000, tmp_path / "a.flac", watch=unwatched)
