"""Naming voices over REST."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from transcripts.api.schemas import SpeakerOut
from transcripts.models import Speaker, Transcript, User

ApiOf = Callable[[User], Client]


def post(client: Client, transcript: Transcript, path: str, body: object) -> Any:
    url = f"/api/v1/transcripts/{transcript.code}/speakers{path}"
    return client.post(url, json.dumps(body), content_type="application/json")


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
    for body in ({"name": "x" * 121}, {}, {"name": None}, {"label": "x"}, {"hue": 9}, {"hue": None}):
        assert rename(client, transcript, speaker, body).status_code == 422
    other = Transcript.objects.create(title="Other", owner=owner)
    assert rename(client, other, speaker, {"name": "x"}).status_code == 404


def test_a_speaker_is_added_coloured_and_merged(api_of: ApiOf, editor: User, transcript: Transcript) -> None:
    client, (first, second) = api_of(editor), transcript.speakers.all()
    added = post(client, transcript, "", {"name": "Mary"})
    SpeakerOut.model_validate(added.json())
    assert (added.status_code, added.json()["display_name"]) == (201, "Mary")
    assert rename(client, transcript, second, {"hue": 6}).json()["colour"] == 6
    merged = post(client, transcript, f"/{first.pk}/merge", {"into": second.pk})
    assert (merged.json()["id"], merged.json()["colour"]) == (second.pk, 6)
    assert set(transcript.segments.values_list("speaker", flat=True)) == {second.pk}
    assert post(client, transcript, f"/{first.pk}/merge", {"into": second.pk}).status_code == 404
    assert post(client, transcript, f"/{second.pk}/merge", {"into": first.pk}).status_code == 404
    itself = post(client, transcript, f"/{second.pk}/merge", {"into": second.pk})
    assert (itself.status_code, itself.json()["error"]["code"]) == (422, "speaker_into_itself")
    for body in ({}, {"into": "x"}, {"into": -1}):
        assert post(client, transcript, f"/{second.pk}/merge", body).status_code == 422


def test_a_speaker_of_another_transcript_is_no_target(
    api_of: ApiOf, owner: User, transcript: Transcript
) -> None:
    client, mine = api_of(owner), transcript.speakers.all()[0]
    other = Transcript.objects.create(title="Other", owner=owner)
    theirs = Speaker.objects.create(transcript=other, label="speaker_1")
    assert post(client, transcript, f"/{mine.pk}/merge", {"into": theirs.pk}).status_code == 404


def test_names_come_from_transcripts_that_one_may_read(
    api_of: ApiOf, editor: User, stranger: User, transcript: Transcript
) -> None:
    Speaker.objects.filter(transcript=transcript).update(name="Ada Lovelace")
    assert api_of(editor).get("/api/v1/names?q=love").json() == {"names": ["Ada Lovelace"]}
    assert api_of(editor).get("/api/v1/names").json() == {"names": ["Ada Lovelace"]}
    assert api_of(editor).get("/api/v1/names?q=grace").json() == {"names": []}
    assert api_of(stranger).get("/api/v1/names").json() == {"names": []}
    transcript.move_to_trash()
    assert api_of(editor).get("/api/v1/names").json() == {"names": []}
    assert api_of(editor).get("/api/v1/names?q=" + "x" * 121).status_code == 422
