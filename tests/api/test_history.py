"""The history over REST."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.actions.history.written_history import rewrite, text_of, write
from transcripts.actions.edit.read import doc_of, version_of
from transcripts.api.history_schemas import ComparisonOut, HistoryPage, PassagePage, RestoreOut, VersionOut
from transcripts.document.content import DocVoice
from transcripts.models import Revision, StepBatch, Transcript, User

ApiOf = Callable[[User], Client]


def send(client: Client, method: str, transcript: Transcript, path: str, body: object = None) -> Any:
    url = f"/api/v1/transcripts/{transcript.code}/{path}"
    data = "" if body is None else json.dumps(body)
    return client.generic(method, url, data, content_type="application/json")


def read(client: Client, transcript: Transcript, path: str) -> Any:
    answer = send(client, "GET", transcript, path)
    assert answer.status_code == 200, answer.content
    return answer.json()


def long_ago(transcript: Transcript, minutes: int) -> None:
    """Move everything so far into the past."""
    batches = StepBatch.objects.filter(doc__transcript=transcript)
    batches.update(created_at=F("created_at") - timedelta(minutes=minutes))


def test_it_works(client: Client, transcript: Transcript, owner: User, editor: User) -> None:
    long_ago(transcript, 60)
    begin = version_of(transcript)
    rewrite(transcript, editor, "line1", "And then a bell rang?")
    long_ago(transcript, 5)
    rewrite(transcript, owner, "line0", "The harbour was silent.")
    rewrite(transcript, owner, "line2", "Yes, and all ran.")
    history = read(client, transcript, "history")
    HistoryPage.model_validate(history)
    assert [change["title"] for change in history["changes"]] == [
        "Olga Owner corrected 2 passages", "Edgar Editor corrected 1 passage", "New transcription",
    ]  # fmt: skip
    assert history["changes"][0]["segments"] == ["line2", "line0"]
    assert history["next_cursor"] is None
    named = send(client, "POST", transcript, "versions", {"name": "  Before\nOlga ", "version": begin}).json()
    VersionOut.model_validate(named)
    assert (named["name"], named["version"], named["author"]["name"]) == ("Before Olga", begin, "Olga Owner")
    compared = read(client, transcript, f"compare?a={begin}")
    ComparisonOut.model_validate(compared)
    assert [row["left"][0]["id"] for row in compared["rows"]] == ["line0", "line1", "line2"]
    restored = send(client, "POST", transcript, "history/restore", {"version": begin}).json()
    RestoreOut.model_validate(restored)
    assert read(client, transcript, f"compare?a={begin}")["rows"] == []
    newest = read(client, transcript, "history")["changes"][0]
    assert (newest["title"], newest["to_version"]) == ("Olga Owner restored Before Olga", restored["version"])
    send(client, "POST", transcript, "history/restore", {"version": restored["before"]})
    assert read(client, transcript, f"compare?a={restored['before']}")["rows"] == []


def test_an_undo_does_not_take_along_what_others_did(
    client: Client, transcript: Transcript, owner: User, editor: User
) -> None:
    begin = version_of(transcript)
    rewrite(transcript, owner, "line1", "Mine")
    done = send(client, "POST", transcript, "history/restore", {"version": begin}).json()
    undo = {"version": done["before"], "only_at": done["version"]}
    assert send(client, "POST", transcript, "history/restore", undo).status_code == 200
    rewrite(transcript, editor, "line2", "Theirs")
    refused = send(client, "POST", transcript, "history/restore", undo)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "text_changed")


def test_by_person_and_by_passage(
    client: Client, transcript: Transcript, owner: User, editor: User, stranger: User
) -> None:
    rewrite(transcript, editor, "line1", "One")
    rewrite(transcript, owner, "line0", "Two")
    for query, titles in {
        f"?person={editor.pk}": ["Edgar Editor corrected 1 passage"],
        f"?person={stranger.pk}": [],
        "?segment=line0": ["Olga Owner corrected 1 passage", "New transcription"],
        "?segment=line": [],
        f"?segment=line1&person={owner.pk}": [],
    }.items():
        found = read(client, transcript, f"history{query}")
        assert [change["title"] for change in found["changes"]] == titles, query


def test_one_passage_through_time(client: Client, transcript: Transcript, owner: User, editor: User) -> None:
    rewrite(transcript, editor, "line1", "First")
    rewrite(transcript, owner, "line0", "Elsewhere")
    first = version_of(transcript)
    long_ago(transcript, 5)
    rewrite(transcript, owner, "line1", "Second")
    long_ago(transcript, 5)
    voices, segments = text_of(transcript)
    write(transcript, owner, [segments[0], segments[2]], voices)
    told = read(client, transcript, "history/segments/line1")
    PassagePage.model_validate(told)
    assert [(text["person"] or {}).get("name") for text in told["texts"]] == [
        "Olga Owner", "Olga Owner", "Edgar Editor", None,
    ]  # fmt: skip
    texts = [text["segment"] and text["segment"]["text"] for text in told["texts"]]
    assert texts == [None, "Second", "First", "And then the bell rang?"]
    body = {"version": first, "segment": "line1"}
    assert send(client, "POST", transcript, "history/restore", body).status_code == 200
    assert [part.text for part in text_of(transcript)[1]][1] == "First"
    assert read(client, transcript, "history/segments/unknown") == {"texts": [], "next_cursor": None}


def test_names_come_and_go(client: Client, transcript: Transcript) -> None:
    body = {"name": "Draft"}
    made = send(client, "POST", transcript, "versions", body).json()
    assert made["version"] == version_of(transcript)
    assert send(client, "POST", transcript, "versions", body).json()["id"] == made["id"]
    path = f"versions/{made['id']}"
    renamed = send(client, "PATCH", transcript, path, {"name": "Final"}).json()
    assert renamed["name"] == "Final"
    assert send(client, "DELETE", transcript, path).status_code == 204
    assert read(client, transcript, "versions") == []
    assert send(client, "DELETE", transcript, path).status_code == 404
    again = send(client, "POST", transcript, "versions", {"name": "Final", "version": made["version"]}).json()
    assert again["id"] == made["id"]
    for bad in ({"name": " \n"}, {"name": ""}):
        assert send(client, "PATCH", transcript, path, bad).json()["error"]["code"] == "version_name_missing"


def test_the_document_of_a_version(client: Client, transcript: Transcript, owner: User) -> None:
    version = version_of(transcript)
    rewrite(transcript, owner, "line1", "Other")
    answer = send(client, "GET", transcript, f"versions/{version}/document")
    body = answer.json()
    assert (body["version"], body["schema"]) == (version, 1)
    assert "And then the bell rang?" in answer.content.decode()
    headers = {"If-None-Match": answer["ETag"]}
    url = f"/api/v1/transcripts/{transcript.code}/versions/{version}/document"
    assert client.get(url, headers=headers).status_code == 304


def test_names_of_voices_are_compared(client: Client, transcript: Transcript, owner: User) -> None:
    version = version_of(transcript)
    _, segments = text_of(transcript)
    write(transcript, owner, segments, [DocVoice("speaker_1", "Ada"), DocVoice("speaker_2"), DocVoice("x")])
    found = read(client, transcript, f"compare?a={version}")
    assert found["voices"] == [["Speaker 1", "Ada"], ["", "Speaker 3"]]
    assert (found["rows"], found["changed"]) == ([], 0)
    whole = read(client, transcript, f"compare?a={version}&everything=1")
    assert [row["state"] for row in whole["rows"]] == ["same"] * 3


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "history?cursor=-1", None, 422, "invalid_request"),
        ("GET", "history?cursor=99999999999999999999", None, 422, "invalid_request"),
        ("GET", "compare?a=999999", None, 404, "version_unknown"),
        ("GET", "compare", None, 422, "invalid_request"),
        ("GET", "versions/999999/document", None, 404, "version_unknown"),
        ("GET", "versions/99999999999999999999/document", None, 404, "version_unknown"),
        ("POST", "history/restore", {"version": 999999}, 404, "version_unknown"),
        ("POST", "history/restore", {"version": 1, "segment": "x"}, 404, "segment_gone"),
        ("POST", "history/restore", {}, 422, "invalid_request"),
        ("POST", "history/restore", {"version": 0, "everything": True}, 422, "invalid_request"),
        ("POST", "versions", {"name": "x", "version": 999999}, 404, "version_unknown"),
        ("POST", "versions", {"name": "\u202e"}, 422, "version_name_missing"),
        ("PATCH", "versions/999", {"name": "x"}, 404, "not_found"),
    ],
)
def test_rubbish_is_refused(
    client: Client, transcript: Transcript, method: str, path: str, body: object, status: int, code: str
) -> None:
    answer = send(client, method, transcript, path, body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_a_transcript_without_text_has_no_history(client: Client, owner: User) -> None:
    empty = Transcript.objects.create(title="Empty", owner=owner)
    assert read(client, empty, "history") == {"changes": [], "next_cursor": None}
    assert read(client, empty, "compare?a=0")["rows"] == []
    assert send(client, "POST", empty, "history/restore", {"version": 0}).status_code == 200


def test_a_version_of_somebody_else_cannot_be_changed(client: Client, api_of: ApiOf, stranger: User) -> None:
    foreign = Transcript.objects.create(title="Foreign", owner=stranger)
    point = Revision.objects.create(transcript=foreign, version=0, name="Theirs")
    own = Transcript.objects.create(title="Own", owner=User.objects.get(name="Olga Owner"))
    assert send(client, "PATCH", own, f"versions/{point.pk}", {"name": "Mine"}).status_code == 404
    point.refresh_from_db()
    assert point.name == "Theirs"


def many_batches(transcript: Transcript, owner: User, count: int) -> None:
    """Typing of many hours: rows as they are stored, of which only who, when and where are read."""
    doc = doc_of(transcript)
    now = timezone.now()
    StepBatch.objects.bulk_create(
        StepBatch(
            doc=doc,
            v=doc.version + number,
            n=1,
            user=owner,
            steps="[]",
            keys=json.dumps([f"line{number % 3}"]),
            created_at=now + timedelta(seconds=number),
        )
        for number in range(count)
    )
    doc.version += count
    doc.save()


def test_a_long_history_costs_no_more_than_a_short_one(
    client: Client,
    transcript: Transcript,
    owner: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    many_batches(transcript, owner, 20_000)
    cursor, titles, pages = "", [], 0
    while True:
        with django_assert_max_num_queries(16):
            page = read(client, transcript, f"history{cursor}")
        titles += [change["title"] for change in page["changes"]]
        pages += 1
        if page["next_cursor"] is None:
            break
        cursor = f"?cursor={page['next_cursor']}"
    assert len(titles) in range(33, 42)
    assert titles[-1] == "New transcription"
    assert pages == 4
    with django_assert_max_num_queries(16):
        assert read(client, transcript, f"history?person={owner.pk}&segment=line1")["changes"]
