"""Transcripts as JSON values. Built by hand: a three-hour transcript has thousands of segments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..fetch.web_address import without_query
from ..models import Recording, Segment, Speaker, Transcript
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
    """One query; the word tables are read from the database only when they are asked for."""
    rows = Segment.objects.filter(transcript=transcript)
    return [describe_segment(row, words=words) for row in (rows if words else rows.without_words())]


def describe_segment(segment: Segment, *, words: bool) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": segment.key,
        "rev": segment.rev,
        "start_ms": segment.start_ms,
        "end_ms": segment.end_ms,
        "speaker": segment.speaker_id,
        "text": segment.text,
        "timing_method": segment.timing_method,
    }
    if words:
        described["words"] = decode(segment.words, segment.start_ms)
    return described


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


def word_tables(segments: Iterable[tuple[str, str]]) -> str:
    """Return ``{"segments": {key: words}}`` from keys and stored word tables, which stay unparsed."""
    return '{"segments":{' + ",".join(f'"{key}":{words or "[]"}' for key, words in segments) + "}}"
