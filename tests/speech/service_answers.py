"""What a speech service is asked and answers in these tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.fakes.scripted_speech import answer, frame
from transcripts.speech.client import SpeechClient, TranscriptionOptions, UrlSource
from transcripts.speech.wire import Completed, StreamEvent, TextDelta

OpenClient = Callable[..., SpeechClient]

ASKED = TranscriptionOptions("voxtral-mini-transcribe-3")
URL = UrlSource("https://x.test/a.mp3")
BODY: dict[str, Any] = {"model": "m", "text": " Hello there", "language": "en", "segments": [], "usage": {}}
OK = answer(200, BODY)
DELTA = frame("transcription.text.delta", text="Hello")
DONE = frame("transcription.done", **BODY)
BIAS_REFUSAL = answer(
    400,
    {
        "object": "error",
        "message": "Context bias item 'Alder Creek' must not contain commas or whitespace",
        "type": "invalid_request_error",
        "code": "1500x",
    },
)
LANGUAGE_REFUSAL = answer(
    422, {"detail": [{"loc": ["body", "timestamp_granularities"], "msg": "incompatible with language"}]}
)


def texts(events: Iterator[StreamEvent]) -> list[str]:
    return [
        event.transcription.text if isinstance(event, Completed) else event.text
        for event in events
        if isinstance(event, Completed | TextDelta)
    ]


def codes(events: Iterator[StreamEvent]) -> list[str]:
    *_, completed = events
    assert isinstance(completed, Completed)
    return [notice.code for notice in completed.transcription.notices]
