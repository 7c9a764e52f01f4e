"""Recordings that are being made: which are open, ending one, and the browser's own copy of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from django.utils import timezone
from ninja import Field, Router

from ..access import role_of, take_to_record, transcript_to_read
from ..actions.live.takes import client_key_of, token_of
from ..actions.take_copy import append_copy, finish_take
from ..actions.take_files import raw_path
from ..models import Take
from .request import ApiRequest
from .schemas import CopyOut, Error, TakeOut, TranscriptSummary
from .transcript_json import describe_summary

router = Router(tags=["takes"])

CONNECTED_SECONDS = 30.0
"""A socket that records is noted every few seconds."""


def describe_take(take: Take) -> dict[str, Any]:
    transcript = take.transcript
    raw = raw_path(transcript.code)
    size = raw.stat().st_size if raw.exists() else 0
    return {
        "recording": transcript.code,
        "token": token_of(take),
        "id": client_key_of(take),
        "title": transcript.title,
        "offset": size - size % 2,
        "started_at": take.started_at,
        "seen_at": take.seen_at,
        "connected": timezone.now() - take.seen_at < timedelta(seconds=CONNECTED_SECONDS),
        "url": transcript.get_absolute_url(),
    }


@router.get("/takes", response=list[TakeOut], operation_id="list_takes")
def list_takes(request: ApiRequest) -> list[dict[str, Any]]:
    """Your recordings that have not ended, newest first."""
    mine = Take.objects.filter(
        state=Take.State.OPEN, transcript__owner=request.auth, transcript__trashed_at=None
    )
    return [describe_take(take) for take in mine.select_related("transcript").order_by("-started_at", "-pk")]


@router.post(
    "/takes/{code}/end", response={200: TranscriptSummary, 403: Error, 404: Error}, operation_id="end_take"
)
def end(request: ApiRequest, code: str) -> dict[str, Any]:
    """End a recording that nobody goes on with; what has arrived is transcribed. Safe to repeat."""
    finish_take(take_to_record(request.auth, code))
    transcript = transcript_to_read(request.auth, code)
    return describe_summary(transcript, role_of(request.auth, transcript) or "")


@router.put(
    "/takes/{code}/copy",
    response={200: CopyOut, 403: Error, 404: Error, 409: Error, 413: Error, 507: Error},
    operation_id="send_take_copy",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def send_copy(
    request: ApiRequest, code: str, offset: Annotated[int, Field(ge=0, lt=2**53)]
) -> dict[str, int]:
    """Append bytes of the browser's own recording (WebM, MP4); 409 says in its detail how many are here.

    It is used where the sound did not arrive live: send it, then end the take.
    """
    return {"bytes": append_copy(take_to_record(request.auth, code), offset, request)}
