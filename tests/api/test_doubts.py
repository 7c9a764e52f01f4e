"""What may be wrong is shown until somebody corrects or confirms it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from transcripts.actions.doubts import MOST_SPOTS
from transcripts.models import HeardSegment, Hearing, Segment, Transcript
from transcripts.timing.words import decode, encode

pytestmark = pytest.mark.django_db


@pytest.fixture
def doubted(transcript: Transcript) -> Transcript:
    """A transcript as the machine heard it; it doubts the first word of every segment."""
    hearing = Hearing.objects.create(transcript=transcript)
    for row in transcript.segments.all():
        first = decode(row.words, row.start_ms)[0]
        HeardSegment.objects.create(
            hearing=hearing, key=row.key, order=row.order, start_ms=row.start_ms, end_ms=row.end_ms,
            text=row.text, words=row.words, doubts=[[first.start_ms, first.end_ms, "unsure"]],
        )  # fmt: skip
    return transcript


def doubts(client: Client, transcript: Transcript) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/transcripts/{transcript.code}/doubts").json()
    return found


def confirm(client: Client, transcript: Transcript, body: Any) -> Any:
    url = f"/api/v1/transcripts/{transcript.code}/doubts/checked"
    return client.post(url, json.dumps(body), content_type="application/json")


def test_it_works(client: Client, doubted: Transcript) -> None:
    found = doubts(client, doubted)
    assert [doubt[0] for doubt in found["doubts"]] == [row.start_ms for row in doubted.segments.all()]
    assert {doubt[2] for doubt in found["doubts"]} == {"unsure"}
    assert found["checked"] == []


def test_a_confirmed_word_is_no_doubt_for_anybody(client: Client, doubted: Transcript) -> None:
    first, *others = doubts(client, doubted)["doubts"]
    for _ in range(2):
        assert confirm(client, doubted, {"spots": [first[:2]]}).status_code == 200
    assert doubts(client, doubted) == {"doubts": others, "checked": [first]}
    heard = HeardSegment.objects.order_by("pk")[0]
    assert confirm(client, doubted, {"spots": [first[:2]], "right": False}).json() == {"changed": 1}
    assert doubts(client, doubted)["doubts"] == [first, *others]
    assert decode(heard.words, heard.start_ms)


def test_a_word_that_somebody_changed_is_no_doubt(client: Client, doubted: Transcript) -> None:
    row = Segment.objects.filter(transcript=doubted)[0]
    words = decode(row.words, row.start_ms)
    row.words = encode([words[0]._replace(text="Changed"), *words[1:]], row.start_ms)
    row.save()
    assert row.start_ms not in [doubt[0] for doubt in doubts(client, doubted)["doubts"]]


def test_a_word_that_moved_to_another_segment_still_is_one(client: Client, doubted: Transcript) -> None:
    before = doubts(client, doubted)
    for row in Segment.objects.filter(transcript=doubted):
        row.key = f"other-{row.order}"
        row.save()
    assert doubts(client, doubted) == before


def test_nothing_is_doubted_where_nothing_was_heard(client: Client, transcript: Transcript) -> None:
    assert doubts(client, transcript) == {"doubts": [], "checked": []}
    assert confirm(client, transcript, {"spots": [[0, 400]]}).json() == {"changed": 0}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"spots": [[0]]},
        {"spots": [[-1, 5]]},
        {"spots": [["0", "5"]]},
        {"spots": [[0, 10**12]]},
        {"spots": [[0, 5]] * (MOST_SPOTS + 1)},
        {"spots": [], "colour": "red"},
    ],
)
def test_rubbish_is_refused(client: Client, doubted: Transcript, body: Any) -> None:
    refused = confirm(client, doubted, body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid_request")
