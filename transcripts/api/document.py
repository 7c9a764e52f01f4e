"""The editable text for editor clients: the document, its steps, and more of them."""

from __future__ import annotations

import json
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Router, Schema

from ..access import transcript_to_edit, transcript_to_read
from ..actions.edit.open import open_document
from ..actions.edit.pages import tell_version
from ..actions.edit.push import Push, Stale, push
from ..actions.edit.read import steps_since
from ..document.errors import OldSchemaError
from ..document.schema import SCHEMA_VERSION
from .errors import error_answer
from .request import ApiRequest
from .schemas import Error

router = Router(tags=["document"])

Version = Annotated[int, Field(ge=0, lt=2**53)]


class StepsIn(Schema):
    v: Annotated[int, Field(ge=0, lt=2**53, description="The version that the steps were made on.")]
    client: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]
    schema_version: Annotated[int, Field(alias="schema")] = SCHEMA_VERSION
    steps: list[dict[str, Any]]


class Accepted(Schema):
    v: Version


@router.get("/transcripts/{code}/document", response={404: Error}, operation_id="read_document")
def read_document(request: ApiRequest, code: str, undo: bool = False) -> HttpResponse:
    """The ProseMirror document; ``undo=1`` gives an earlier one and the steps since instead, so that an
    editor can undo what its person did before a reload.
    """
    transcript = transcript_to_read(request.auth, code)
    return _json(open_document(transcript, request.auth if undo else None))


@router.get("/transcripts/{code}/document/steps", response={404: Error}, operation_id="read_steps")
def read_steps(request: ApiRequest, code: str, since: Version = 0) -> HttpResponse:
    """Everything that was accepted behind version ``since``."""
    found = steps_since(transcript_to_read(request.auth, code), since)
    return _json({"v": found.v, "steps": found.steps, "clients": found.clients})


@router.post(
    "/transcripts/{code}/document/steps",
    response={200: Accepted, 403: Error, 404: Error, 409: Error, 422: Error},
    operation_id="push_steps",
)
def push_steps(request: ApiRequest, code: str, change: StepsIn) -> Any:
    """Append steps. 409 ``stale``: somebody was faster; pull, rebase and send again."""
    transcript = transcript_to_edit(request.auth, code)
    if change.schema_version != SCHEMA_VERSION:
        raise OldSchemaError
    answer = push(transcript, Push(change.v, change.client, change.steps, request.auth))
    if isinstance(answer, Stale):
        message = "The transcript has changed meanwhile. Read the newer steps, then send yours again."
        return error_answer(409, "stale", message, {"v": answer.version})
    tell_version(code, answer)
    return {"v": answer}


def _json(body: dict[str, Any]) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/json", headers={"Cache-Control": "no-store"})
