from __future__ import annotations

import gzip
import logging
import socket
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pytest

from tests.fakes.scripted_speech import (
    Connection,
    ScriptedSpeech,
    Step,
    answer,
    event_stream,
    frame,
    hang,
    raw,
    reset,
)
from tests.speech.conftest import KEY, SHORT_TIMEOUTS
from transcripts.speech.call import Call, FilePart, JsonPart, Timeouts
from transcripts.speech.client import FileSource
from transcripts.speech.errors import (
    SpeechCancelled,
    SpeechConnectionLost,
    SpeechError,
    SpeechKeyRejected,
    SpeechRateLimited,
    SpeechResponseInvalid,
    SpeechSourceUnreadable,
    SpeechTimeout,
    SpeechUnavailable,
)
from transcripts.speech.transport import Transport

OpenTransport = Callable[..., Transport]

GET = Call("GET", "/v1/models")
IMPATIENT = Timeouts(connect_seconds=1, read_seconds=0.1, write_seconds=1, transcription_read_seconds=0.1)


def fetch(transport: Transport, call: Call = GET) -> dict[str, object]:
    with transport.open(call) as reply:
        return reply.json_object()


def post_of(recording: FileSource) -> Call:
    part = FilePart("file", recording.path, "chunk.wav", "audio/wav")
    return Call("POST", "/v1/x", parts=(part,), handles_audio=True)


def below(error: Exception) -> TracebackType | None:
    """The traceback without the frames of the test and of `fetch`, whose variables may hold the key."""
    assert error.__traceback__ is not None
    assert error.__traceback__.tb_next is not None
    return error.__traceback__.tb_next.tb_next


def test_it_works(transport_to: OpenTransport) -> None:
    with ScriptedSpeech([answer(200, {"a": 1})]) as upstream:
        assert fetch(transport_to(upstream)) == {"a": 1}
    (request,) = upstream.requests
    assert request.head.startswith(b"GET /v1/models HTTP/1.1\r\n")
    assert request.header("authorization") == f"Bearer {KEY}"
    assert request.header("user-agent") == "voxweb"


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (answer(401, {"detail": "Unauthorized"}), SpeechKeyRejected),
        (answer(500, b"<html><title>Oops</title>"), SpeechUnavailable),
        (answer(302, b"", {"Location": "https://elsewhere.test/"}), SpeechResponseInvalid),
        (answer(200, b"not json"), SpeechResponseInvalid),
        (answer(200, b"not gzip", {"Content-Encoding": "gzip"}), SpeechResponseInvalid),
        (reset, SpeechConnectionLost),
        (raw(b""), SpeechConnectionLost),
        (raw(b"SSH-2.0-OpenSSH_9\r\n"), SpeechConnectionLost),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"), SpeechConnectionLost),
    ],
)
def test_every_failure_is_one_of_ours(
    transport_to: OpenTransport, step: Step, kind: type[SpeechError]
) -> None:
    with ScriptedSpeech([step]) as upstream, pytest.raises(kind):
        fetch(transport_to(upstream))


def test_silence_is_a_timeout(transport_to: OpenTransport) -> None:
    with ScriptedSpeech([hang, hang]) as upstream:
        transport = transport_to(upstream, IMPATIENT)
        for handles_audio in (False, True):
            with pytest.raises(SpeechTimeout):
                fetch(transport, Call("GET", "/", handles_audio=handles_audio))


def test_a_closed_port_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with (
        Transport(f"http://127.0.0.1:{port}", KEY, SHORT_TIMEOUTS) as transport,
        pytest.raises(SpeechUnavailable),
    ):
        fetch(transport)


def test_the_wait_a_service_orders_is_on_the_error(transport_to: OpenTransport) -> None:
    headers = {"Retry-After": "7", "X-Request-Id": "r1"}
    with (
        ScriptedSpeech([answer(429, {"message": "slow down"}, headers)]) as upstream,
        pytest.raises(SpeechRateLimited) as caught,
    ):
        fetch(transport_to(upstream))
    assert (caught.value.retry_after_seconds, caught.value.request_id) == (7.0, "r1")


def test_an_answer_before_the_end_of_the_upload_is_read(
    transport_to: OpenTransport, recording: FileSource
) -> None:
    recording.path.write_bytes(bytes(4_000_000))
    early = ScriptedSpeech(
        [answer(401, {"detail": "Unauthorized"}, {"Connection": "close"})], reads_body=False
    )
    with early as upstream, pytest.raises(SpeechKeyRejected):
        fetch(transport_to(upstream), post_of(recording))


def test_an_error_body_without_end_is_cut(transport_to: OpenTransport) -> None:
    def failing(connection: Connection) -> None:
        connection.send(b"HTTP/1.1 503 No\r\nContent-Type: text/plain\r\n\r\n" + b"x" * 80_000)
        hang(connection)

    with ScriptedSpeech([failing]) as upstream, pytest.raises(SpeechUnavailable) as caught:
        fetch(transport_to(upstream))
    assert len(caught.value.message) < 600


def test_a_file_that_is_gone_is_said(transport_to: OpenTransport, tmp_path: Path) -> None:
    with ScriptedSpeech([]) as upstream, pytest.raises(SpeechSourceUnreadable):
        fetch(transport_to(upstream), post_of(FileSource(tmp_path / "gone.wav")))


def test_the_key_is_nowhere(
    transport_to: OpenTransport, recording: FileSource, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = {"message": f"Incorrect key {KEY}", "type": KEY, "param": KEY}
    said = ""
    with ScriptedSpeech([answer(401, echo), answer(422, {"detail": KEY}), reset]) as upstream:
        transport = transport_to(upstream)
        for _ in range(3):
            with pytest.raises(SpeechError) as caught:
                fetch(transport, post_of(recording))
            error = caught.value
            assert error.__context__ is None
            said += f"{error!r} {error.detail} {error.complaint} {transport!r} {vars(error)}"
            said += "".join(
                traceback.TracebackException(type(error), error, below(error), capture_locals=True).format()
            )
    assert "Incorrect key [key]" in said
    assert "transport.py" in said
    assert KEY not in said
    assert KEY not in caplog.text


def test_a_form_alone_is_urlencoded(transport_to: OpenTransport) -> None:
    with ScriptedSpeech([answer(200, {})]) as upstream:
        fetch(transport_to(upstream), Call("POST", "/v1/x", form={"a": "ü b", "c": ["1", "2"]}))
    assert upstream.requests[0].header("content-type") == "application/x-www-form-urlencoded"
    assert upstream.requests[0].form == [("a", "ü b"), ("c", "1"), ("c", "2")]


def test_parts_make_it_multipart(transport_to: OpenTransport, recording: FileSource) -> None:
    file = FilePart("file", recording.path, "Übung.wav", "audio/wav")
    call = Call("POST", "/v1/x", form={"a": ["1", "2"]}, parts=(file, JsonPart("refs", {"Ann": "UklGRg=="})))
    with ScriptedSpeech([answer(200, {})]) as upstream:
        fetch(transport_to(upstream), call)
    first, second, audio, refs = upstream.requests[0].parts
    assert (first.header, first.content) == (b'Content-Disposition: form-data; name="a"', b"1")
    assert second.content == b"2"
    assert audio.header.decode().split("\r\n") == [
        'Content-Disposition: form-data; name="file"; filename="Übung.wav"',
        "Content-Type: audio/wav",
    ]
    assert audio.content == recording.path.read_bytes()
    assert refs.header == (b'Content-Disposition: form-data; name="refs"\r\nContent-Type: application/json')
    assert refs.content == b'{"Ann": "UklGRg=="}'
    assert upstream.requests[0].header("transfer-encoding") is None


def test_a_compressed_answer_is_read(transport_to: OpenTransport) -> None:
    body = gzip.compress(b'{"a":1}')
    with ScriptedSpeech([answer(200, body, {"Content-Encoding": "gzip"})]) as upstream:
        assert fetch(transport_to(upstream)) == {"a": 1}


def test_events_are_asked_for_uncompressed(transport_to: OpenTransport) -> None:
    call = Call("POST", "/v1/x", form={"a": "1"}, accept="text/event-stream")
    with ScriptedSpeech([event_stream(frame("x"))]) as upstream, transport_to(upstream).open(call) as reply:
        assert b"".join(reply.chunks) == frame("x")
    assert upstream.requests[0].header("accept-encoding") == "identity"


def test_stopping_hangs_up_while_the_service_is_silent(transport_to: OpenTransport) -> None:
    asked = threading.Event()
    hung_up = threading.Event()

    def silent(connection: Connection) -> None:
        asked.set()
        if connection.has_hung_up():
            hung_up.set()

    with (
        ScriptedSpeech([silent]) as upstream,
        pytest.raises(SpeechCancelled),
        transport_to(upstream).open(GET, asked.is_set),
    ):
        pytest.fail("the service never answered")
    assert hung_up.is_set()


def test_leaving_early_hangs_up(transport_to: OpenTransport) -> None:
    hung_up = threading.Event()

    def endless(connection: Connection) -> None:
        if connection.has_hung_up():
            hung_up.set()

    with (
        ScriptedSpeech([event_stream(frame("x"), then=endless)]) as upstream,
        transport_to(upstream).open(GET) as reply,
    ):
        assert next(reply.chunks)
    assert hung_up.is_set()


def test_proxies_of_the_environment_are_not_asked_for_this_machine(
    transport_to: OpenTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with ScriptedSpeech([answer(200, {"a": 1})]) as upstream:
        assert fetch(transport_to(upstream)) == {"a": 1}
