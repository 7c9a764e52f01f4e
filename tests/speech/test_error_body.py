from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.speech.error_body import LONGEST_MESSAGE_CHARACTERS, Complaint, read_complaint

JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["message", "detail", "error", "loc", "msg", "type", "code", "param", "x"]), inner
        ),
    ),
)


def read(body: object) -> Complaint:
    return read_complaint(json.dumps(body).encode())


def test_it_works() -> None:
    body = {
        "object": "error",
        "message": "Rate limit exceeded",
        "type": "rate_limited",
        "param": None,
        "code": "1300",
        "raw_status_code": 429,
    }
    assert read(body) == Complaint("Rate limit exceeded", "rate_limited", "1300", 429)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"3", b'{"message":7}', b"[" * 100_000])
def test_a_body_that_says_nothing_is_an_empty_complaint(body: bytes) -> None:
    assert read_complaint(body).kind == ""
    assert len(read_complaint(body).message) <= LONGEST_MESSAGE_CHARACTERS


def test_validation_lists_are_read() -> None:
    body = {"detail": [{"type": "missing", "loc": ["body", "model"], "msg": "Field required", "input": None}]}
    assert read(body) == Complaint("body.model: Field required", places=("body", "model"))


def test_a_message_may_hold_the_validation_list() -> None:
    body = {"object": "error", "message": {"detail": [{"loc": ["body", "language"], "msg": "Bad"}]}}
    assert read(body).places == ("body", "language")
    assert read(body).message == "body.language: Bad"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"detail": "Unauthorized"}, "Unauthorized"),
        ({"message": "No route"}, "No route"),
        ({"error": "Unauthorized"}, "Unauthorized"),
        ({"error": {"message": "Nope", "type": "t", "code": 400}}, "Nope"),
        ("just text", "just text"),
    ],
)
def test_gateways_have_their_own_shapes(body: object, message: str) -> None:
    assert read(body).message == message


def test_pages_of_proxies_are_shortened_to_their_title() -> None:
    page = b"<html><head><title>502 Bad\n Gateway</title></head><body>" + b"x" * 9999
    assert read_complaint(page).message == "502 Bad Gateway"


def test_long_messages_are_cut() -> None:
    assert len(read({"message": "word " * 1000}).message) == LONGEST_MESSAGE_CHARACTERS


def test_spaces_and_underscores_are_the_same_when_looking_for_a_field() -> None:
    assert read({"message": "Context bias item 'a b' must not contain whitespace"}).mentions("context_bias")
    assert read({"message": "Bad", "param": "context_bias"}).mentions("context bias")
    assert not read({"message": "Bad", "param": "language"}).mentions("language", "timestamp")


@given(JSON)
def test_no_json_breaks_it(body: object) -> None:
    assert len(read(body).message) <= LONGEST_MESSAGE_CHARACTERS


@given(st.binary(max_size=60))
def test_no_bytes_break_it(body: bytes) -> None:
    assert read_complaint(body).message.isprintable() or read_complaint(body).message
