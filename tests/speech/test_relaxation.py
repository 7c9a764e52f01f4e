from __future__ import annotations

from dataclasses import replace

import pytest

from transcripts.speech.capabilities import assumed
from transcripts.speech.error_body import Complaint
from transcripts.speech.errors import SpeechRequestRejected
from transcripts.speech.relaxation import relaxed
from transcripts.speech.sources import UrlSource
from transcripts.speech.transcription_request import (
    TranscriptionOptions,
    TranscriptionRequest,
    fitted_request,
)

OPTIONS = TranscriptionOptions(
    "m", language="en", context_bias=("Northwind",), timestamp_granularities=("segment",)
)


def request(options: TranscriptionOptions = OPTIONS, *, streams: bool = True) -> TranscriptionRequest:
    return fitted_request(UrlSource("https://x.test/a.mp3"), options, assumed("m"), streams=streams)


def refusal(message: str, status: int = 400, places: tuple[str, ...] = ()) -> SpeechRequestRejected:
    return SpeechRequestRejected(status=status, complaint=Complaint(message, places=places))


def test_it_works() -> None:
    less = relaxed(request(), refusal("Context bias item 'a b' must not contain commas or whitespace"))
    assert less is not None
    assert less.options == replace(OPTIONS, context_bias=())
    assert [notice.code for notice in less.notices] == ["context_bias_refused"]


@pytest.mark.parametrize("status", [402, 404, 409])
def test_other_refusals_stay(status: int) -> None:
    assert relaxed(request(), refusal("context_bias", status)) is None


def test_a_wrong_language_code_is_for_the_person_to_correct() -> None:
    assert relaxed(request(), refusal("bad value", 422, ("body", "language"))) is None


def test_what_was_not_sent_cannot_be_left_out() -> None:
    plain = request(TranscriptionOptions("m", language="en"), streams=False)
    for message in ("context_bias is wrong", "language excludes timestamps", "stream is not supported"):
        assert relaxed(plain, refusal(message)) is None


def test_a_language_goes_when_times_exclude_it() -> None:
    less = relaxed(request(), refusal("language and timestamp_granularities cannot be combined", 422))
    assert less is not None
    assert (less.options.language, less.options.timestamp_granularities) == (None, ("segment",))
    assert [notice.code for notice in less.notices] == ["language_refused"]


def test_a_service_that_does_not_stream_is_asked_for_all_at_once() -> None:
    less = relaxed(request(), refusal("stream is not supported with diarize"))
    assert less is not None
    assert less.streams is False
    assert less.call().form["stream"] == "false"


def test_each_option_goes_only_once() -> None:
    complaint = refusal("context_bias, language, timestamp_granularities and stream are wrong")
    left: TranscriptionRequest | None = request()
    rounds = 0
    while left is not None:
        left = relaxed(left, complaint)
        rounds += 1
    assert rounds == 4
