"""Who may do what, route by route. A route that is missing from the table fails the test."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from transcripts.api.root import api
from transcripts.models import (
    ApiToken,
    Job,
    Mark,
    Membership,
    OtherReading,
    Recording,
    Revision,
    Segment,
    Take,
    Transcript,
    Upload,
    User,
)

from .streamed import body_of

ApiOf = Callable[[User], Client]
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"
T = "/transcripts/{code}"


@dataclass(frozen=True)
class Route:
    """Expected status by asker; ``anonymous`` is 401 everywhere."""

    method: str
    path: str
    stranger: int
    viewer: int
    editor: int
    owner: int
    body: Any = None
    query: str = ""
    setup: str = ""


ROUTES = [
    Route("GET", "/transcripts", 200, 200, 200, 200),
    Route("GET", "/models", 200, 200, 200, 200),
    Route("GET", "/preferences/keys", 200, 200, 200, 200),
    Route("PUT", "/preferences/keys", 200, 200, 200, 200, body={"set": "descript"}),
    Route("GET", T + "/doubts", 404, 200, 200, 200),
    Route("POST", T + "/doubts/checked", 404, 403, 200, 200, body={"spots": [[0, 400]]}),
    Route("GET", T, 404, 200, 200, 200),
    Route("PATCH", T, 404, 403, 200, 200, body={"title": "New"}),
    Route("DELETE", T, 404, 403, 403, 200),
    Route("POST", T + "/restore", 404, 403, 403, 200),
    Route("GET", T + "/progress", 404, 200, 200, 200),
    Route("GET", T + "/words", 404, 200, 200, 200),
    Route("GET", T + "/document", 404, 200, 200, 200),
    Route("GET", T + "/document/steps", 404, 200, 200, 200, query="?since=0"),
    Route("POST", T + "/document/steps", 404, 403, 409, 409, body={"v": 0, "client": "c", "steps": []}),
    Route("GET", T + "/media", 404, 200, 200, 200),
    Route("HEAD", T + "/media", 404, 200, 200, 200, query="?original=1"),
    Route("GET", T + "/peaks", 404, 200, 200, 200),
    Route("HEAD", T + "/peaks", 404, 200, 200, 200, query="?fine=1"),
    Route("GET", T + "/pauses", 404, 200, 200, 200),
    Route("GET", T + "/export/{format}", 404, 200, 200, 200),
    Route("PATCH", T + "/speakers/{int:id}", 404, 403, 200, 200, body={"name": "Ada"}),
    Route("POST", T + "/speakers", 404, 403, 201, 201, body={"name": "Ada"}),
    Route("POST", T + "/speakers/{int:id}/merge", 404, 403, 200, 200, body={"into": "{into}"}),
    Route("GET", "/names", 200, 200, 200, 200),
    Route("POST", T + "/segments/{key}/split", 404, 403, 200, 200, body={"base_rev": 2, "at": 11}),
    Route("POST", T + "/segments/{key}/merge", 404, 403, 200, 200, body={"base_rev": 2}),
    Route("PATCH", T + "/segments/{key}", 404, 403, 200, 200, body={"base_rev": 2, "text": "New words"}),
    Route("POST", T + "/segments/{key}/readings/{int:id}", 404, 403, 200, 200, body={"action": "use"}),
    Route("GET", T + "/marks", 404, 200, 200, 200),
    Route("POST", T + "/marks", 404, 403, 200, 200, body={"at_ms": 1000}),
    Route("PATCH", T + "/marks/{key}", 404, 403, 200, 200, body={"note": "Here"}),
    Route("DELETE", T + "/marks/{key}", 404, 403, 204, 204),
    Route("GET", T + "/history", 404, 200, 200, 200),
    Route("GET", T + "/history/segments/{key}", 404, 200, 200, 200),
    Route("POST", T + "/history/restore", 404, 403, 200, 200, body={"version": 0}),
    Route("GET", T + "/versions", 404, 200, 200, 200),
    Route("POST", T + "/versions", 404, 403, 200, 200, body={"name": "Final"}),
    Route("PATCH", T + "/versions/{int:id}", 404, 403, 200, 200, body={"name": "Final"}),
    Route("DELETE", T + "/versions/{int:id}", 404, 403, 204, 204),
    Route("GET", T + "/versions/{int:version}/document", 404, 200, 200, 200),
    Route("GET", T + "/compare", 404, 200, 200, 200, query="?a=0"),
    Route("GET", "/takes", 200, 200, 200, 200),
    Route("POST", "/takes/{code}/end", 404, 403, 403, 200),
    Route("PUT", "/takes/{code}/copy", 404, 403, 403, 200, query="?offset=0", body="bytes"),
    Route("GET", T + "/members", 404, 200, 200, 200),
    Route("POST", T + "/members", 404, 403, 403, 201, body={"email": "sten@example.org"}),
    Route("PATCH", T + "/members/{int:id}", 404, 403, 403, 200, body={"role": "viewer"}),
    Route("DELETE", T + "/members/{int:id}", 404, 403, 204, 204),
    Route("GET", "/jobs/{int:id}", 404, 200, 200, 200),
    Route("POST", "/jobs/{int:id}/cancel", 404, 403, 200, 200, setup="open"),
    Route("POST", "/jobs/{int:id}/retry", 404, 403, 200, 200),
    Route("POST", "/recordings", 404, 404, 404, 201, body={"upload": "{upload}"}),
    Route("OPTIONS", "/uploads", 204, 204, 204, 204),
    Route("POST", "/uploads", 422, 422, 422, 422),
    Route("OPTIONS", "/uploads/{code}", 204, 204, 204, 204),
    Route("HEAD", "/uploads/{code}", 404, 404, 404, 200),
    Route("PATCH", "/uploads/{code}", 404, 404, 404, 204),
    Route("POST", "/uploads/{code}", 404, 404, 404, 204),
    Route("DELETE", "/uploads/{code}", 404, 404, 404, 204),
]
VERSION_PK = 7
OPEN_TO_ALL = {"/openapi.json", "/docs"}


@dataclass
class Things:
    """What the addresses of the table are about: everything belongs to the owner."""

    transcript: Transcript
    job: Job
    upload: Upload
    member: Membership
    speaker_pk: int
    into_pk: int
    reading: OtherReading
    mark: Mark

    def address(self, route: Route) -> str:
        code = self.upload.code if route.path.startswith("/uploads") else self.transcript.code
        number = self.job.pk if route.path.startswith("/jobs") else self.member.pk
        if "/speakers/" in route.path:
            number = self.speaker_pk
        if "/versions/" in route.path:
            number = VERSION_PK
        if "/readings/" in route.path:
            number = self.reading.pk
        key = self.mark.key if "/marks/" in route.path else self.reading.key
        filled = route.path.replace("{code}", code).replace("{int:id}", str(number))
        filled = filled.replace("{int:version}", "0")
        return "/api/v1" + filled.replace("{format}", "vtt").replace("{key}", key) + route.query


@pytest.fixture
def things(transcript: Transcript, editor: User, owner: User, media_folder: Path) -> Things:
    for zoom, field in (("10", "peaks_file"), ("50", "peaks_fine_file")):
        (media_folder / transcript.code / f"peaks-{zoom}.dat").write_bytes(b"peaks")
        Recording.objects.filter(transcript=transcript).update(
            **{field: f"{transcript.code}/peaks-{zoom}.dat"}
        )
    folder = media_folder / "uploads" / "abcdefgh"
    folder.mkdir(parents=True)
    (folder / "file").write_bytes(b"hello")
    choices = {"model": "voxweb-engine"}
    options = {"choices": choices, "title": "", "force": False}
    upload = Upload.objects.create(
        code="abcdefgh", owner=owner, filename="a.wav", total_bytes=5, options=options
    )
    job = Job.objects.create(transcript=transcript, state=Job.State.FAILED, options=choices)
    member = Membership.objects.get(user=editor)
    Take.objects.create(transcript=transcript, client_key="1:abcdefgh", state=Take.State.ENDED)
    segment = transcript.segments.all()[0]
    Segment.objects.filter(pk=segment.pk).update(rev=2)
    reading = OtherReading.objects.create(
        transcript=transcript, key=segment.key, start_ms=0, end_ms=2400, text="Other words", mine=segment.text
    )
    mark = Mark.objects.create(transcript=transcript, at_ms=1000)
    Revision.objects.create(pk=VERSION_PK, transcript=transcript, version=0, name="Draft")
    speaker, into = transcript.speakers.all()
    return Things(transcript, job, upload, member, speaker.pk, into.pk, reading, mark)


def ask(client: Client, route: Route, things: Things) -> Any:
    if route.setup == "open":
        Job.objects.filter(pk=things.job.pk).update(state=Job.State.RUNNING)
    headers = dict(TUS)
    kind, data = "application/json", json.dumps(route.body).replace("{upload}", things.upload.code)
    data = data.replace('"{into}"', str(things.into_pk))
    if route.path == "/uploads/{code}" and route.method in {"PATCH", "POST"}:
        kind, data = PIECE, ""
        headers |= {"Upload-Offset": "5", "X-HTTP-Method-Override": "PATCH"}
    return client.generic(
        route.method, things.address(route), data if route.body or kind == PIECE else "",
        headers=headers, CONTENT_TYPE=kind,
    )  # fmt: skip


def name_of(route: Route) -> str:
    return f"{route.method} {route.path}"


def every_operation() -> Iterator[tuple[str, str]]:
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                yield from ((method, prefix + path) for method in operation.methods)


def test_it_works() -> None:
    """Every route that exists is in the table, and nothing else is."""
    assert sorted((route.method, route.path) for route in ROUTES) == sorted(every_operation())
    addresses = {str(pattern.pattern) for pattern in api.urls[0]}
    listed = {route.path.strip("/").replace("{", "<").replace("}", ">") for route in ROUTES}
    rest = {f"/{address}" for address in addresses - listed if address}
    assert rest == OPEN_TO_ALL


@pytest.mark.parametrize("route", ROUTES, ids=name_of)
def test_anonymous_people_are_asked_to_sign_in(things: Things, route: Route) -> None:
    for client in (Client(), Client(headers={"Authorization": "Bearer vx_wrong"})):
        answer = ask(client, route, things)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
        if route.method != "HEAD":
            assert answer.json()["error"]["code"] == "not_signed_in"


@pytest.mark.parametrize("who", ["stranger", "viewer", "editor", "owner"])
@pytest.mark.parametrize("route", ROUTES, ids=name_of)
def test_each_role_may_do_what_the_table_says(
    things: Things, route: Route, who: str, api_of: ApiOf, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("stranger")
    user: User = request.getfixturevalue(who)
    answer = ask(api_of(user), route, things)
    assert answer.status_code == getattr(route, who)
    if route.method == "HEAD" or answer.status_code < 400:
        body_of(answer)
        return
    expected = {403: {"not_allowed"}, 404: {"not_found"}, 409: {"stale"}, 422: {"invalid_request"}}[
        answer.status_code
    ]
    assert answer.json()["error"]["code"] in expected


@pytest.mark.parametrize("route", [r for r in ROUTES if r.stranger == 404], ids=name_of)
def test_a_stranger_cannot_tell_a_hidden_thing_from_a_missing_one(
    things: Things, route: Route, api_of: ApiOf, stranger: User
) -> None:
    client = api_of(stranger)
    hidden = ask(client, route, things)
    Transcript.objects.all().delete()
    Upload.objects.all().delete()
    missing = ask(client, route, things)
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert sorted(hidden.headers) == sorted(missing.headers)


@pytest.mark.parametrize("route", [r for r in ROUTES if T in r.path], ids=name_of)
def test_trash_is_there_for_its_owner_only(things: Things, route: Route, api_of: ApiOf, editor: User) -> None:
    things.transcript.move_to_trash()
    assert ask(api_of(editor), route, things).status_code == 404


def test_a_person_who_was_locked_out_is_anonymous(things: Things, api_of: ApiOf, owner: User) -> None:
    client = api_of(owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert client.get("/api/v1/transcripts").status_code == 401


def test_a_session_needs_the_csrf_token_to_change_something(things: Things, owner: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    url = f"/api/v1/transcripts/{things.transcript.code}"
    body = json.dumps({"title": "New"})
    assert client.get(url).status_code == 200
    refused = client.patch(url, body, content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "csrf_failed")
    client.cookies["csrftoken"] = token = "a" * 32
    headers = {"X-CSRFToken": token}
    assert client.patch(url, body, content_type="application/json", headers=headers).status_code == 200
    begun = client.post("/api/v1/uploads", headers={**headers, **TUS, "Upload-Length": "5"})
    assert begun.status_code == 201


def test_a_token_needs_no_csrf_and_no_session(things: Things, owner: User) -> None:
    headers = {"Authorization": f"bearer {ApiToken.issue(owner)}"}
    answer = Client(enforce_csrf_checks=True, headers=headers).delete(
        f"/api/v1/transcripts/{things.transcript.code}"
    )
    assert answer.status_code == 200
    assert not answer.cookies
