"""What later machine passes heard beside a person's words, and choosing between the two."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from ninja import Router

from ..access import transcript_to_edit
from ..actions.other_readings import hide_reading, show_reading, use_reading
from ..actions.segment_to_change import segment_now
from ..models import OtherReading
from .request import ApiRequest
from .schemas import Error, ReadingChoice, SegmentOut
from .transcript_json import describe_one_segment

router = Router(tags=["segments"])


@router.post(
    "/transcripts/{code}/segments/{key}/readings/{int:id}",
    response={200: SegmentOut, 403: Error, 404: Error, 409: Error},
)
def choose_reading(
    request: ApiRequest, code: str, key: str, id: int, choice: ReadingChoice
) -> dict[str, Any]:
    """Put it in the place of the words (again: take that back), or hide it. 409 when the place has gone."""
    transcript = transcript_to_edit(request.auth, code)
    reading = OtherReading.objects.filter(pk=id, key=key, transcript=transcript).first()
    if reading is None:
        raise Http404
    if choice.action == "hide":
        hide_reading(reading)
    elif choice.action == "show":
        show_reading(reading)
    else:
        use_reading(reading, request.auth, both=choice.action == "both")
    return describe_one_segment(segment_now(transcript, key))
