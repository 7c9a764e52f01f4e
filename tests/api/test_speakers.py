"""Naming voices over REST."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from transcripts.api.schemas import SpeakerOut
from transcripts.models import Speaker, Transcript, User

ApiOf = Callable[[User], Client]


def rename(client: Client, transcript: Transcript, speaker: Speaker, body: object) -> Any:
    url = f"/api/v1/transcripts/{transcript.code}/speakers/{speaker.pk}"
    return client.patch(url, json.dumps(body), content_type="application/json")


def test_it_works(api_of: ApiOf, editor: User, transcript: Transcript) -> None:
    client, speaker = api_of(editor), transcript.speakers.all()[0]
    url = f"/api/v1/transcripts/{transcript.code}"
    etag = client.get(url)["ETag"]
    body = rename(client, transcript, speaker, {"name": " Ada\u202e  Love\nlace "}).json()
    SpeakerOut.model_validate(body)
    assert (body["name"], body["display_name"], body["label"]) == (
        "Ada Love lace", "Ada Love lace", "speaker_1"
    )  # fmt: skip
    changed = client.get(url, headers={"If-None-Match": etag})
    assert changed.json()["speakers"][0]["display_name"] == "Ada Love lace"
    assert rename(client, transcript, speaker, {"name": ""}).json()["display_name"] == "Speaker 1"


def test_wrong_names_and_voices_of_others_are_refused(
    api_of: ApiOf, owner: User, transcript: Transcript
) -> None:
    client, speaker = api_of(owner), transcript.speakers.all()[0]
    for body in ({"name": "x" * 121}, {}, {"name": None}, {"label": "x"}):
        assert rename(client, transcript, speaker, body).status_code == 422
    other = Transcript.objects.create(title="Other", owner=owner)
    assert rename(client, other, speaker, {"name": "x"}).status_code == 404
