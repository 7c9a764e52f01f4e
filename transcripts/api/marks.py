"""Marks: moments that people want to find again."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from ninja import Router, Status

from ..access import transcript_to_edit, transcript_to_read
from ..actions.marks import note_mark, remove_mark, set_mark
from ..models import Mark
from ..models.codes import segment_key
from .request import ApiRequest
from .schemas import Error, MarkChange, MarkIn, MarkOut
from .transcript_json import describe_mark, describe_marks

router = Router(tags=["marks"])


@router.get("/transcripts/{code}/marks", response={200: list[MarkOut], 404: Error})
def list_marks(request: ApiRequest, code: str) -> list[dict[str, Any]]:
    """In the order of time."""
    return describe_marks(transcript_to_read(request.auth, code))


@router.post("/transcripts/{code}/marks", response={200: MarkOut, 403: Error, 404: Error, 413: Error})
def add_mark(request: ApiRequest, code: str, mark: MarkIn) -> dict[str, Any]:
    """Mark a moment. With the key of a mark that is there its note is changed; a removed one comes back."""
    transcript = transcript_to_edit(request.auth, code)
    return describe_mark(set_mark(transcript, request.auth, mark.key or segment_key(), mark.at_ms, mark.note))


@router.patch("/transcripts/{code}/marks/{key}", response={200: MarkOut, 403: Error, 404: Error, 413: Error})
def change_mark(request: ApiRequest, code: str, key: str, change: MarkChange) -> dict[str, Any]:
    """Write another note to it; an empty one takes the note away."""
    mark = mark_to_change(request, code, key)
    if mark.removed_at is not None:
        raise Http404
    note_mark(mark, change.note)
    return describe_mark(mark)


@router.delete("/transcripts/{code}/marks/{key}", response={204: None, 403: Error, 404: Error})
def delete_mark(request: ApiRequest, code: str, key: str) -> Status[None]:
    """Remove it; sending it again with its key brings it back."""
    remove_mark(mark_to_change(request, code, key))
    return Status(204, None)


def mark_to_change(request: ApiRequest, code: str, key: str) -> Mark:
    transcript = transcript_to_edit(request.auth, code)
    mark = Mark.objects.select_related("transcript", "author").filter(transcript=transcript, key=key).first()
    if mark is None:
        raise Http404
    return mark
