"""Who speaks."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404
from ninja import Field, Router, Status

from ..access import transcript_to_edit, visible_transcripts
from ..actions.merge_speakers import merge_speakers
from ..actions.offered_names import offered_names
from ..actions.rename_speaker import add_speaker, rename_speaker
from ..models import Speaker, Transcript
from .request import ApiRequest
from .schemas import Error, SpeakerOut
from .segment_schemas import OfferedNames, SpeakerChange, SpeakerIn, SpeakerMerge
from .transcript_json import describe_speaker

router = Router(tags=["speakers"])

REFUSALS = {403: Error, 404: Error, 422: Error}


@router.post("/transcripts/{code}/speakers", response={201: SpeakerOut, **REFUSALS})
def add(request: ApiRequest, code: str, speaker: SpeakerIn) -> Status[dict[str, Any]]:
    """Add a speaker, whom segments can be given to."""
    transcript = transcript_to_edit(request.auth, code)
    return Status(201, describe_speaker(add_speaker(transcript, speaker.name, request.auth)))


@router.patch("/transcripts/{code}/speakers/{int:id}", response={200: SpeakerOut, **REFUSALS})
def change_speaker(request: ApiRequest, code: str, id: int, change: SpeakerChange) -> dict[str, Any]:
    """Rename or colour a speaker everywhere in the transcript."""
    transcript = transcript_to_edit(request.auth, code)
    speaker = speaker_of(transcript, id)
    sent = change.model_dump(include=change.model_fields_set)
    rename_speaker(speaker, sent.get("name"), request.auth, hue=sent.get("hue"))
    return describe_speaker(speaker)


@router.post("/transcripts/{code}/speakers/{int:id}/merge", response={200: SpeakerOut, **REFUSALS})
def merge(request: ApiRequest, code: str, id: int, change: SpeakerMerge) -> dict[str, Any]:
    """Give all that this speaker says to another one, who is returned; this one is gone then."""
    transcript = transcript_to_edit(request.auth, code)
    speaker, into = speaker_of(transcript, id), speaker_of(transcript, change.into)
    return describe_speaker(merge_speakers(transcript, speaker, into, request.auth))


@router.get("/names", response={200: OfferedNames})
def list_names(
    request: ApiRequest,
    q: Annotated[str, Field(max_length=120, description="What the names contain; empty for all.")] = "",
) -> dict[str, list[str]]:
    """Names of speakers in the transcripts that you may read, to offer for another one; never many."""
    return {"names": offered_names(visible_transcripts(request.auth), q)}


def speaker_of(transcript: Transcript, id: int) -> Speaker:
    speaker = Speaker.objects.select_related("transcript").filter(transcript=transcript, pk=id).first()
    if speaker is None:
        raise Http404
    return speaker
