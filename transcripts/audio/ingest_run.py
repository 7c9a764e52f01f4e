"""One ingest from source to published files, in the process that calls it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import av.error

from ..errors import is_disk_full
from .damage import describe_damage
from .errors import AudioError
from .limits import IngestLimits
from .one_pass import CHUNK_FOLDER, PEAKS_PIXELS_PER_SECOND, PassOutcome, chunk_name, decode_once, peaks_name
from .pcm import samples_to_ms
from .playback import Method, PlaybackPlan, original_plan, revise_plan, sound_only_plan
from .playback_copy import write_copy
from .publish import WORK_PREFIX, clear_work, publish, remove_surplus
from .result import AudioChunk, IngestResult

PLAYBACK_STEM = "playback"


def run_ingest(
    source: Path,
    folder: Path,
    chunk_seconds: float,
    limits: IngestLimits,
    on_progress: Callable[[int], None],
) -> IngestResult:
    """Read ``source`` once, make the playback copy if it takes one, and put everything into ``folder``.

    Raises the errors of ``decode_once``; files of an earlier run are only replaced by complete ones.
    """
    clear_work(folder)
    with tempfile.TemporaryDirectory(prefix=WORK_PREFIX, dir=folder) as name:
        work = Path(name)
        outcome = decode_once(
            source,
            work,
            chunk_seconds=chunk_seconds,
            max_audio_seconds=limits.max_audio_seconds,
            on_block=on_progress,
        )
        plan = _make_copy(source, work, outcome, limits)
        _put_in_place(folder, work, outcome, plan)
    return _result(folder, outcome, plan)


def _make_copy(source: Path, work: Path, outcome: PassOutcome, limits: IngestLimits) -> PlaybackPlan:
    """Write the copy that players need, falling back on sound alone, then on the original as it is."""
    plan = revise_plan(outcome.plan, outcome.media, outcome.facts, outcome.timeline)
    if plan.method is Method.ORIGINAL:
        return plan
    for candidate in (plan, sound_only_plan(outcome.media)):
        try:
            write_copy(
                source,
                work / _copy_name(candidate),
                candidate,
                origin_seconds=outcome.origin_seconds,
                skipped=frozenset(outcome.facts.bad_positions),
                max_seconds=limits.max_audio_seconds,
            )
        except (AudioError, av.error.FFmpegError, ValueError) as error:
            if is_disk_full(error) or isinstance(error, MemoryError):
                raise
        else:
            return candidate
    return original_plan(outcome.media)


def _copy_name(plan: PlaybackPlan) -> str:
    return f"{PLAYBACK_STEM}.{plan.extension}"


def _put_in_place(folder: Path, work: Path, outcome: PassOutcome, plan: PlaybackPlan) -> None:
    names = [f"{CHUNK_FOLDER}/{chunk_name(index)}" for index in range(len(outcome.bounds))]
    names += [peaks_name(rate) for rate in PEAKS_PIXELS_PER_SECOND]
    if plan.method is not Method.ORIGINAL:
        names.append(_copy_name(plan))
    publish(work, folder, names)
    for pattern in (f"{CHUNK_FOLDER}/*.flac", f"{PLAYBACK_STEM}.*"):
        remove_surplus(folder, names, pattern)


def _result(folder: Path, outcome: PassOutcome, plan: PlaybackPlan) -> IngestResult:
    return IngestResult(
        duration_ms=samples_to_ms(outcome.samples),
        samples=outcome.samples,
        media=outcome.media,
        chunks=tuple(_chunk(folder, index, *bound) for index, bound in enumerate(outcome.bounds)),
        pauses_ms=outcome.pauses_ms,
        loudness_dbfs=outcome.loudness_dbfs,
        peak_dbfs=outcome.peak_dbfs,
        playback=None if plan.method is Method.ORIGINAL else folder / _copy_name(plan),
        playback_type=plan.media_type,
        unreadable=describe_damage(outcome.media, outcome.facts, outcome.timeline),
        playback_notice=plan.notice,
    )


def _chunk(folder: Path, index: int, start: int, end: int) -> AudioChunk:
    path = folder / CHUNK_FOLDER / chunk_name(index)
    return AudioChunk(index, path, samples_to_ms(start), samples_to_ms(end), start, end)
