"""Choosing between a person's and the machine's words over REST."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.written import nth
from transcripts.api.schemas import SegmentOut
from transcripts.models import OtherReading, Transcript


def choose(client: Client, reading: OtherReading, action: str, *, key: str | None = None) -> Any:
    url = f"/api/v1/transcripts/{reading.transcript.code}/segments/{key or reading.key}/readings/{reading.pk}"
    return client.post(url, json.dumps({"action": action}), content_type="application/json")


@pytest.fixture
def reading(transcript: Transcript) -> OtherReading:
    return OtherReading.objects.create(
        transcript=transcript, key=nth(transcript, 1).key, offset=13, mine="bell", text="belt", start_ms=3440,
        end_ms=3760,
    )  # fmt: skip


def test_it_works(client: Client, transcript: Transcript, reading: OtherReading) -> None:
    shown = client.get(f"/api/v1/transcripts/{transcript.code}").json()["segments"]
    assert [len(row["other_readings"]) for row in shown] == [0, 1, 0]
    assert shown[1]["other_readings"][0] == {
        "id": reading.pk, "start_ms": 3440, "end_ms": 3760, "text": "belt", "mine": "bell", "offset": 13,
    }  # fmt: skip
    used = choose(client, reading, "use").json()
    SegmentOut.model_validate(used)
    assert (used["text"], used["rev"]) == ("And then the belt rang?", 2)
    assert used["other_readings"][0]["text"] == "bell"
    hidden = choose(client, reading, "hide").json()
    assert (hidden["text"], hidden["other_readings"]) == ("And then the belt rang?", [])
    assert len(choose(client, reading, "show").json()["other_readings"]) == 1
    assert choose(client, reading, "use").json()["text"] == "And then the bell rang?"
    assert choose(client, reading, "both").json()["text"] == "And then the bell belt rang?"


def test_readings_of_other_segments_and_wrong_choices_are_refused(
    client: Client, transcript: Transcript, reading: OtherReading
) -> None:
    assert choose(client, reading, "use", key=nth(transcript, 0).key).status_code == 404
    assert choose(client, reading, "eat").status_code == 422


def test_a_place_that_has_gone_is_told(client: Client, reading: OtherReading) -> None:
    OtherReading.objects.update(mine="whistle")
    refused = choose(client, reading, "use")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "reading_place_gone")
