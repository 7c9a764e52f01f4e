from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.scripted_speech import frame
from transcripts.speech.capabilities import assumed
from transcripts.speech.errors import (
    SpeechError,
    SpeechRateLimited,
    SpeechResponseInvalid,
    SpeechStreamUnfinished,
    SpeechUnavailable,
)
from transcripts.speech.event_stream import EventStream
from transcripts.speech.sources import UrlSource
from transcripts.speech.transcription_request import TranscriptionOptions, fitted_request
from transcripts.speech.wire import (
    Completed,
    LanguageDetected,
    Notice,
    SegmentReady,
    SpeechSegment,
    StreamEvent,
    TextDelta,
)

REQUEST = fitted_request(UrlSource("https://x.test/a"), TranscriptionOptions("m"), assumed("m"))
LANGUAGE = frame("transcription.language", audio_language="en")
DELTA = frame("transcription.text.delta", text=" Hello")
SEGMENT = frame("transcription.segment", text=" Hello", start=0.0, end=1.2, speaker_id="speaker_1")
DONE = frame("transcription.done", model="m-3-0", text=" Hello", language=None, segments=[], usage={})


def read(chunks: Sequence[bytes]) -> list[StreamEvent]:
    return list(EventStream(REQUEST, "r1", (Notice("n", "N."),)).events(chunks))


def test_it_works() -> None:
    *events, completed = read([LANGUAGE, DELTA, SEGMENT, DONE])
    segment = SpeechSegment("Hello", 0, 1200, "speaker_1")
    assert events == [LanguageDetected("en"), TextDelta("Hello"), SegmentReady(segment)]
    assert isinstance(completed, Completed)
    final = completed.transcription
    assert (final.model, final.text, final.language) == ("m-3-0", "Hello", "en")
    assert (final.segments, final.notices, final.request_id) == ((segment,), (Notice("n", "N."),), "r1")


@pytest.mark.parametrize("chunks", [[], [DELTA], [b": ping\n\n"], [DELTA, DONE[:-30]], [DELTA, DONE[:-4]]])
def test_without_done_it_is_unfinished(chunks: list[bytes]) -> None:
    with pytest.raises(SpeechStreamUnfinished) as caught:
        read(chunks)
    assert caught.value.request_id == "r1"


@pytest.mark.parametrize(
    ("error_frame", "kind"),
    [
        (frame("error", error={"message": "Rate limit", "code": 1300}), SpeechRateLimited),
        (frame("error", message="broken"), SpeechUnavailable),
        (b'event: error\ndata: {"message":"no type key"}\n\n', SpeechUnavailable),
        (b'data: {"type":"error","error":"as text"}\n\n', SpeechUnavailable),
        (b"event: error\ndata: out of memory\n\n", SpeechUnavailable),
    ],
)
def test_error_frames_end_it(error_frame: bytes, kind: type[SpeechError]) -> None:
    with pytest.raises(kind):
        read([DELTA, error_frame, DONE])


@pytest.mark.parametrize("data", [b"data: {oops\n\n", b"data: [1]\n\n", b"data: " + b"[" * 50_000 + b"\n\n"])
def test_what_is_no_object_is_an_invalid_answer(data: bytes) -> None:
    with pytest.raises(SpeechResponseInvalid):
        read([DELTA, data, DONE])


def test_done_without_text_is_an_invalid_answer() -> None:
    with pytest.raises(SpeechResponseInvalid):
        read([frame("transcription.done", model="m")])


def test_the_order_of_events_does_not_matter() -> None:
    for order in permutations([LANGUAGE, DELTA, SEGMENT]):
        completed = read([*order, DONE])[-1]
        assert isinstance(completed, Completed)
        assert completed.transcription.language == "en"
        assert len(completed.transcription.segments) == 1


def test_unknown_events_and_keys_are_benign() -> None:
    unknown = frame("transcription.mood", mood="good")
    assert len(read([unknown, b"data: {}\n\n", DELTA, b"data: [DONE]\n\n", DONE])) == 2


def test_the_type_in_the_data_wins_over_the_name() -> None:
    data = DELTA.replace(b"event: transcription.text.delta", b"event: message")
    assert read([data, DONE])[0] == TextDelta("Hello")


def test_nothing_is_read_after_done() -> None:
    assert len(read([DONE, frame("error", message="too late")])) == 1


def test_the_text_of_done_replaces_the_pieces() -> None:
    done = DONE.replace(b" Hello", b" Hallo")
    completed = read([DELTA, done])[-1]
    assert isinstance(completed, Completed)
    assert completed.transcription.text == "Hallo"


def test_pieces_joined_are_the_text() -> None:
    pieces = [frame("transcription.text.delta", text=text) for text in (" ", "", " Hello", " there", ".\x00")]
    deltas = [event.text for event in read([*pieces, DONE]) if isinstance(event, TextDelta)]
    assert "".join(deltas) == "Hello there."


def test_a_piece_that_is_no_text_is_ignored() -> None:
    odd = [
        frame("transcription.text.delta", text=7),
        frame("transcription.segment", start=0),
        frame("transcription.language", audio_language=None),
    ]
    assert len(read([*odd, DONE])) == 1


@given(st.lists(st.integers(0, 2000), max_size=20), st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_chunk_boundaries_never_matter(points: list[int], line_end: bytes) -> None:
    wire = (b": ping\n\n" + LANGUAGE + DELTA + SEGMENT + DONE).replace(b"\n", line_end)
    marks = sorted({0, len(wire), *(point % len(wire) for point in points)})
    chunks = [wire[start:end] for start, end in pairwise(marks)]
    assert read(chunks) == read([wire])
    assert len(read(chunks)) == 4
