from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.fetch.answer import first_byte_of, media_type_of, refusal, total_bytes_of, validator_of
from transcripts.fetch.errors import UrlAnswerInvalidError

NOON, A_MINUTE_LATER = "Sun, 06 Nov 1994 12:00:00 GMT", "Sun, 06 Nov 1994 12:01:00 GMT"


def answer(code: int = 200, /, **headers: str) -> httpx.Response:
    """Header names are written with underscores."""
    return httpx.Response(code, headers={name.replace("_", "-"): text for name, text in headers.items()})


def test_it_works() -> None:
    response = answer(content_type="Audio/MPEG; charset=x", content_length="42", etag='"v1"')
    assert refusal(response) is None
    assert (media_type_of(response), total_bytes_of(response), validator_of(response)) == (
        "audio/mpeg", 42, '"v1"'
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "code", "retryable"),
    [
        (401, "url_forbidden", False), (403, "url_forbidden", False), (451, "url_forbidden", False),
        (404, "url_not_found", False), (410, "url_not_found", False),
        (429, "url_unreachable", True), (500, "url_unreachable", True), (503, "url_unreachable", True),
        (204, "url_answer_invalid", False), (304, "url_answer_invalid", False),
        (400, "url_answer_invalid", False), (416, "url_answer_invalid", False),
    ],
)  # fmt: skip
def test_each_status_has_its_error(status: int, code: str, retryable: bool) -> None:
    error = refusal(answer(status, content_type="text/html"))
    assert error is not None
    assert (error.code, error.retryable, error.detail) == (code, retryable, {"status": status})


@pytest.mark.parametrize("kind", ["text/html", "text/html; charset=utf-8", "application/xhtml+xml"])
def test_a_page_is_no_recording(kind: str) -> None:
    error = refusal(answer(content_type=kind))
    assert error is not None
    assert error.code == "url_is_a_page"
    assert "This address is a web page, not a recording." in error.message


def test_compressed_answers_cannot_be_used() -> None:
    assert isinstance(refusal(answer(content_encoding="gzip")), UrlAnswerInvalidError)
    assert refusal(answer(content_encoding="identity")) is None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"etag": 'W/"weak"'},
        {"etag": "unquoted"},
        {"etag": 'W/"weak"', "last_modified": NOON},
        {"last_modified": NOON, "date": NOON},
        {"last_modified": "yesterday", "date": A_MINUTE_LATER},
    ],
)
def test_what_may_hide_a_change_is_no_validator(headers: dict[str, str]) -> None:
    assert validator_of(answer(**headers)) is None


def test_an_old_enough_date_is_one() -> None:
    assert validator_of(answer(last_modified=NOON, date=A_MINUTE_LATER, etag='W/"weak"')) == NOON


def test_a_part_says_where_it_belongs() -> None:
    part = answer(206, content_range="bytes 5-9/10", content_length="5")
    assert (first_byte_of(part), total_bytes_of(part)) == (5, 10)
    open_end = answer(206, content_range="bytes 5-9/*")
    assert (first_byte_of(open_end), total_bytes_of(open_end)) == (5, None)


@pytest.mark.parametrize("length", ["", "-1", "4.5", "many", "9" * 19])
def test_lengths_that_cannot_be_are_unknown(length: str) -> None:
    assert total_bytes_of(answer(content_length=length)) is None


def test_pieces_of_unknown_number_have_no_length() -> None:
    assert total_bytes_of(answer(content_length="5", transfer_encoding="chunked")) is None


@given(st.text(st.characters(max_codepoint=255), max_size=40))
def test_any_header_is_read_without_a_fault(text: str) -> None:
    raw = [(name, text.encode("latin-1")) for name in (b"content-range", b"etag", b"date", b"last-modified")]
    response = httpx.Response(206, headers=raw)
    assert first_byte_of(response) is None or text.strip().startswith("bytes")
    validator_of(response)
