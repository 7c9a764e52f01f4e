"""Correcting text over REST."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.written import nth
from transcripts.api.schemas import SegmentOut
from transcripts.models import Segment, Transcript


def send(client: Client, method: str, transcript: Transcript, path: str, body: object) -> Any:
    url = f"/api/v1/transcripts/{transcript.code}/segments/{path}"
    return client.generic(method, url, json.dumps(body), content_type="application/json")


@pytest.fixture
def segment(transcript: Transcript) -> Segment:
    return nth(transcript, 1)


def test_it_works(client: Client, transcript: Transcript, segment: Segment) -> None:
    page = client.get(f"/api/v1/transcripts/{transcript.code}")
    body = send(
        client, "PATCH", transcript, segment.key, {"base_rev": 1, "text": " And then it rang? "}
    ).json()
    SegmentOut.model_validate(body)
    assert (body["id"], body["rev"], body["text"], body["edited"]) == (
        segment.key,
        2,
        "And then it rang?",
        True,
    )
    assert [word[2] for word in body["words"]] == ["And", "then", "it", "rang?"]
    etag = {"If-None-Match": page["ETag"]}
    changed = client.get(f"/api/v1/transcripts/{transcript.code}", headers=etag).json()
    assert [row["edited"] for row in changed["segments"]] == [False, True, False]


def test_a_conflict_shows_what_is_there_now(client: Client, transcript: Transcript, segment: Segment) -> None:
    send(client, "PATCH", transcript, segment.key, {"base_rev": 1, "text": "First"})
    refused = send(client, "PATCH", transcript, segment.key, {"base_rev": 1, "text": "Second"})
    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (409, "segment_changed")
    SegmentOut.model_validate(error["detail"]["segment"])
    assert (error["detail"]["segment"]["text"], error["detail"]["segment"]["rev"]) == ("First", 2)


@pytest.mark.parametrize(
    "body",
    [{}, {"text": "x"}, {"base_rev": 1}, {"base_rev": 0, "text": "x"}, {"base_rev": 1, "text": None},
     {"base_rev": 1, "text": "x", "voice": 1}, {"base_rev": 1, "speaker": "speaker_1"},
     {"base_rev": 1, "start_ms": None}, {"base_rev": 1, "start_ms": -1}, {"base_rev": 1, "end_ms": 2**53},
     {"base_rev": 1, "speaker": 2**70}],
)  # fmt: skip
def test_incomplete_changes_are_refused(
    client: Client, transcript: Transcript, segment: Segment, body: dict[str, object]
) -> None:
    assert send(client, "PATCH", transcript, segment.key, body).status_code == 422


def test_speaker_and_times_are_changed_together(
    client: Client, transcript: Transcript, segment: Segment
) -> None:
    somebody = transcript.speakers.all()[0]
    change = {"base_rev": 1, "speaker": somebody.pk, "start_ms": 2500, "end_ms": 4300}
    for _ in range(2):
        body = send(client, "PATCH", transcript, segment.key, change).json()
        assert (body["speaker"], body["start_ms"], body["end_ms"], body["rev"]) == (
            somebody.pk, 2500, 4300, 2,
        )  # fmt: skip
    assert (body["text"], body["held"]) == (segment.text, True)
    assert send(client, "PATCH", transcript, segment.key, {"base_rev": 2, "speaker": None}).json()["rev"] == 3
    assert nth(transcript, 1).speaker is None
    wrong = send(client, "PATCH", transcript, segment.key, {"base_rev": 3, "speaker": 0})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "speaker_unknown")
    early = send(client, "PATCH", transcript, segment.key, {"base_rev": 3, "end_ms": 100})
    assert (early.status_code, early.json()["error"]["code"]) == (422, "segment_times")
    assert early.json()["error"]["detail"]["latest_end_ms"] == 7000


def test_split_and_merge(client: Client, transcript: Transcript, segment: Segment) -> None:
    split = send(
        client, "POST", transcript, f"{segment.key}/split", {"base_rev": 1, "at": 8, "speaker": None}
    )
    first, second = split.json()["segments"]
    SegmentOut.model_validate(first)
    assert (first["id"], first["text"], second["text"]) == (segment.key, "And then", "the bell rang?")
    assert (first["speaker"], second["speaker"]) == (segment.speaker_id, None)
    again = send(client, "POST", transcript, f"{segment.key}/split", {"base_rev": 1, "at": 8})
    assert (again.status_code, again.json()["error"]["detail"]["segment"]["rev"]) == (409, first["rev"])
    for body in ({"base_rev": first["rev"]}, {"base_rev": first["rev"], "at": "x"}, {"at": 3}):
        assert send(client, "POST", transcript, f"{segment.key}/split", body).status_code == 422
    at_end = send(client, "POST", transcript, f"{segment.key}/split", {"base_rev": first["rev"], "at": 8})
    assert (at_end.status_code, at_end.json()["error"]["code"]) == (422, "split_place")
    merged = send(client, "POST", transcript, f"{segment.key}/merge", {"base_rev": first["rev"]}).json()
    SegmentOut.model_validate(merged)
    assert (merged["text"], merged["speaker"]) == (segment.text, segment.speaker_id)
    stale = send(client, "POST", transcript, f"{segment.key}/merge", {"base_rev": 1})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "segment_changed")
    last = nth(transcript, 2)
    none = send(client, "POST", transcript, f"{last.key}/merge", {"base_rev": 1})
    assert (none.status_code, none.json()["error"]["code"]) == (422, "segment_is_last")
    gone = send(client, "POST", transcript, "nothere/merge", {"base_rev": 1})
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "segment_gone")


def test_text_that_cannot_be_saved(client: Client, transcript: Transcript, segment: Segment) -> None:
    gone = send(client, "PATCH", transcript, "nothere", {"base_rev": 1, "text": "x"})
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "segment_gone")
    long = send(client, "PATCH", transcript, segment.key, {"base_rev": 1, "text": "x" * 20_001})
    assert (long.status_code, long.json()["error"]["code"]) == (413, "segment_text_too_long")
