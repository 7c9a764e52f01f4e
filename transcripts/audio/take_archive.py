"""The raw sound of a take as FLAC and back: exact, and in memory that does not grow with its length."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np

from ..errors import is_disk_full
from .errors import AudioError, DiskFullError
from .flac import FlacWriter
from .opening import open_media
from .pcm import BLOCK_SAMPLES, Pcm, stream_pcm
from .probe import audio_stream

SAMPLE_BYTES = 2
SAMPLE_TYPE = np.dtype("<i2")

Watch = Callable[[int], None]
"""Hears how many samples are done, after every block; raises to stop."""


class ArchiveDamagedError(AudioError):
    code = "archive_damaged"
    message = "The recording could not be packed exactly, so its raw sound was kept. It will be tried again."
    retryable = True


def write_archive(source: Path, samples: int, target: Path, *, watch: Watch) -> None:
    """Write the first ``samples`` of ``source`` (s16le, 16 kHz, mono) as FLAC and read it back to compare.

    ``target`` survives a power cut when this returns; else the caller removes it. Raises DiskFullError,
    ArchiveDamagedError, OSError and what ``watch`` raises, who hears every sample twice.
    """
    with source.open("rb") as raw:
        with full_disk_told():
            _encode(raw, samples, target, watch)
            _sync(target)
        raw.seek(0)
        _compare(raw, samples, target, watch)


def restore_raw(archive: Path, target: IO[bytes]) -> None:
    """Write the samples of ``archive`` into ``target``, which survives a power cut then.

    Raises DiskFullError, and FFmpeg's errors where the archive is damaged.
    """
    with full_disk_told():
        for pcm in stream_pcm(archive):
            target.write(pcm.astype(SAMPLE_TYPE, copy=False).tobytes())
        target.flush()
        os.fsync(target.fileno())


def archived_samples(archive: Path) -> int:
    """How many samples the header of one of our own archives counts; 0 where there is no such file."""
    if not archive.exists():
        return 0
    with open_media(archive) as container:
        return int(audio_stream(container).duration or 0)


@contextmanager
def full_disk_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise DiskFullError from error
        raise


def _encode(raw: IO[bytes], samples: int, target: Path, watch: Watch) -> None:
    writer = FlacWriter(target)
    done = 0
    for pcm in _blocks(raw, samples):
        writer.write(pcm)
        done += len(pcm)
        watch(done)
    writer.close()


def _blocks(raw: IO[bytes], samples: int) -> Iterator[Pcm]:
    while samples > 0:
        pcm = np.frombuffer(raw.read(SAMPLE_BYTES * min(samples, BLOCK_SAMPLES)), SAMPLE_TYPE)
        if not len(pcm):
            raise ArchiveDamagedError
        samples -= len(pcm)
        yield pcm.astype(np.int16, copy=False)


def _compare(raw: IO[bytes], samples: int, archive: Path, watch: Watch) -> None:
    done = 0
    for pcm in stream_pcm(archive):
        wanted = np.frombuffer(raw.read(SAMPLE_BYTES * len(pcm)), SAMPLE_TYPE)
        if not np.array_equal(pcm, wanted):
            raise ArchiveDamagedError
        done += len(pcm)
        watch(samples + done)
    if done != samples:
        raise ArchiveDamagedError


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
