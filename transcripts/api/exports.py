"""Subtitles and documents."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Field, Router

from ..access import transcript_to_read
from ..actions.edit.read import version_of
from ..actions.export import export_name, export_transcript
from .json_answer import describe, unchanged, weak_tag
from .request import ApiRequest
from .schemas import Error

router = Router(tags=["exports"])


@router.get(
    "/transcripts/{code}/export/{format}", response={200: None, 404: Error, 409: Error}, operation_id="export"
)
def export(
    request: ApiRequest,
    code: str,
    format: str,
    profile: Annotated[str, Field(max_length=40, description="Subtitle rules; empty for the default.")] = "",
    speakers: Annotated[bool, Field(description="Whether speaker names are written.")] = True,
) -> HttpResponse:
    """The transcript as ``srt``, ``vtt`` (also for <track>), ``txt`` or ``json``, as a download."""
    transcript = transcript_to_read(request.auth, code)
    state = (transcript.version, version_of(transcript), transcript.state)
    etag = weak_tag(code, *state, "export", format, profile, speakers)
    same = unchanged(request, etag)
    if same is not None:
        return same
    rendered = export_transcript(transcript, format, profile=profile, speakers=speakers)
    answer = HttpResponse(rendered.content, content_type=rendered.media_type)
    name = export_name(transcript, rendered.extension)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    describe(answer, etag)
    return answer
