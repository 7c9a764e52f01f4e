from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.speech.errors import SpeechResponseInvalid
from transcripts.speech.reading import read_segment, read_transcription, read_usage, with_streamed
from transcripts.speech.wire import SpeechSegment, Transcription, Usage, Word

SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5))
WORDS = st.lists(
    st.one_of(SCALARS, st.dictionaries(st.sampled_from(["text", "start", "end", "score"]), SCALARS)),
    max_size=3,
)
SEGMENTS = st.dictionaries(
    st.sampled_from(["text", "start", "end", "speaker_id", "words"]), st.one_of(SCALARS, WORDS)
)
USAGES = st.dictionaries(st.sampled_from(["prompt_audio_seconds", "total_tokens", "prompt_tokens"]), SCALARS)

# The sample of the documentation, as the hosted service sends it.
BODY: dict[str, Any] = {
    "model": "voxtral-mini-transcribe-3",
    "text": " Thanks for calling Northwind Support. Hi there.",
    "language": "en",
    "segments": [
        {
            "type": "transcription_segment",
            "text": " Thanks for calling Northwind Support.",
            "start": 0.0,
            "end": 1.6,
            "speaker_id": "speaker_1",
        },
        {"text": " Hi there.", "start": 1.7, "end": 2.4, "speaker_id": None, "score": 0.5},
    ],
    "usage": {
        "prompt_audio_seconds": 203,
        "prompt_tokens": 4,
        "completion_tokens": 1316,
        "total_tokens": 3945,
    },
    "finish_reason": None,
}


def test_it_works() -> None:
    assert read_transcription(BODY, asked_model="asked", request_id="r1") == Transcription(
        model="voxtral-mini-transcribe-3",
        text="Thanks for calling Northwind Support. Hi there.",
        language="en",
        segments=(
            SpeechSegment("Thanks for calling Northwind Support.", 0, 1600, "speaker_1"),
            SpeechSegment("Hi there.", 1700, 2400),
        ),
        usage=Usage(203.0, 4, 1316, 3945),
        request_id="r1",
    )


@pytest.mark.parametrize("body", [{}, {"text": None}, {"text": 7}, {"text": "a", "segments": "b"}])
def test_without_a_text_it_is_no_answer(body: dict[str, Any]) -> None:
    with pytest.raises(SpeechResponseInvalid):
        read_transcription(body, asked_model="m")


def test_a_sparse_answer_is_enough() -> None:
    assert read_transcription({"text": "Hi"}, asked_model="m") == Transcription("m", "Hi")


def test_unreadable_segments_are_said() -> None:
    found = read_transcription({"text": "Hi", "segments": [7, {"text": "Hi"}]}, asked_model="m")
    assert found.segments == (SpeechSegment("Hi"),)
    assert [notice.code for notice in found.notices] == ["segments_skipped"]


def test_words_of_the_engine_are_read() -> None:
    words = [
        {"text": " Hi", "start": 0.1, "end": 0.25, "score": -12.5},
        {"text": "there", "start": None, "end": 0.5},
        {"text": "", "start": 0, "end": 1},
    ]
    segment = read_segment({"text": "Hi there", "start": 0, "end": 1, "words": words})
    assert segment is not None
    assert segment.words == (Word(100, 250, "Hi", -12.5),)


def test_phrases_are_restored_everywhere() -> None:
    body = {
        "text": "Alder_Creek",
        "segments": [{"text": "Alder_Creek", "words": [{"text": "Alder_Creek", "start": 0, "end": 1}]}],
    }
    found = read_transcription(body, asked_model="m", bias_items=["Alder Creek"])
    assert found.text == found.segments[0].text == found.segments[0].words[0].text == "Alder Creek"


def test_a_number_as_speaker_becomes_a_label() -> None:
    segment = read_segment({"text": "Hi", "speaker_id": 2})
    assert segment is not None
    assert segment.speaker == "speaker_2"


@pytest.mark.parametrize(
    ("value", "usage"),
    [
        (None, Usage()),
        ({}, Usage()),
        ({"prompt_audio_seconds": {}}, Usage()),
        ({"prompt_audio_seconds": 1.5}, Usage(audio_seconds=1.5)),
        ({"prompt_audio_seconds": -3, "total_tokens": -1}, Usage(audio_seconds=0.0)),
        ({"type": "duration", "seconds": 7}, Usage(audio_seconds=7.0)),
    ],
)
def test_usage_is_taken_as_far_as_it_goes(value: object, usage: Usage) -> None:
    assert read_usage(value) == usage


def test_the_stream_fills_only_what_its_end_left_out() -> None:
    streamed = [SpeechSegment("a", 0, 1)]
    assert with_streamed(Transcription("m", "a"), streamed, "en").segments == tuple(streamed)
    final = Transcription("m", "b", "fr", (SpeechSegment("b", 0, 1),))
    assert with_streamed(final, streamed, "en") == final


@given(SEGMENTS)
def test_no_segment_breaks_it(item: dict[str, Any]) -> None:
    segment = read_segment(item)
    if segment is not None:
        segment.text.encode()
        assert all(0 <= word.start_ms <= word.end_ms for word in segment.words)


@given(USAGES)
def test_no_usage_breaks_it(value: dict[str, Any]) -> None:
    usage = read_usage(value)
    assert usage.audio_seconds is None or usage.audio_seconds >= 0
    assert usage.total_tokens >= 0
