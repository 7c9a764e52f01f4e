from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.fakes.scripted_speech import ScriptedSpeech, Step, answer, event_stream, hang, reset
from tests.speech.service_answers import (
    ASKED,
    BIAS_REFUSAL,
    BODY,
    DONE,
    LANGUAGE_REFUSAL,
    OK,
    URL,
    OpenClient,
    codes,
    texts,
)
from transcripts.speech.capabilities import find
from transcripts.speech.client import AudioSource, FileIdSource, FileSource, Timeouts, TranscriptionOptions
from transcripts.speech.errors import (
    SpeechError,
    SpeechKeyRejected,
    SpeechModelUnknown,
    SpeechRateLimited,
    SpeechRequestRejected,
    SpeechResponseInvalid,
    SpeechTimeout,
    SpeechUnavailable,
)


def test_it_works(client_of: OpenClient, recording: FileSource) -> None:
    options = TranscriptionOptions(
        "voxtral-mini-transcribe-3",
        language="en",
        diarize=True,
        temperature=0.0,
        context_bias=("Northwind", "Alder Creek Design"),
        timestamp_granularities=("segment",),
        speaker_references={"Alice": b"RIFF"},
    )
    with ScriptedSpeech([answer(200, BODY, {"X-Request-Id": "r1"})]) as upstream:
        found = client_of(upstream).transcribe(recording, options)
    assert (found.text, found.language, found.request_id) == ("Hello there", "en", "r1")
    (request,) = upstream.requests
    assert (request.method, request.target) == ("POST", "/v1/audio/transcriptions")
    assert request.fields == [
        ("model", "voxtral-mini-transcribe-3"),
        ("language", "en"),
        ("temperature", "0.0"),
        ("stream", "false"),
        ("diarize", "true"),
        ("context_bias", "Northwind"),
        ("context_bias", "Alder Creek Design"),
        ("timestamp_granularities", "segment"),
    ]
    audio, references = request.parts[-2:]
    assert (audio.name, audio.content) == ("file", recording.path.read_bytes())
    assert (references.name, json.loads(references.content)) == ("speaker_references", {"Alice": "UklGRg=="})


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (answer(400, {"message": "Invalid model: x", "type": "invalid_model"}), SpeechModelUnknown),
        (answer(401, {"detail": "Unauthorized"}), SpeechKeyRejected),
        (answer(403, b""), SpeechKeyRejected),
        (answer(404, b""), SpeechRequestRejected),
        (answer(422, {"detail": [{"loc": ["body", "language"], "msg": "bad"}]}), SpeechRequestRejected),
        (answer(429, b"", {"Retry-After": "3600"}), SpeechRateLimited),
        (answer(200, {"model": "m"}), SpeechResponseInvalid),
    ],
)
@pytest.mark.parametrize("streams", [False, True])
def test_refusals_take_one_request(
    client_of: OpenClient, step: Step, kind: type[SpeechError], streams: bool
) -> None:
    options = replace(ASKED, language="en", timestamp_granularities=("segment",), context_bias=("Northwind",))
    with ScriptedSpeech([step]) as upstream, pytest.raises(kind):
        client = client_of(upstream)
        _ = texts(client.stream(URL, options)) if streams else client.transcribe(URL, options)
    assert len(upstream.requests) == 1


def test_a_service_that_stays_down_is_asked_a_bounded_number_of_times(client_of: OpenClient) -> None:
    with ScriptedSpeech([answer(503, b"")] * 3) as upstream, pytest.raises(SpeechUnavailable):
        client_of(upstream).transcribe(URL, ASKED)


def test_silence_is_not_repeated(client_of: OpenClient) -> None:
    impatient = Timeouts(transcription_read_seconds=0.1)
    with ScriptedSpeech([hang, hang]) as upstream:
        client = client_of(upstream, impatient)
        with pytest.raises(SpeechTimeout):
            client.transcribe(URL, ASKED)
        with pytest.raises(SpeechTimeout):
            next(iter(client.stream(URL, ASKED)))


@pytest.mark.parametrize(
    "fault",
    [
        reset,
        answer(429, {"code": "1300"}, {"retry-after-ms": "5"}),
        answer(429, {"code": "1300"}, {"Retry-After": "0.01"}),
        answer(429, b"", {"Retry-After": "Fri, 20 Nov 2020 12:00:00 GMT"}),
        answer(500, b"<html>"),
        answer(502, b""),
        answer(504, b""),
        answer(408, b""),
    ],
)
@pytest.mark.parametrize("streams", [False, True])
def test_passing_faults_are_repeated_with_the_whole_file(
    client_of: OpenClient, recording: FileSource, fault: Step, streams: bool
) -> None:
    last = event_stream(DONE) if streams else OK
    with ScriptedSpeech([fault, fault, last]) as upstream:
        client = client_of(upstream)
        if streams:
            assert texts(client.stream(recording, ASKED)) == ["Hello there"]
        else:
            assert client.transcribe(recording, ASKED).text == "Hello there"
    bodies = {request.parts[-1].content for request in upstream.requests}
    assert bodies == {recording.path.read_bytes()}


@pytest.mark.parametrize(
    ("source", "field"),
    [(URL, ("file_url", "https://x.test/a.mp3")), (FileIdSource("f1"), ("file_id", "f1"))],
)
def test_audio_elsewhere_is_urlencoded(
    client_of: OpenClient, source: AudioSource, field: tuple[str, str]
) -> None:
    with ScriptedSpeech([OK]) as upstream:
        client_of(upstream).transcribe(source, ASKED)
    assert upstream.requests[0].form == [
        ("model", "voxtral-mini-transcribe-3"),
        field,
        ("stream", "false"),
        ("diarize", "false"),
    ]


def test_voice_samples_make_a_url_multipart(client_of: OpenClient) -> None:
    options = replace(ASKED, diarize=True, speaker_references={"Ann": b"RIFF"})
    with ScriptedSpeech([OK]) as upstream:
        client_of(upstream).transcribe(URL, options)
    names = [part.name for part in upstream.requests[0].parts]
    assert names == [
        "model",
        "file_url",
        "stream",
        "diarize",
        "timestamp_granularities",
        "speaker_references",
    ]


@pytest.mark.parametrize("streams", [False, True])
def test_a_refused_bias_list_is_left_out_once(client_of: OpenClient, streams: bool) -> None:
    options = replace(ASKED, context_bias=("Alder Creek",))
    with ScriptedSpeech([BIAS_REFUSAL, event_stream(DONE) if streams else OK]) as upstream:
        client = client_of(upstream)
        if streams:
            assert codes(client.stream(URL, options)) == ["context_bias_refused"]
        else:
            found = client.transcribe(URL, options)
            assert [notice.code for notice in found.notices] == ["context_bias_refused"]
    first, second = (dict(request.form) for request in upstream.requests)
    assert first.pop("context_bias") == "Alder Creek"
    assert second == first


def test_a_second_refusal_of_the_bias_list_is_final(client_of: OpenClient) -> None:
    options = replace(ASKED, context_bias=("Alder Creek",))
    with ScriptedSpeech([BIAS_REFUSAL] * 2) as upstream, pytest.raises(SpeechRequestRejected):
        client_of(upstream).transcribe(URL, options)


def test_bias_and_language_may_both_have_to_go(client_of: OpenClient) -> None:
    options = replace(ASKED, language="en", timestamp_granularities=("segment",), context_bias=("a",))
    with ScriptedSpeech([LANGUAGE_REFUSAL, BIAS_REFUSAL, OK]) as upstream:
        found = client_of(upstream).transcribe(URL, options)
    assert [notice.code for notice in found.notices] == ["language_refused", "context_bias_refused"]
    assert [name for name, _ in upstream.requests[-1].form] == [
        "model",
        "file_url",
        "stream",
        "diarize",
        "timestamp_granularities",
    ]


def test_a_model_that_retires_is_said(client_of: OpenClient) -> None:
    headers = {"x-model-deprecation-timestamp": "2027-05-31T00:00:00Z"}
    with ScriptedSpeech([answer(200, BODY, headers)]) as upstream:
        (notice,) = client_of(upstream).transcribe(URL, ASKED).notices
    assert (notice.code, "2027-05-31" in notice.message) == ("model_deprecated", True)


def test_given_capabilities_win_over_the_table(client_of: OpenClient) -> None:
    second = find("voxtral-mini-2602")
    with ScriptedSpeech([answer(200, {"text": "I use alder_creek"})]) as upstream:
        options = replace(ASKED, context_bias=("Alder Creek",))
        found = client_of(upstream).transcribe(URL, options, capabilities=second)
    assert dict(upstream.requests[0].form)["context_bias"] == "Alder_Creek"
    assert found.text == "I use Alder Creek"
