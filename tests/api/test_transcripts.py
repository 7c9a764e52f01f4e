"""The library over REST."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.written import add_segments, nth
from transcripts.api.schemas import Progress, TranscriptDetail, TranscriptPage, WordTables
from transcripts.document.content import DocSegment
from transcripts.models import Job, Segment, Transcript, User

ApiOf = Callable[[User], Client]


def make_many(owner: User, count: int) -> None:
    moment = timezone.now() - timedelta(days=1)
    Transcript.objects.bulk_create(
        Transcript(title=f"Talk {n}", owner=owner, created_at=moment) for n in range(count)
    )


def test_it_works(api_of: ApiOf, owner: User, transcript: Transcript) -> None:
    answer = api_of(owner).get(f"/api/v1/transcripts/{transcript.code}?words=1")
    body = answer.json()
    TranscriptDetail.model_validate(body)
    assert answer.status_code == 200
    assert body["title"] == "Harbour interview"
    assert body["role"] == "owner"
    assert [segment["text"].split()[0] for segment in body["segments"]] == ["The", "And", "Yes,"]
    first = body["segments"][0]["words"]
    assert first[0] == [0, 400, "The"]
    assert first[-1] == [2000, 2400, "morning."]


def test_words_are_left_out_and_never_loaded_unless_asked_for(
    api_of: ApiOf, owner: User, transcript: Transcript
) -> None:
    client = api_of(owner)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        body = client.get(f"/api/v1/transcripts/{transcript.code}").json()
    assert "words" not in body["segments"][0]
    read = [query["sql"] for query in queries if "transcripts_segment" in query["sql"]]
    assert read
    assert not any('"transcripts_segment"."words"' in sql for sql in read)


def test_reading_costs_the_same_number_of_queries_with_more_segments(
    api_of: ApiOf, owner: User, transcript: Transcript
) -> None:
    client = api_of(owner)
    client.get("/api/v1/transcripts")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/api/v1/transcripts/{transcript.code}?words=1")
        return len(queries)

    before = count()
    add_segments(transcript, [DocSegment(f"n{n}", "", n, n + 1, "x") for n in range(50)])
    assert count() == before <= 8


def test_an_unchanged_transcript_is_304_and_a_changed_one_is_not(
    api_of: ApiOf, owner: User, transcript: Transcript
) -> None:
    client, url = api_of(owner), f"/api/v1/transcripts/{transcript.code}"
    etag = client.get(url)["ETag"]
    again = client.get(url, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(url + "?words=1", headers={"If-None-Match": etag}).status_code == 200
    transcript.touch()
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_a_list_pages_through_everything_once(api_of: ApiOf, owner: User) -> None:
    make_many(owner, 23)
    client, seen, cursor = api_of(owner), [], ""
    for _ in range(10):
        page = client.get(f"/api/v1/transcripts?limit=5&cursor={cursor}").json()
        TranscriptPage.model_validate(page)
        seen += [row["title"] for row in page["transcripts"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(f"Talk {n}" for n in range(23))


def test_a_list_costs_the_same_number_of_queries_with_more_rows(api_of: ApiOf, owner: User) -> None:
    client = api_of(owner)
    client.get("/api/v1/transcripts")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/transcripts?limit=200")
        return len(queries)

    make_many(owner, 10)
    before = count()
    make_many(owner, 10)
    assert count() == before <= 4


@pytest.mark.parametrize("cursor", ["x", "!!!!", "MjAyMCAx", "😀", "MjAyNi0wMS0wMVQwMDowMDowMCAx"])
def test_a_foreign_cursor_is_refused(api_of: ApiOf, owner: User, cursor: str) -> None:
    answer = api_of(owner).get("/api/v1/transcripts", {"cursor": cursor})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid_request"


def test_scopes_keep_own_shared_and_trash_apart(
    api_of: ApiOf, owner: User, viewer: User, stranger: User, transcript: Transcript
) -> None:
    def titles(user: User, scope: str) -> list[tuple[str, str]]:
        rows = api_of(user).get("/api/v1/transcripts", {"scope": scope}).json()["transcripts"]
        return [(row["title"], row["role"]) for row in rows]

    assert titles(owner, "mine") == [("Harbour interview", "owner")]
    assert titles(owner, "shared") == titles(owner, "trash") == titles(stranger, "shared") == []
    assert titles(viewer, "shared") == [("Harbour interview", "viewer")]
    assert titles(viewer, "mine") == []
    transcript.move_to_trash()
    assert titles(owner, "mine") == titles(viewer, "shared") == titles(viewer, "trash") == []
    assert titles(owner, "trash") == [("Harbour interview", "owner")]


def test_search_and_state_narrow_the_list(api_of: ApiOf, owner: User, transcript: Transcript) -> None:
    make_many(owner, 3)
    client = api_of(owner)
    found = client.get("/api/v1/transcripts", {"q": "interVIEW harb"}).json()["transcripts"]
    assert [row["code"] for row in found] == [transcript.code]
    assert len(client.get("/api/v1/transcripts", {"state": "queued"}).json()["transcripts"]) == 3
    assert client.get("/api/v1/transcripts", {"state": "odd"}).status_code == 422


def test_trash_is_undone_by_restore(api_of: ApiOf, owner: User, viewer: User, transcript: Transcript) -> None:
    url = f"/api/v1/transcripts/{transcript.code}"
    client = api_of(owner)
    assert client.delete(url).json()["trashed_at"]
    assert client.delete(url).status_code == 200
    assert api_of(viewer).get(url).status_code == 404
    assert client.post(url + "/restore").json()["trashed_at"] is None
    assert api_of(viewer).get(url).status_code == 200


def test_a_title_is_changed_and_an_empty_or_misspelt_one_is_refused(
    api_of: ApiOf, editor: User, transcript: Transcript
) -> None:
    client, url = api_of(editor), f"/api/v1/transcripts/{transcript.code}"

    def patch(body: object) -> int:
        return client.patch(url, json.dumps(body), content_type="application/json").status_code

    assert patch({"title": "  New name "}) == 200
    transcript.refresh_from_db()
    assert transcript.title == "New name"
    assert transcript.version == 4
    wrongs: tuple[object, ...] = (
        {"title": "   "},
        {"titel": "x"},
        {},
        [],
        "x",
        {"title": "x" * 301},
        {"title": None},
    )
    for wrong in wrongs:
        assert patch(wrong) == 422
    assert client.patch(url, "{", content_type="application/json").status_code in {400, 422}


def test_progress_tells_about_the_latest_job(api_of: ApiOf, owner: User, transcript: Transcript) -> None:
    client, url = api_of(owner), f"/api/v1/transcripts/{transcript.code}/progress"
    assert client.get(url).json()["job"] is None
    Job.objects.create(transcript=transcript, state=Job.State.FAILED, error_code="e", error_message="Sorry.")
    answer = client.get(url)
    Progress.model_validate(answer.json())
    assert answer.json()["job"]["error"] == {"code": "e", "message": "Sorry."}
    assert client.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_words_come_in_their_stored_form_for_a_stretch(
    api_of: ApiOf, owner: User, transcript: Transcript
) -> None:
    client, url = api_of(owner), f"/api/v1/transcripts/{transcript.code}/words"
    everything = client.get(url).json()
    WordTables.model_validate(everything)
    assert len(everything["segments"]) == 3
    middle = client.get(url, {"from_ms": 2500, "to_ms": 4300}).json()["segments"]
    second = nth(transcript, 1)
    assert middle == {second.key: json.loads(second.words)}
    assert client.get(url, {"from_ms": "x"}).status_code == 422


def test_text_that_looks_like_markup_stays_text(api_of: ApiOf, owner: User, transcript: Transcript) -> None:
    Segment.objects.filter(transcript=transcript, key="line0").update(
        text="</script><b>\u2028", words='[[0,1,"\\"<"]]'
    )
    answer = api_of(owner).get(f"/api/v1/transcripts/{transcript.code}?words=1")
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["segments"][0]["text"] == "</script><b>\u2028"
    assert answer.json()["segments"][0]["words"] == [[0, 1, '"<']]
