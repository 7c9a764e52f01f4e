"""Open recordings over REST, and the browser's own copy of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from transcripts import conf
from transcripts.actions.live.takes import start_take, take_with_token
from transcripts.actions.take_files import copy_path, hold_take, raw_path
from transcripts.api.schemas import TakeOut
from transcripts.models import Take, User

ApiOf = Callable[[User], Client]


@pytest.fixture
def take(owner: User) -> Take:
    take = start_take(owner, "abcdefgh-1", "Board meeting", "microphone", {})
    conf.transcript_folder(take.transcript.code).mkdir()
    raw_path(take.transcript.code).write_bytes(b"\0" * 3201)
    return take


def send_copy(client: Client, take: Take, offset: object, data: bytes) -> Any:
    url = f"/api/v1/takes/{take.transcript.code}/copy?offset={offset}"
    return client.put(url, data, content_type="application/octet-stream")


def test_it_works(client: Client, owner: User, take: Take) -> None:
    [listed] = client.get("/api/v1/takes").json()
    TakeOut.model_validate(listed)
    code = take.transcript.code
    assert (listed["recording"], listed["id"], listed["title"]) == (code, "abcdefgh-1", "Board meeting")
    assert (listed["offset"], listed["connected"], listed["url"]) == (3200, True, f"/t/{code}")
    assert take_with_token(owner, code, listed["token"]) == take
    for _ in range(2):
        ended = client.post(f"/api/v1/takes/{code}/end")
        assert (ended.status_code, ended.json()["state"]) == (200, "queued")
    assert client.get("/api/v1/takes").json() == []


def test_only_your_own_open_takes_are_listed(client: Client, api_of: ApiOf, take: Take, editor: User) -> None:
    assert api_of(editor).get("/api/v1/takes").json() == []
    Take.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    assert client.get("/api/v1/takes").json()[0]["connected"] is False
    raw_path(take.transcript.code).unlink()
    assert client.get("/api/v1/takes").json()[0]["offset"] == 0
    take.transcript.move_to_trash()
    assert client.get("/api/v1/takes").json() == []


def test_a_copy_comes_up_in_pieces(client: Client, take: Take) -> None:
    assert send_copy(client, take, 0, b"\x1a\x45first").json() == {"bytes": 7}
    again = send_copy(client, take, 0, b"\x1a\x45first")
    assert (again.status_code, again.json()["error"]["detail"]) == (409, {"bytes": 7})
    assert send_copy(client, take, 7, b"second").json() == {"bytes": 13}
    assert copy_path(take.transcript.code).read_bytes() == b"\x1a\x45firstsecond"


def test_wrong_offsets_and_busy_takes_are_refused(
    client: Client, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    for offset in ("", "-1", "x", 2**53):
        assert send_copy(client, take, offset, b"x").status_code == 422
    monkeypatch.setattr("transcripts.actions.take_copy.WAIT_SECONDS", 0.0)
    with hold_take(take.transcript.code, 0.0):
        assert send_copy(client, take, 0, b"x").status_code == 503


def test_a_transcript_that_is_no_take_is_not_found(client: Client, transcript: Any) -> None:
    assert client.post(f"/api/v1/takes/{transcript.code}/end").status_code == 404
