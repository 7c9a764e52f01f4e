"""Marks over REST."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from transcripts.api.schemas import MarkOut
from transcripts.models import Transcript, User

ApiOf = Callable[[User], Client]


def send(client: Client, method: str, transcript: Transcript, key: str, body: object = None) -> Any:
    url = f"/api/v1/transcripts/{transcript.code}/marks{'/' if key else ''}{key}"
    data = "" if body is None else json.dumps(body)
    return client.generic(method, url, data, content_type="application/json")


def test_it_works(api_of: ApiOf, editor: User, transcript: Transcript) -> None:
    client = api_of(editor)
    made = send(client, "POST", transcript, "", {"at_ms": 1500, "note": "Important", "key": "abc-1"}).json()
    MarkOut.model_validate(made)
    assert (made["key"], made["at_ms"], made["note"], made["author"]) == (
        "abc-1", 1500, "Important", "Edgar Editor",
    )  # fmt: skip
    assert send(client, "PATCH", transcript, "abc-1", {"note": "Very"}).json()["note"] == "Very"
    whole = client.get(f"/api/v1/transcripts/{transcript.code}").json()["marks"]
    assert [mark["note"] for mark in whole] == ["Very"]
    assert send(client, "GET", transcript, "").json() == whole
    for _ in range(2):
        assert send(client, "DELETE", transcript, "abc-1").status_code == 204
    assert send(client, "GET", transcript, "").json() == []
    assert send(client, "PATCH", transcript, "abc-1", {"note": "Gone"}).status_code == 404
    send(client, "POST", transcript, "", {"at_ms": 1500, "key": "abc-1", "note": "Back"})
    assert [mark["note"] for mark in send(client, "GET", transcript, "").json()] == ["Back"]


def test_a_key_is_made_where_none_is_sent(client: Client, transcript: Transcript) -> None:
    keys = {send(client, "POST", transcript, "", {"at_ms": at_ms}).json()["key"] for at_ms in (5, 1)}
    assert len(keys) == 2
    assert [mark["at_ms"] for mark in send(client, "GET", transcript, "").json()] == [1, 5]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid_request"),
        ({"at_ms": -1}, "invalid_request"),
        ({"at_ms": True}, "invalid_request"),
        ({"at_ms": 1, "colour": "red"}, "invalid_request"),
        ({"at_ms": 10**12}, "mark_invalid"),
        ({"at_ms": 1, "key": "not a key"}, "mark_invalid"),
    ],
)
def test_rubbish_is_refused(client: Client, transcript: Transcript, body: object, code: str) -> None:
    refused = send(client, "POST", transcript, "", body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, code)


def test_long_notes_and_unknown_marks(client: Client, transcript: Transcript) -> None:
    assert send(client, "POST", transcript, "", {"at_ms": 1, "note": "x" * 4001}).status_code == 413
    assert send(client, "PATCH", transcript, "unknown", {"note": "x"}).status_code == 404
    assert send(client, "DELETE", transcript, "unknown").status_code == 404
