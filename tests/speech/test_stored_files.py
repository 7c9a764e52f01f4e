from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from tests.fakes.scripted_speech import ScriptedSpeech, answer, raw
from transcripts.speech.client import FileSource, SpeechClient, StoredFile
from transcripts.speech.errors import SpeechRequestRejected, SpeechResponseInvalid, SpeechSourceUnreadable

OpenClient = Callable[..., SpeechClient]

FILE = {
    "id": "f1",
    "object": "file",
    "bytes": 262148,
    "created_at": 1790000000,
    "filename": "chunk.wav",
    "purpose": "audio",
    "sample_type": "instruct",
    "source": "upload",
    "mimetype": "audio/wav",
    "expires_at": None,
}
STORED = StoredFile("f1", "chunk.wav", 262148, "audio", 1790000000, "audio/wav")
OCTETS = {"Content-Type": "application/octet-stream"}


def test_it_works(client_of: OpenClient, recording: FileSource) -> None:
    with ScriptedSpeech([answer(200, FILE)]) as upstream:
        assert client_of(upstream).files.upload(recording) == STORED
    (request,) = upstream.requests
    assert (request.method, request.target) == ("POST", "/v1/files")
    assert request.fields == [("visibility", "workspace"), ("purpose", "audio")]
    assert request.parts[-1].content == recording.path.read_bytes()


@pytest.mark.parametrize("file_id", ["", " ", ".", ".."])
def test_what_is_no_id_is_refused(client_of: OpenClient, file_id: str) -> None:
    with ScriptedSpeech([]) as upstream, pytest.raises(SpeechRequestRejected):
        client_of(upstream).files.retrieve(file_id)


@pytest.mark.parametrize("hours", [0, 169])
def test_a_signed_address_has_a_limited_life(client_of: OpenClient, hours: int) -> None:
    with ScriptedSpeech([]) as upstream, pytest.raises(SpeechRequestRejected):
        client_of(upstream).files.signed_url("f1", expiry_hours=hours)


@pytest.mark.parametrize("body", [{}, {"url": 7}, {"url": "javascript:alert(1)"}])
def test_a_signed_address_must_be_one(client_of: OpenClient, body: dict[str, object]) -> None:
    with ScriptedSpeech([answer(200, body)]) as upstream, pytest.raises(SpeechResponseInvalid):
        client_of(upstream).files.signed_url("f1")


def test_answers_of_another_shape_are_invalid(client_of: OpenClient) -> None:
    with ScriptedSpeech([answer(200, {"data": {}}), answer(200, {"object": "file"})]) as upstream:
        files = client_of(upstream).files
        with pytest.raises(SpeechResponseInvalid):
            files.list()
        with pytest.raises(SpeechResponseInvalid):
            files.retrieve("f1")


def test_an_unknown_file_is_refused(client_of: OpenClient) -> None:
    with (
        ScriptedSpeech([answer(404, {"detail": "No such file"})]) as upstream,
        pytest.raises(SpeechRequestRejected, match="No such file"),
    ):
        client_of(upstream).files.retrieve("f1")


def test_a_missing_recording_is_not_sent(client_of: OpenClient, recording: FileSource) -> None:
    recording.path.unlink()
    with ScriptedSpeech([]) as upstream, pytest.raises(SpeechSourceUnreadable):
        client_of(upstream).files.upload(recording)


def test_a_page_of_files(client_of: OpenClient) -> None:
    body = {"object": "list", "data": [FILE], "total": 12}
    with ScriptedSpeech([answer(200, body)]) as upstream:
        page = client_of(upstream).files.list(page=1, page_size=5, purpose="audio")
    assert (page.files, page.total) == ((STORED,), 12)
    assert upstream.requests[0].target == "/v1/files?page=1&page_size=5&include_total=true&purpose=audio"


def test_one_file_is_described_and_deleted(client_of: OpenClient) -> None:
    gone = {"id": "f1", "object": "file", "deleted": True}
    with ScriptedSpeech([answer(200, {**FILE, "deleted": False}), answer(200, gone)]) as upstream:
        files = client_of(upstream).files
        assert files.retrieve("f1") == STORED
        assert files.delete("f1") is True
    assert [request.method for request in upstream.requests] == ["GET", "DELETE"]


def test_an_id_never_leaves_its_place_in_the_path(client_of: OpenClient) -> None:
    with ScriptedSpeech([answer(200, FILE)]) as upstream:
        client_of(upstream).files.retrieve("../models?x=1#y")
    assert upstream.requests[0].target == "/v1/files/..%2Fmodels%3Fx%3D1%23y"


def test_a_signed_address_is_for_hours(client_of: OpenClient) -> None:
    with ScriptedSpeech([answer(200, {"url": "https://x.test/f1?sig=1"})]) as upstream:
        assert client_of(upstream).files.signed_url("f1", expiry_hours=2) == "https://x.test/f1?sig=1"
    assert upstream.requests[0].target == "/v1/files/f1/url?expiry=2"


def test_a_download_starts_anew_after_a_break(client_of: OpenClient) -> None:
    broken = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabcde")
    target = io.BytesIO()
    with ScriptedSpeech([broken, answer(200, b"abcdefghi", OCTETS)]) as upstream:
        assert client_of(upstream).files.download("f1", target) == 9
    assert target.getvalue() == b"abcdefghi"
    assert upstream.requests[0].target == "/v1/files/f1/content"
    assert upstream.requests[0].header("accept") == "application/octet-stream"


def test_a_download_is_bounded(client_of: OpenClient) -> None:
    with (
        ScriptedSpeech([answer(200, b"abcdefghi", OCTETS)]) as upstream,
        pytest.raises(SpeechResponseInvalid),
    ):
        client_of(upstream).files.download("f1", io.BytesIO(), largest_bytes=8)
