"""Sharing over REST."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from transcripts.models import Transcript, User

ApiOf = Callable[[User], Client]


def post(client: Client, transcript: Transcript, body: object) -> Any:
    url = f"/api/v1/transcripts/{transcript.code}/members"
    return client.post(url, json.dumps(body), content_type="application/json")


def test_it_works(api_of: ApiOf, owner: User, stranger: User, transcript: Transcript) -> None:
    client = api_of(owner)
    added = post(client, transcript, {"email": " Sten@Example.ORG ", "role": "editor"})
    assert added.status_code == 201
    assert (added.json()["email"], added.json()["role"]) == ("sten@example.org", "editor")
    assert api_of(stranger).get(f"/api/v1/transcripts/{transcript.code}").json()["role"] == "editor"
    url = f"/api/v1/transcripts/{transcript.code}/members/{added.json()['id']}"
    changed = client.patch(url, '{"role": "viewer"}', content_type="application/json")
    assert changed.json()["role"] == "viewer"
    assert client.delete(url).status_code == 204
    assert api_of(stranger).get(f"/api/v1/transcripts/{transcript.code}").status_code == 404
    assert client.delete(url).status_code == 404


def test_adding_somebody_twice_changes_the_role(
    api_of: ApiOf, owner: User, viewer: User, transcript: Transcript
) -> None:
    client = api_of(owner)
    post(client, transcript, {"email": viewer.email, "role": "editor"})
    members = client.get(f"/api/v1/transcripts/{transcript.code}/members").json()
    assert [(member["email"], member["role"]) for member in members] == [
        ("edgar@example.org", "editor"),
        ("vera@example.org", "editor"),
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"email": "nobody@example.org"}, "person_unknown"),
        ({"email": "olga@example.org"}, "already_owner"),
        ({"email": "vera@example.org", "role": "owner"}, "invalid_request"),
        ({"email": ""}, "invalid_request"),
        ({}, "invalid_request"),
        ({"email": "vera@example.org", "admin": True}, "invalid_request"),
    ],
)
def test_who_cannot_be_added_is_refused(
    api_of: ApiOf, owner: User, transcript: Transcript, body: dict[str, Any], code: str
) -> None:
    answer = post(api_of(owner), transcript, body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)


def test_a_guest_sees_only_their_own_entry(api_of: ApiOf, viewer: User, transcript: Transcript) -> None:
    members = api_of(viewer).get(f"/api/v1/transcripts/{transcript.code}/members").json()
    assert [member["email"] for member in members] == [viewer.email]


def test_a_guest_may_leave(api_of: ApiOf, viewer: User, transcript: Transcript) -> None:
    client, url = api_of(viewer), f"/api/v1/transcripts/{transcript.code}/members"
    assert client.delete(f"{url}/{client.get(url).json()[0]['id']}").status_code == 204
    assert client.get(url).status_code == 404


def test_a_member_of_another_transcript_is_not_found(
    api_of: ApiOf, owner: User, viewer: User, transcript: Transcript
) -> None:
    other = Transcript.objects.create(title="Other", owner=owner)
    member = other.memberships.create(user=viewer)
    url = f"/api/v1/transcripts/{transcript.code}/members/{member.pk}"
    assert api_of(owner).delete(url).status_code == 404
    assert api_of(viewer).delete(url).status_code == 403
    assert other.memberships.count() == 1
