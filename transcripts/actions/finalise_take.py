"""Pack the raw sound of an ended take: from here on it is a recording like every other.

The raw sound is removed last, after the archive was read back, reached the disk and is named in the
database: a worker that dies anywhere leaves something to begin with again, and never two halves.
"""

from __future__ import annotations

import logging
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.db import transaction

from .. import conf
from ..audio.errors import AudioError, CancelledError, DiskFullError
from ..audio.ingest import ingest
from ..audio.pcm import samples_to_ms
from ..audio.publish import WORK_PREFIX
from ..audio.take_archive import SAMPLE_BYTES, archived_samples, restore_raw, write_archive
from ..capture.errors import TakeBusyError
from ..errors import VoxwebError
from ..models import Job, Recording, Take
from ..models.codes import random_code
from .file_name import shown_file_name
from .lease import Lease
from .take_files import (
    ARCHIVE_NAME,
    COPY_NAME,
    RAW_NAME,
    archive_path,
    copy_path,
    hold_take,
    raw_path,
    without_recorder,
)
from .upload_folder import settle, sha256_of
from .worker_stop import is_stopping

logger = logging.getLogger(__name__)

PROGRESS_SECONDS = 1.0
BUSY_SECONDS = 5.0
RESTORE_WAIT_SECONDS = 30.0
"""A worker that packs the sound notices within seconds that its job was cancelled, and lets go."""
LONGER_COPY_MS = 2000
COPY_CHUNK_SECONDS = 600.0
UNFINISHED = "archive-*.part"
RESTORED = "restore.part"
_COPY_USED = {
    "code": "browser_copy_used",
    "message": "The copy that the browser kept is longer than what arrived while recording, so it is used. "
    "The rest is kept too.",
}


class NothingRecordedError(VoxwebError):
    code: ClassVar[str] = "nothing_recorded"
    message = (
        "No sound arrived from this recording, so there is nothing to play or transcribe. "
        "Its marks and notes are kept."
    )


@dataclass(frozen=True)
class _Sound:
    """What the take has left on disk: ``samples`` in its archive, ``fresh`` where that was made just now."""

    samples: int
    fresh: Path | None
    copy_ms: int | None

    @property
    def copy_is_longer(self) -> bool:
        return self.copy_ms is not None and self.copy_ms > samples_to_ms(self.samples) + LONGER_COPY_MS


def finalise_take(job: Job, recording: Recording, lease: Lease) -> None:
    """Give the recording of a claimed job its original file, if it is a take that still has unpacked sound.

    Safe to repeat. Raises NothingRecordedError, TakeBusyError while somebody records, CancelledError,
    LeaseLostError and the errors of ``transcripts.audio``; nothing is deleted then.
    """
    code = job.transcript.code
    take = Take.objects.filter(transcript=job.transcript).first()
    if take is None or (recording.original_file and not _has_unpacked(recording)):
        return
    with hold_take(code, BUSY_SECONDS) as folder, _without_recorder(raw_path(code)):
        _remove_unfinished(folder)
        try:
            sound = _pack(job, folder, lease)
            _keep(job, recording, take, sound)
        finally:
            _remove_unfinished(folder)
        _remove_spare(folder, sound)


def restore_pcm(take: Take) -> None:
    """Bring the raw sound of a packed take back, so that recording can go on behind it. Safe to repeat.

    Blocks, for a long take for some seconds; its jobs must be cancelled first, and nobody may open the file
    before. Raises TakeBusyError, DiskFullError.
    """
    code = take.transcript.code
    raw, archive = raw_path(code), archive_path(code)
    with hold_take(code, RESTORE_WAIT_SECONDS) as folder:
        if raw.exists() or not archive.exists():
            return
        unfinished = folder / RESTORED
        unfinished.touch(mode=0o600)
        try:
            with unfinished.open("wb") as file:
                restore_raw(archive, file)
            raw.hardlink_to(unfinished)  # fails where a recorder was faster: its sound must not be replaced
            settle(folder)
        finally:
            unfinished.unlink(missing_ok=True)


def has_unused_copy(recording: Recording) -> bool:
    """Whether the browser's copy, or more of it, came up and nobody has looked at it yet."""
    copy = copy_path(recording.transcript.code)
    if not copy.exists():
        return False
    is_original = recording.original_file == f"{recording.transcript.code}/{COPY_NAME}"
    return not is_original or copy.stat().st_size != recording.original_bytes


def _has_unpacked(recording: Recording) -> bool:
    return raw_path(recording.transcript.code).exists() or has_unused_copy(recording)


@contextmanager
def _without_recorder(raw: Path) -> Iterator[None]:
    with ExitStack() as held:
        if raw.exists():
            held.enter_context(without_recorder(raw, BUSY_SECONDS))
        yield


def _remove_unfinished(folder: Path) -> None:
    for left in (*folder.glob(UNFINISHED), folder / RESTORED):
        left.unlink(missing_ok=True)


def _pack(job: Job, folder: Path, lease: Lease) -> _Sound:
    """Write the archive, unless the one that is there holds more than the raw sound (which is kept then)."""
    raw, kept = folder / RAW_NAME, archived_samples(folder / ARCHIVE_NAME)
    samples = raw.stat().st_size // SAMPLE_BYTES if raw.exists() else 0
    fresh = None
    if samples and samples >= kept:
        fresh = folder / UNFINISHED.replace("*", random_code())
        write_archive(raw, samples, fresh, watch=_Progress(job, samples, lease))
    return _Sound(max(samples, kept), fresh, _copy_ms(folder, lease))


def _copy_ms(folder: Path, lease: Lease) -> int | None:
    """How long the browser's copy is, None without a readable one. It came from outside: a child reads it."""
    copy = folder / COPY_NAME
    if not copy.exists():
        return None
    with tempfile.TemporaryDirectory(prefix=WORK_PREFIX, dir=folder) as scratch:
        try:
            return ingest(
                copy,
                Path(scratch),
                limits=conf.ingest_limits(),
                chunk_seconds=COPY_CHUNK_SECONDS,
                on_progress=lambda _: None,
                should_stop=lambda: lease.lost() or is_stopping(),
            ).duration_ms
        except AudioError as error:
            if isinstance(error, CancelledError | DiskFullError):
                raise
            logger.warning("the browser's copy of a take cannot be read: %s", error.code)
            return None


def _keep(job: Job, recording: Recording, take: Take, sound: _Sound) -> None:
    """Checkpoint, under the fence. A copy nobody can read is kept as the original too if there is no more."""
    folder = conf.transcript_folder(job.transcript.code)
    use_copy = sound.copy_is_longer or not sound.samples
    archive = folder / ARCHIVE_NAME
    original = folder / COPY_NAME if use_copy else sound.fresh or archive
    if not original.exists():
        raise NothingRecordedError
    recording.original_file = f"{folder.name}/{COPY_NAME if use_copy else ARCHIVE_NAME}"
    recording.original_name = _name(job.transcript.title, original)
    recording.original_bytes, recording.sha256 = original.stat().st_size, sha256_of(original)
    with transaction.atomic():
        if Take.objects.select_for_update().get(pk=take.pk).is_open:
            raise TakeBusyError
        notices = [_COPY_USED] if use_copy else []
        job.write(usage={}, done_ms=0, total_ms=0, notices=notices)
        if sound.fresh:
            sound.fresh.replace(archive)
            settle(folder)
        recording.save(update_fields=["original_file", "original_name", "original_bytes", "sha256"])


def _name(title: str, path: Path) -> str:
    """What the file is called when somebody saves it; browsers make copies of two kinds."""
    with path.open("rb") as file:
        head = file.read(8)
    extension = {b"fLaC": ".flac", b"\x1a\x45\xdf\xa3": ".webm"}.get(head[:4], "")
    extension = ".mp4" if head[4:] == b"ftyp" else extension
    return shown_file_name(re.sub(r"[/\\]", "-", title) + extension)


def _remove_spare(folder: Path, sound: _Sound) -> None:
    """The archive is safe and known, so that what it was made from can go: the raw sound last."""
    if sound.copy_ms is not None and sound.samples and not sound.copy_is_longer:
        (folder / COPY_NAME).unlink(missing_ok=True)
    raw = folder / RAW_NAME
    if sound.fresh or (raw.exists() and not raw.stat().st_size):
        raw.unlink(missing_ok=True)
    settle(folder)


class _Progress:
    """Say what is going on, at most once a second; every sample is seen twice, written and read back."""

    def __init__(self, job: Job, samples: int, lease: Lease) -> None:
        self.job = job
        self.total_ms = samples_to_ms(samples)
        self.lease = lease
        self.written_at = 0.0

    def __call__(self, samples: int) -> None:
        if self.lease.lost() or is_stopping():
            raise CancelledError
        now = time.monotonic()
        if now - self.written_at >= PROGRESS_SECONDS:
            self.written_at = now
            done_ms = samples_to_ms(samples) // 2
            self.job.write(usage={"is_saving": True}, done_ms=done_ms, total_ms=self.total_ms)
