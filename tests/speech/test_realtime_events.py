from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from transcripts.speech.realtime_events import (
    Created,
    Done,
    Failure,
    Language,
    RealtimeEvent,
    SegmentDone,
    TextDelta,
    Turn,
    Unknown,
    Updated,
    read_event,
)
from transcripts.speech.wire import Usage, Word

JSON = some.recursive(
    some.none() | some.booleans() | some.floats() | some.integers() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
KINDS = [
    "session.created",
    "session.updated",
    "transcription.language",
    "transcription.text.delta",
    "transcription.segment",
    "transcription.done",
    "turn.start",
    "turn.end",
    "error",
    "brand.new",
]
KEYS = ["text", "start", "end", "speaker_id", "words", "time_s", "session", "usage", "language", "error"]


def event(kind: str, **data: Any) -> RealtimeEvent | Failure:
    return read_event(json.dumps({**data, "type": kind}))


def test_it_works() -> None:
    words = [
        {"text": "Good", "start": 0.1, "end": 0.4, "score": 0.9},
        {"text": "day.", "start": 0.4, "end": 0.8},
    ]
    segment = event("transcription.segment", text=" Good day. ", start=0.1, end=0.8, words=words, new=1)
    assert segment == SegmentDone(
        100, 800, "Good day.", words=(Word(100, 400, "Good", 0.9), Word(400, 800, "day."))
    )
    usage = {"prompt_audio_seconds": 2, "completion_tokens": 3}
    assert event("transcription.done", text=" Good day.", language="en", usage=usage, segments=[]) == Done(
        "Good day.", "en", Usage(2.0, 0, 3, 0)
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (event("session.created", session={"request_id": "ws-1"}), Created("ws-1", {"request_id": "ws-1"})),
        (event("session.created"), Created()),
        (event("session.updated", session={"diarize": True}), Updated({"diarize": True})),
        (event("transcription.language", audio_language="de"), Language("de")),
        (event("transcription.text.delta", text=" a"), TextDelta(" a")),
        (event("transcription.text.delta", text="a", speaker_id="speaker_2"), TextDelta("a", "speaker_2")),
        (event("transcription.text.delta", text="a", speaker_id=2), TextDelta("a", "speaker_2")),
        (event("transcription.text.delta", text="a", speaker="Ada"), TextDelta("a", "Ada")),
        (event("transcription.text.delta", text="e\u0301\x00"), TextDelta("é")),
        (event("transcription.segment", text="a", start=1, end=0.5), SegmentDone(1000, 1000, "a")),
        (
            event("transcription.segment", text="a", start=1, end=2.0004, speaker_id="Ada"),
            SegmentDone(1000, 2000, "a", "Ada"),
        ),
        (event("turn.eager_end", time_s=1.25), Turn("eager_end", 1250)),
        (event("turn.end", time_s=3, end_reason="threshold"), Turn("end", 3000)),
        (event("transcription.done"), Done()),
        (event("error", error={"code": 1}), Failure({"type": "error", "error": {"code": 1}})),
        (read_event(b'{"type":"transcription.text.delta","text":"a"}'), TextDelta("a")),
    ],
)
def test_events_are_read(said: RealtimeEvent | Failure, expected: RealtimeEvent | Failure) -> None:
    assert said == expected


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("", ""),
        ("junk", ""),
        ("[1]", ""),
        ('{"no": "type"}', ""),
        ('{"type": ["list"]}', ""),
        (b"\xff\xfe\x00", ""),
        ("[" * 100_000, ""),
        ('{"type": "brand.new", "text": "a"}', "brand.new"),
        (json.dumps({"type": "x" * 5000}), "x" * 80),
        ('{"type": "transcription.text.delta", "text": ""}', "transcription.text.delta"),
        ('{"type": "transcription.text.delta", "text": 7}', "transcription.text.delta"),
        ('{"type": "transcription.segment", "text": "a", "start": null, "end": 1}', "transcription.segment"),
        ('{"type": "transcription.segment", "text": " ", "start": 0, "end": 1}', "transcription.segment"),
        ('{"type": "transcription.language"}', "transcription.language"),
        ('{"type": "turn.start", "time_s": NaN}', "turn.start"),
    ],
)
def test_what_cannot_be_read_is_unknown(message: str | bytes, kind: str) -> None:
    assert read_event(message) == Unknown(kind)


@given(kind=some.sampled_from(KINDS), data=some.dictionaries(some.sampled_from(KEYS), JSON))
def test_no_message_breaks_the_reader(kind: str, data: dict[str, Any]) -> None:
    assert event(kind, **data) is not None


@given(some.binary() | some.text())
def test_no_bytes_break_the_reader(message: str | bytes) -> None:
    assert read_event(message) is not None
