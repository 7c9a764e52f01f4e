"""Who speaks."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from ninja import Router

from ..access import transcript_to_edit
from ..actions.rename_speaker import rename_speaker
from .request import ApiRequest
from .schemas import Error, SpeakerChange, SpeakerOut
from .transcript_json import describe_speaker

router = Router(tags=["speakers"])


@router.patch("/transcripts/{code}/speakers/{int:id}", response={200: SpeakerOut, 403: Error, 404: Error})
def change_speaker(request: ApiRequest, code: str, id: int, change: SpeakerChange) -> dict[str, Any]:
    """Rename a speaker everywhere in the transcript."""
    transcript = transcript_to_edit(request.auth, code)
    speaker = transcript.speakers.filter(pk=id).first()
    if speaker is None:
        raise Http404
    rename_speaker(speaker, change.name)
    return describe_speaker(speaker)
