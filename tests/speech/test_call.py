from __future__ import annotations

from collections.abc import Iterable

import httpx
import pytest

from transcripts.speech.call import Reply, request_id_in, within_bytes, within_seconds
from transcripts.speech.errors import SpeechResponseInvalid, SpeechTimeout


def reply(*chunks: bytes, headers: dict[str, str] | None = None) -> Reply:
    return Reply(200, httpx.Headers(headers or {}), iter(chunks), bytes)


def test_it_works() -> None:
    found = reply(b'{"a":', b"1}", headers={"Content-Type": "Application/JSON; charset=utf-8"})
    assert found.media_type == "application/json"
    assert found.json_object() == {"a": 1}


@pytest.mark.parametrize("chunks", [[], [b"<html>"], [b"[1]"], [b"\xff"], [b"[" * 100_000]])
def test_what_is_no_object_is_an_invalid_answer(chunks: Iterable[bytes]) -> None:
    with pytest.raises(SpeechResponseInvalid):
        reply(*chunks).json_object()


def test_an_endless_answer_is_refused() -> None:
    with pytest.raises(SpeechResponseInvalid):
        reply(*[b" " * 100] * 11).json_object(largest_bytes=1000)


def test_an_answer_of_exactly_the_limit_is_taken() -> None:
    assert list(within_bytes(iter([b"12", b"34"]), 4)) == [b"12", b"34"]


def test_a_trickle_ends() -> None:
    chunks = within_seconds(iter([b"1", b"2"]), -1.0)
    with pytest.raises(SpeechTimeout):
        next(chunks)


def test_the_number_of_a_call_is_found_in_several_headers() -> None:
    assert request_id_in(httpx.Headers({"Mistral-Correlation-Id": "c1"})) == "c1"
    assert request_id_in(httpx.Headers({"x-request-id": "r" * 999})) == "r" * 200
    assert request_id_in(httpx.Headers({})) is None
