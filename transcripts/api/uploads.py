"""Resumable uploads, tus 1.0: core, creation, creation-with-upload, termination, checksum, expiration."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import ClassVar, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from ninja import Router

from ..access import upload_to_continue, visible_transcripts
from ..actions.receive_recording import finish_upload
from ..actions.upload import append_piece, begin_upload, cancel_upload, expires_at, received_bytes
from ..actions.upload_errors import DiskFullError
from ..actions.upload_folder import CHECKSUM_ALGORITHMS
from ..errors import VoxwebError
from ..models import Upload
from .errors import InvalidRequestError, on_voxweb_error
from .request import ApiRequest

router = Router(tags=["uploads"])

P = ParamSpec("P")
View = Callable[Concatenate[ApiRequest, P], HttpResponse]

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration"
PIECE_TYPE = "application/offset+octet-stream"


class TusVersionError(VoxwebError):
    code: ClassVar[str] = "tus_version"
    message = "This server speaks tus 1.0.0: send 'Tus-Resumable: 1.0.0'."


class PieceTypeError(VoxwebError):
    code: ClassVar[str] = "piece_type"
    message = "Pieces must be sent as 'Content-Type: application/offset+octet-stream'."


def tus_answer(status: int, **headers: object) -> HttpResponse:
    """Header names are written with underscores; None leaves one out."""
    answer = HttpResponse(status=status)
    answer["Tus-Resumable"] = VERSION
    answer["Cache-Control"] = "no-store"
    for name, value in headers.items():
        if value is not None:
            answer[name.replace("_", "-")] = str(value)
    return answer


def speaks_tus(view: View[P]) -> View[P]:
    """Insist on the protocol version, and give refusals the headers that tus clients read."""

    @wraps(view)
    def speaking(request: ApiRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            if request.headers.get("Tus-Resumable") != VERSION:
                raise TusVersionError
            return view(request, *args, **kwargs)
        except VoxwebError as error:
            answer = on_voxweb_error(request, error)
            offset = error.detail.get("offset")
        answer["Tus-Resumable"] = answer["Tus-Version"] = VERSION
        if offset is not None:
            answer["Upload-Offset"] = str(offset)
        return answer

    return speaking


def whole_number(request: HttpRequest, header: str) -> int:
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdigit() and len(value) <= 18):
        raise InvalidRequestError(f"{header} must be a whole number of bytes.")
    return int(value)


def read_metadata(header: str) -> dict[str, str]:
    """Return ``Upload-Metadata`` decoded; Raises InvalidRequestError."""
    pairs = (pair.strip().partition(" ") for pair in header.split(",") if pair.strip())
    try:
        return {key: base64.b64decode(value, validate=True).decode() for key, _, value in pairs}
    except (binascii.Error, UnicodeDecodeError) as error:
        raise InvalidRequestError("Upload-Metadata must be 'key base64' pairs of UTF-8 text.") from error


def describe_upload(request: ApiRequest, upload: Upload, status: int, offset: int) -> HttpResponse:
    """Answer with the offset; a complete upload becomes its transcript now, or has become it before."""
    answer = tus_answer(status, Upload_Offset=offset)
    if offset == upload.total_bytes:
        name_transcript(request, upload, answer)
    else:
        answer["Upload-Expires"] = http_date(expires_at(upload).timestamp())
    return answer


def name_transcript(request: ApiRequest, upload: Upload, answer: HttpResponse) -> None:
    if upload.completed_at is None:
        finish_upload(upload)
    transcript = visible_transcripts(request.auth).filter(uploads=upload).first()
    if transcript is not None:
        answer["Voxweb-Transcript"] = transcript.code
        if transcript.code != upload.code:
            answer["Voxweb-Duplicate"] = "1"


def receive_piece(request: ApiRequest, upload: Upload, offset: int) -> int:
    if request.content_type != PIECE_TYPE:
        raise PieceTypeError
    return append_piece(upload, offset, request, request.headers.get("Upload-Checksum"))


@router.api_operation(["OPTIONS"], "/uploads", operation_id="upload_abilities")
def abilities(request: ApiRequest) -> HttpResponse:
    """What this tus server can do."""
    return tus_answer(
        204,
        Tus_Version=VERSION,
        Tus_Extension=EXTENSIONS,
        Tus_Max_Size=settings.MAX_UPLOAD_BYTES,
        Tus_Checksum_Algorithm=",".join(CHECKSUM_ALGORITHMS),
    )


@router.post("/uploads", operation_id="begin_upload", url_name="uploads")
@speaks_tus
def begin(request: ApiRequest) -> HttpResponse:
    """Begin an upload: ``Upload-Length`` and ``Upload-Metadata`` (filename and transcription options).

    A first piece may come along. ``Location`` is where the pieces go; when the last byte is there the
    answer names the transcript in ``Voxweb-Transcript``.
    """
    metadata = read_metadata(request.headers.get("Upload-Metadata", ""))
    name = metadata.get("filename") or metadata.get("name") or ""
    upload = begin_upload(request.auth, name, whole_number(request, "Upload-Length"), metadata)
    offset = first_piece(request, upload) if request.content_type == PIECE_TYPE else 0
    answer = describe_upload(request, upload, 201, offset)
    answer["Location"] = f"{request.path.rstrip('/')}/{upload.code}"
    return answer


def first_piece(request: ApiRequest, upload: Upload) -> int:
    """A full disk must not hide where the upload lives: the answer then tells how far it came."""
    try:
        return receive_piece(request, upload, 0)
    except DiskFullError:
        return received_bytes(upload)
    except VoxwebError:
        cancel_upload(upload)
        raise


@router.api_operation(["HEAD"], "/uploads/{code}", operation_id="upload_offset", url_name="upload")
@speaks_tus
def read_offset(request: ApiRequest, code: str) -> HttpResponse:
    """How far the upload has come."""
    upload = upload_to_continue(request.auth, code)
    answer = describe_upload(request, upload, 200, received_bytes(upload))
    answer["Upload-Length"] = str(upload.total_bytes)
    return answer


@router.patch("/uploads/{code}", operation_id="send_piece")
@speaks_tus
def send_piece(request: ApiRequest, code: str) -> HttpResponse:
    """Send the next piece, which begins at ``Upload-Offset``."""
    upload = upload_to_continue(request.auth, code)
    offset = receive_piece(request, upload, whole_number(request, "Upload-Offset"))
    return describe_upload(request, upload, 204, offset)


@router.delete("/uploads/{code}", operation_id="cancel_upload")
@speaks_tus
def terminate(request: ApiRequest, code: str) -> HttpResponse:
    """Forget the upload and its bytes; a transcript made from it stays."""
    cancel_upload(upload_to_continue(request.auth, code))
    return tus_answer(204)


@router.post("/uploads/{code}", operation_id="overridden_method")
def overridden(request: ApiRequest, code: str) -> HttpResponse:
    """For networks that let only POST through: the real method is in ``X-HTTP-Method-Override``."""
    method = request.headers.get("X-HTTP-Method-Override", "").upper()
    if method == "PATCH":
        return send_piece(request, code)
    if method == "DELETE":
        return terminate(request, code)
    raise InvalidRequestError("Send X-HTTP-Method-Override: PATCH or DELETE.")


@router.api_operation(["OPTIONS"], "/uploads/{code}", operation_id="one_upload_abilities")
def one_abilities(request: ApiRequest, code: str) -> HttpResponse:
    """The same as for all uploads."""
    return abilities(request)
