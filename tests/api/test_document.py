"""The document for editor clients, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.actions.edit.test_push import typing
from tests.written import nth
from transcripts.actions.edit.push import Push, push
from transcripts.actions.edit.read import document_of
from transcripts.document.apply import apply_stored
from transcripts.document.content import segments_of
from transcripts.document.schema import SCHEMA, SCHEMA_VERSION
from transcripts.models import Transcript, User

ApiOf = Callable[[User], Client]


def address(transcript: Transcript, rest: str = "") -> str:
    return f"/api/v1/transcripts/{transcript.code}/document{rest}"


def test_it_works(transcript: Transcript, owner: User, api_of: ApiOf) -> None:
    api = api_of(owner)
    answer = api.get(address(transcript)).json()
    assert (answer["schema"], answer["undo"], answer["changed"]) == (SCHEMA_VERSION, None, [])
    assert answer["doc"]["content"][1]["content"][0]["attrs"]["id"] == "line0"
    steps = typing(transcript, "line0", 0, "Well. ")
    body = {"v": answer["version"], "client": "page", "steps": steps}
    sent = api.post(address(transcript, "/steps"), body, content_type="application/json")
    assert (sent.status_code, sent.json()) == (200, {"v": answer["version"] + 1})
    since = api.get(address(transcript, f"/steps?since={answer['version']}")).json()
    assert since == {"v": answer["version"], "steps": steps, "clients": ["page"]}
    assert nth(transcript, 0).edited_by == owner
    late = api.post(address(transcript, "/steps"), body, content_type="application/json")
    assert late.status_code == 409
    assert late.json()["error"]["code"] == "stale"
    assert late.json()["error"]["detail"] == {"v": answer["version"] + 1}


def test_the_way_back_to_before_ones_own_edits(
    transcript: Transcript, owner: User, editor: User, api_of: ApiOf
) -> None:
    first, document = document_of(transcript)
    for number, user in enumerate([editor, owner, editor, owner]):
        push(transcript, Push(first + number, "p", typing(transcript, "line1", 0, f"{number} "), user))
    answer = api_of(owner).get(address(transcript, "?undo=1")).json()
    assert answer["doc"] is None and answer["changed"] == ["line1"]
    undo = answer["undo"]
    assert undo["version"] == first + 1
    assert [batch["mine"] for batch in undo["batches"]] == [True, False, True]
    again = SCHEMA.node_from_json(undo["doc"])
    for batch in undo["batches"]:
        again = apply_stored(again, batch["steps"])
    assert segments_of(again) == segments_of(document_of(transcript)[1]) != segments_of(document)


def test_what_is_refused(transcript: Transcript, owner: User, api_of: ApiOf) -> None:
    api = api_of(owner)
    version, _ = document_of(transcript)
    for body, status, code in [
        ({"v": version, "client": "p", "steps": [{"stepType": "x"}]}, 422, "bad_steps"),
        ({"v": version, "client": "p", "schema": 99, "steps": []}, 409, "old_schema"),
        ({"v": -1, "client": "p", "steps": []}, 422, "invalid_request"),
        ({"v": version, "client": "two words", "steps": []}, 422, "invalid_request"),
    ]:
        answer = api.post(address(transcript, "/steps"), body, content_type="application/json")
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
