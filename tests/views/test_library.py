"""The lists: what they show, to whom, and at what cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from transcripts.models import Job, JobPart, Membership, Recording, Speaker, Transcript, User

SignIn = Callable[[User], Client]
MOST_QUERIES = 12


def add(owner: User, number: int, *, member: User | None = None) -> None:
    """Rows with everything a row may show: recording, speakers, a running job with parts."""
    for n in range(number):
        item = Transcript.objects.create(title=f"Meeting {n}", owner=owner, state=Transcript.State.RUNNING)
        Recording.objects.create(transcript=item, original_name="m.wav", duration_ms=60_000)
        Speaker.objects.create(transcript=item, label="speaker_1")
        job = Job.objects.create(transcript=item, state=Job.State.PARTS, stage="parts", total_ms=60_000)
        JobPart.objects.create(job=job, index=0, start_ms=0, end_ms=60_000, file="0.flac")
        if member:
            Membership.objects.create(transcript=item, user=member)


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_it_works(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    page = client_of(owner).get("/").content.decode()
    assert "Harbour interview" in page
    assert f'href="/t/{transcript.code}"' in page
    assert "0:00:07" in page
    assert "1 transcript" in page


@pytest.mark.parametrize("path", ["/", "/shared", "/trash"])
def test_anonymous_people_are_sent_to_sign_in(owner: User, path: str) -> None:
    answer = Client().get(path)
    assert answer["Location"] == f"/accounts/login/?next={path}"


@pytest.mark.parametrize("path", ["/", "/shared", "/trash"])
def test_a_stranger_sees_nothing(
    client_of: SignIn, stranger: User, transcript: Transcript, path: str
) -> None:
    assert b"Harbour interview" not in client_of(stranger).get(path).content


@pytest.mark.parametrize("path", ["/", "/shared", "/trash"])
def test_lists_are_only_read(client_of: SignIn, owner: User, path: str) -> None:
    assert client_of(owner).post(path).status_code == 405


def test_members_find_it_under_shared_with_me(
    client_of: SignIn, viewer: User, transcript: Transcript
) -> None:
    client = client_of(viewer)
    assert b"Harbour interview" not in client.get("/").content
    page = client.get("/shared").content.decode()
    assert "Harbour interview" in page
    assert "From Olga Owner" in page
    assert "Move to trash" not in page


def test_what_is_thrown_away_leaves_every_list_but_the_trash(
    client_of: SignIn, owner: User, viewer: User, transcript: Transcript
) -> None:
    transcript.move_to_trash()
    assert b"Harbour interview" not in client_of(owner).get("/").content
    assert b"Harbour interview" not in client_of(viewer).get("/shared").content
    assert b"Harbour interview" not in client_of(viewer).get("/trash").content
    assert b"Harbour interview" in client_of(owner).get("/trash").content


@pytest.mark.parametrize(("path", "shared"), [("/", False), ("/shared", True), ("/trash", False)])
def test_twice_the_rows_cost_the_same_queries(
    client_of: SignIn, owner: User, stranger: User, path: str, shared: bool
) -> None:
    def fill() -> None:
        add(stranger if shared else owner, 5, member=owner if shared else None)
        if path == "/trash":
            Transcript.objects.update(trashed_at=timezone.now())

    client = client_of(owner)
    client.get(path)
    fill()
    once = queries(client, path)
    fill()
    assert queries(client, path) == once <= MOST_QUERIES


def test_the_word_tables_are_not_read(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    with CaptureQueriesContext(connection) as captured:
        client_of(owner).get("/")
    assert not [query for query in captured if '"words"' in query["sql"]]


def test_every_row_comes_once_over_the_pages(client_of: SignIn, owner: User) -> None:
    same_moment = timezone.now()
    add(owner, 120)
    Transcript.objects.filter(pk__in=Transcript.objects.values("pk")[:70]).update(created_at=same_moment)
    client, path, codes = client_of(owner), "/", []
    while path:
        context = client.get(path).context
        codes += [row.transcript.code for row in context["rows"]]
        path = context["more_url"]
    assert len(codes) == len(set(codes)) == 120


@pytest.mark.parametrize(
    "cursor", ["", "x", "1-", "1-2-3", "9" * 40 + "-1", "1-" + "9" * 40, "-5--5", "\u0663-1"]
)
def test_a_damaged_cursor_begins_at_the_top(
    client_of: SignIn, owner: User, transcript: Transcript, cursor: str
) -> None:
    assert client_of(owner).get("/", {"cursor": cursor}).status_code == 200


def test_searching_titles(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    client = client_of(owner)
    assert b"Harbour interview" in client.get("/?q=INTERVIEW harb").content
    page = client.get("/?q=mountain <b>").content.decode()
    assert "Nothing is called “mountain &lt;b&gt;”" in page
    assert client.get("/", {"q": "x" * 5000}).status_code == 200


def test_one_row_for_a_page_that_is_open(
    client_of: SignIn, owner: User, viewer: User, stranger: User, transcript: Transcript
) -> None:
    path = f"/t/{transcript.code}/row"
    assert b"Rename" in client_of(owner).get(path).content
    assert b"Rename" not in client_of(viewer).get(path).content
    assert client_of(stranger).get(path).status_code == 404


def test_the_engine_is_told_plainly(
    client_of: SignIn, owner: User, transcript: Transcript, settings: LazySettings
) -> None:
    client = client_of(owner)
    settings.USES_ENGINE = True
    assert b"English only, and rough" in client.get("/").content
    settings.USES_ENGINE = False
    assert b"English only, and rough" not in client.get("/").content


def test_old_dates_are_absolute(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    Transcript.objects.update(created_at=timezone.now() - timedelta(days=400))
    page = client_of(owner).get("/").content.decode()
    assert "Today" not in page
