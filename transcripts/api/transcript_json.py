"""Transcripts as JSON values. Built by hand: a three-hour transcript has thousands of segments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from ..fetch.web_address import without_query
from ..models import Mark, OtherReading, Recording, Segment, Speaker, Transcript
from ..timing.words import decode


def describe_summary(transcript: Transcript, role: str) -> dict[str, Any]:
    """Needs ``owner`` and ``recording`` loaded."""
    recording: Recording | None = getattr(transcript, "recording", None)
    return {
        "code": transcript.code,
        "title": transcript.title,
        "state": transcript.state,
        "origin": transcript.origin,
        "language": transcript.language,
        "duration_ms": recording.duration_ms if recording else None,
        "version": transcript.version,
        "role": role,
        "owner": transcript.owner.display_name,
        "created_at": transcript.created_at,
        "updated_at": transcript.updated_at,
        "trashed_at": transcript.trashed_at,
    }


def describe_speaker(speaker: Speaker) -> dict[str, Any]:
    return {
        "id": speaker.pk,
        "label": speaker.label,
        "name": speaker.name,
        "display_name": speaker.display_name,
        "colour": speaker.colour,
    }


def describe_segments(transcript: Transcript, *, words: bool) -> list[dict[str, Any]]:
    """Two queries; the word tables are read from the database only when they are asked for."""
    rows = Segment.objects.filter(transcript=transcript)
    readings = _readings_by_key(OtherReading.objects.filter(transcript=transcript))
    return [
        describe_segment(row, readings.get(row.key, []), words=words)
        for row in (rows if words else rows.without_words())
    ]


def describe_one_segment(segment: Segment) -> dict[str, Any]:
    """With its words and its other readings."""
    rows = OtherReading.objects.filter(transcript=segment.transcript_id, key=segment.key)
    return describe_segment(segment, _readings_by_key(rows).get(segment.key, []), words=True)


def describe_segment(
    segment: Segment, other_readings: Sequence[dict[str, Any]], *, words: bool
) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": segment.key,
        "rev": segment.rev,
        "start_ms": segment.start_ms,
        "end_ms": segment.end_ms,
        "speaker": segment.speaker_id,
        "text": segment.text,
        "timing_method": segment.timing_method,
        "edited": segment.edited_at is not None,
        "held": segment.is_held,
        "other_readings": other_readings,
    }
    if words:
        described["words"] = decode(segment.words, segment.start_ms)
    return described


def _readings_by_key(rows: QuerySet[OtherReading]) -> dict[str, list[dict[str, Any]]]:
    """Those that nobody has hidden."""
    readings: dict[str, list[dict[str, Any]]] = {}
    for reading in rows.filter(hidden_at=None).defer("words"):
        described = {
            "id": reading.pk, "start_ms": reading.start_ms, "end_ms": reading.end_ms, "text": reading.text,
            "mine": reading.mine, "offset": reading.offset,
        }  # fmt: skip
        readings.setdefault(reading.key, []).append(described)
    return readings


def describe_marks(transcript: Transcript) -> list[dict[str, Any]]:
    """One query; those that were not removed, in the order of time."""
    rows = Mark.objects.filter(transcript=transcript, removed_at=None).select_related("author")
    return [describe_mark(mark) for mark in rows]


def describe_mark(mark: Mark) -> dict[str, Any]:
    return {
        "key": mark.key,
        "at_ms": mark.at_ms,
        "note": mark.note,
        "author": mark.author.display_name if mark.author else "",
        "created_at": mark.created_at,
    }


def describe_recording(recording: Recording | None) -> dict[str, Any] | None:
    if recording is None:
        return None
    facts = (
        "original_name", "original_bytes", "sha256", "has_video", "playback_type",
        "container", "audio_codec", "sample_rate", "channels",
    )  # fmt: skip
    unreadable = {"code": recording.unreadable_code, "message": recording.unreadable_message}
    return {
        **{fact: getattr(recording, fact) for fact in facts},
        "source_url": without_query(recording.source_url),
        "playable": bool(recording.playback_file),
        "unreadable": unreadable if recording.unreadable_code else None,
    }


def word_tables(segments: Iterable[tuple[str, int, str]]) -> str:
    """Return ``{"segments": {key: words}, "starts": {key: ms}}``; the stored word tables stay unparsed."""
    rows = list(segments)
    tables = ",".join(f'"{key}":{words or "[]"}' for key, _start_ms, words in rows)
    starts = ",".join(f'"{key}":{start_ms}' for key, start_ms, _words in rows)
    return f'{{"segments":{{{tables}}},"starts":{{{starts}}}}}'
