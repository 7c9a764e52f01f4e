"""Sound, picture and waveform of a transcript."""

from __future__ import annotations

from typing import ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router

from ..access import transcript_to_read
from ..errors import VoxwebError
from ..models import Recording, Transcript
from .file_answer import UNKNOWN_TYPE, answer_file
from .request import ApiRequest
from .schemas import Error, PausesOut

router = Router(tags=["media"])

ORIGINAL_TYPES = {
    "aac": "audio/aac", "flac": "audio/flac", "m4a": "audio/mp4", "mp3": "audio/mpeg", "oga": "audio/ogg",
    "ogg": "audio/ogg", "opus": "audio/ogg", "wav": "audio/wav", "mp4": "video/mp4", "mov": "video/quicktime",
    "mkv": "video/x-matroska", "webm": "video/webm",
}  # fmt: skip
"""By extension, for the download of the kept original; everything else goes out as plain bytes."""


class MediaNotReadyError(VoxwebError):
    code: ClassVar[str] = "media_not_ready"
    message = "This recording is still being read. Playback works as soon as that is done."


def recording_of(transcript: Transcript) -> Recording:
    """Return the recording. Raises MediaNotReadyError where there is none (yet)."""
    recording = Recording.objects.filter(transcript=transcript).first()
    if recording is None:
        raise MediaNotReadyError
    return recording


def file_or_not_ready(
    request: HttpRequest, name: str, media_type: str, attachment: str | None = None
) -> HttpResponseBase:
    if not name:
        raise MediaNotReadyError
    try:
        return answer_file(request, name, media_type, attachment)
    except FileNotFoundError as error:
        raise MediaNotReadyError from error


@router.get("/transcripts/{code}/media", operation_id="media")
@router.api_operation(["HEAD"], "/transcripts/{code}/media", include_in_schema=False)
def media(request: ApiRequest, code: str, original: bool = False) -> HttpResponseBase:
    """What browsers play, with Range; ``original=1`` gives the file as it was sent, as a download."""
    recording = recording_of(transcript_to_read(request.auth, code))
    if not original:
        return file_or_not_ready(request, recording.playback_file, recording.playback_type)
    kind = ORIGINAL_TYPES.get(recording.original_file.rpartition(".")[2].lower(), UNKNOWN_TYPE)
    return file_or_not_ready(request, recording.original_file, kind, attachment=recording.original_name)


@router.get("/transcripts/{code}/peaks", operation_id="peaks")
@router.api_operation(["HEAD"], "/transcripts/{code}/peaks", include_in_schema=False)
def peaks(request: ApiRequest, code: str, fine: bool = False) -> HttpResponseBase:
    """The waveform as audiowaveform data (version 2, 8 bit), with Range; ``fine=1`` is the closer zoom."""
    recording = recording_of(transcript_to_read(request.auth, code))
    name = recording.peaks_fine_file if fine else recording.peaks_file
    return file_or_not_ready(request, name, UNKNOWN_TYPE)


@router.get("/transcripts/{code}/pauses", response={200: PausesOut, 404: Error}, operation_id="pauses")
def pauses(request: ApiRequest, code: str) -> dict[str, list[list[int]]]:
    """Where nobody speaks for 0.3 seconds or longer, in order; empty until the recording is read."""
    recording = Recording.objects.filter(transcript=transcript_to_read(request.auth, code)).first()
    return {"pauses": recording.pauses if recording else []}
