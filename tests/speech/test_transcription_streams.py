"""`Transcriptions.stream`; what it shares with `transcribe` is in test_transcriptions.py."""

from __future__ import annotations

import threading

import pytest

from tests.fakes.scripted_speech import Connection, ScriptedSpeech, answer, event_stream, frame
from tests.speech.conftest import KEY
from tests.speech.service_answers import ASKED, DELTA, DONE, OK, URL, OpenClient, codes, texts
from transcripts.speech.errors import (
    SpeechCancelled,
    SpeechConnectionLost,
    SpeechKeyRejected,
    SpeechResponseInvalid,
    SpeechStreamUnfinished,
)
from transcripts.speech.wire import StreamEvent, TextDelta


def test_it_works(client_of: OpenClient) -> None:
    seen = threading.Event()

    def rest(connection: Connection) -> None:
        assert seen.wait(10)
        connection.send(b"%x\r\n%s\r\n0\r\n\r\n" % (len(DONE), DONE))

    with ScriptedSpeech([event_stream(DELTA, then=rest)]) as upstream:
        events = client_of(upstream).stream(URL, ASKED)
        assert next(iter(events)) == TextDelta("Hello")
        seen.set()
        assert texts(events) == ["Hello there"]
    assert dict(upstream.requests[0].form)["stream"] == "true"
    assert upstream.requests[0].header("accept") == "text/event-stream"


@pytest.mark.parametrize("chunked", [True, False])
def test_a_reset_in_the_middle_keeps_what_came_and_is_not_repeated(
    client_of: OpenClient, chunked: bool
) -> None:
    def after_a_moment(connection: Connection) -> None:
        assert seen.wait(10)
        connection.reset()

    seen = threading.Event()
    with ScriptedSpeech([event_stream(DELTA, then=after_a_moment, chunked=chunked)]) as upstream:
        events = client_of(upstream).stream(URL, ASKED)
        assert next(iter(events)) == TextDelta("Hello")
        seen.set()
        with pytest.raises(SpeechConnectionLost):
            next(iter(events))
    assert len(upstream.requests) == 1


@pytest.mark.parametrize("chunked", [True, False])
def test_an_end_without_done_is_unfinished(client_of: OpenClient, chunked: bool) -> None:
    with (
        ScriptedSpeech([event_stream(DELTA, chunked=chunked)]) as upstream,
        pytest.raises(SpeechStreamUnfinished),
    ):
        texts(client_of(upstream).stream(URL, ASKED))


def test_an_error_frame_is_an_error_without_the_key(client_of: OpenClient) -> None:
    echo = frame("error", error={"message": KEY, "code": 401})
    with ScriptedSpeech([event_stream(DELTA, echo)]) as upstream, pytest.raises(SpeechKeyRejected) as caught:
        texts(client_of(upstream).stream(URL, ASKED))
    assert KEY not in f"{caught.value.message} {caught.value.detail} {caught.value.complaint}"


def test_cancelling_hangs_up_while_the_service_is_silent(client_of: OpenClient) -> None:
    hung_up = threading.Event()

    def silent(connection: Connection) -> None:
        if connection.has_hung_up():
            hung_up.set()

    seen: list[StreamEvent] = []
    with ScriptedSpeech([event_stream(DELTA, then=silent)]) as upstream, pytest.raises(SpeechCancelled):
        for event in client_of(upstream).stream(URL, ASKED, should_stop=lambda: bool(seen)):
            seen.append(event)
    assert seen == [TextDelta("Hello")]
    assert hung_up.is_set()


def test_stopping_between_two_events_of_one_packet(client_of: OpenClient) -> None:
    seen: list[StreamEvent] = []
    with ScriptedSpeech([event_stream(DELTA + DELTA + DONE)]) as upstream, pytest.raises(SpeechCancelled):
        for event in client_of(upstream).stream(URL, ASKED, should_stop=lambda: bool(seen)):
            seen.append(event)
    assert seen == [TextDelta("Hello")]


def test_a_service_that_answers_all_at_once_is_fine(client_of: OpenClient) -> None:
    refusal = answer(400, {"message": "stream is not supported for this model"})
    with ScriptedSpeech([OK, refusal, OK]) as upstream:
        client = client_of(upstream)
        assert texts(client.stream(URL, ASKED)) == ["Hello there"]
        assert codes(client.stream(URL, ASKED)) == ["stream_refused"]


def test_a_page_instead_of_events_is_an_invalid_answer(client_of: OpenClient) -> None:
    page = answer(200, b"<html>Log in</html>", {"Content-Type": "text/html"})
    with ScriptedSpeech([page]) as upstream, pytest.raises(SpeechResponseInvalid):
        texts(client_of(upstream).stream(URL, ASKED))


def test_lines_may_end_in_any_way_and_pings_are_ignored(client_of: OpenClient) -> None:
    wire = (b": ping\n\n" + DELTA + frame("transcription.mood") + DONE).replace(b"\n", b"\r\n")
    pieces = [wire[at : at + 7] for at in range(0, len(wire), 7)]
    with ScriptedSpeech([event_stream(*pieces, chunked=False)]) as upstream:
        assert texts(client_of(upstream).stream(URL, ASKED)) == ["Hello", "Hello there"]
