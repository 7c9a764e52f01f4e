"""From the JSON of a speech service to our values; unknown keys are benign, missing text is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from transcripts.speech.context_bias import restore_bias_phrases
from transcripts.speech.errors import SpeechResponseInvalid
from transcripts.speech.normal_form import milliseconds, normalised_text, span_ms
from transcripts.speech.wire import Notice, SpeechSegment, Transcription, Usage, Word

_SEGMENTS_SKIPPED = Notice(
    "segments_skipped",
    "Parts of the answer of the speech service could not be read; the text is whole, some times are missing.",
)


def read_transcription(
    body: Mapping[str, Any],
    *,
    asked_model: str,
    bias_items: Sequence[str] = (),
    notices: Sequence[Notice] = (),
    request_id: str | None = None,
) -> Transcription:
    """A whole answer or ``transcription.done``. Raises `SpeechResponseInvalid` when it has no text."""
    text, segments = body.get("text"), body.get("segments")
    if not isinstance(text, str) or not isinstance(segments, list | None):
        raise SpeechResponseInvalid(request_id=request_id)
    read = tuple(read_segment(item, bias_items) for item in segments or [])
    kept = tuple(segment for segment in read if segment is not None)
    skipped = () if len(kept) == len(read) else (_SEGMENTS_SKIPPED,)
    return Transcription(
        model=_text(body.get("model")) or asked_model,
        text=restore_bias_phrases(normalised_text(text), bias_items),
        language=_text(body.get("language")),
        segments=kept,
        usage=read_usage(body.get("usage")),
        notices=(*notices, *skipped),
        request_id=request_id,
    )


def read_segment(item: object, bias_items: Sequence[str] = ()) -> SpeechSegment | None:
    """One segment, inside an answer or streamed; ``None`` when it has no text."""
    if not isinstance(item, Mapping) or not isinstance(item.get("text"), str):
        return None
    start_ms, end_ms = span_ms(item.get("start"), item.get("end"))
    return SpeechSegment(
        text=restore_bias_phrases(normalised_text(item["text"]), bias_items),
        start_ms=start_ms,
        end_ms=end_ms,
        speaker=speaker_label(item.get("speaker_id")),
        words=_words(item.get("words"), bias_items),
    )


def read_usage(value: object) -> Usage:
    """``usage`` of the hosted API, or the ``{"type": "duration", "seconds": n}`` of a vLLM server."""
    if not isinstance(value, Mapping):
        return Usage()
    seconds = value.get("prompt_audio_seconds", value.get("seconds"))
    audio_ms = milliseconds(seconds)
    return Usage(
        audio_seconds=None if audio_ms is None else audio_ms / 1000,
        prompt_tokens=_count(value.get("prompt_tokens")),
        completion_tokens=_count(value.get("completion_tokens")),
        total_tokens=_count(value.get("total_tokens")),
    )


def speaker_label(value: object) -> str | None:
    """A speaker's label: a string by the documentation; some gateways send a number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"speaker_{value}"
    return _text(value)


def with_streamed(
    transcription: Transcription, segments: Sequence[SpeechSegment], language: str | None
) -> Transcription:
    """What only the stream said and its end did not repeat: segments and the detected language."""
    return replace(
        transcription,
        segments=transcription.segments or tuple(segments),
        language=transcription.language or language,
    )


def _words(value: object, bias_items: Sequence[str]) -> tuple[Word, ...]:
    """The extra key of the embedded engine; words without a full time are left to our own alignment."""
    items = value if isinstance(value, list) else []
    words = (_word(item, bias_items) for item in items if isinstance(item, Mapping))
    return tuple(word for word in words if word is not None)


def _word(item: Mapping[str, Any], bias_items: Sequence[str]) -> Word | None:
    start_ms, end_ms = span_ms(item.get("start"), item.get("end"))
    text = normalised_text(item["text"]) if isinstance(item.get("text"), str) else ""
    if not text or start_ms is None or end_ms is None:
        return None
    return Word(start_ms, end_ms, restore_bias_phrases(text, bias_items), _score(item.get("score")))


def _score(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _text(value: object) -> str | None:
    return normalised_text(value)[:200] or None if isinstance(value, str) else None


def _count(value: object) -> int:
    return min(max(value, 0), 2**31 - 1) if isinstance(value, int) else 0
