"""Words that may be wrong: what to listen to first."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Field, Router, Schema

from ..access import transcript_to_edit, transcript_to_read
from ..actions.doubts import MOST_SPOTS, check_doubts, doubts_of
from .request import ApiRequest
from .schemas import Error, Strict

Doubt = tuple[int, int, Literal["unsure", "pace", "repeated"]]
"""start_ms, end_ms, reason: not sure, faster or slower than anybody speaks, or the same phrase once more."""
Moment = Annotated[int, Field(ge=0, le=10**9, strict=True)]

router = Router(tags=["doubts"])


class DoubtsOut(Schema):
    doubts: list[Doubt] = Field(description="Words of the machine that may be wrong and still stand.")
    checked: list[Doubt] = Field(description="Those that somebody has confirmed.")


class DoubtsChecked(Strict):
    spots: list[tuple[Moment, Moment]] = Field(
        max_length=MOST_SPOTS, description="[start_ms, end_ms] of doubts."
    )
    right: bool = Field(default=True, description="false makes them doubts again.")


class CheckedOut(Schema):
    changed: int


@router.get("/transcripts/{code}/doubts", response={200: DoubtsOut, 404: Error})
def list_doubts(request: ApiRequest, code: str) -> dict[str, Any]:
    """Words that the machine may have got wrong, as far as nobody has changed them."""
    doubts = doubts_of(transcript_to_read(request.auth, code))
    return {"doubts": doubts.open, "checked": doubts.checked}


@router.post(
    "/transcripts/{code}/doubts/checked", response={200: CheckedOut, 403: Error, 404: Error, 422: Error}
)
def confirm_doubts(request: ApiRequest, code: str, told: DoubtsChecked) -> dict[str, Any]:
    """Say that words are right as they stand; nobody is asked about them again."""
    transcript = transcript_to_edit(request.auth, code)
    changed = check_doubts(transcript, set(told.spots), request.auth, is_right=told.right)
    return {"changed": changed}
