"""One request from a recording to its transcript: a small file, a complete upload, or an address."""

from __future__ import annotations

import json
from typing import Any

import pydantic
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from ninja import Router

from ..access import transcript_to_read, upload_to_continue
from ..actions.fetch_recording import receive_url
from ..actions.receive_recording import Outcome, finish_upload, receive_file
from ..actions.upload import choose_options
from .errors import InvalidRequestError
from .request import ApiRequest
from .schemas import Error, RecordingIn, TranscriptDetail
from .transcripts import answer_detail

router = Router(tags=["recordings"])

FIELDS = RecordingIn.model_json_schema()
WITH_FILE = {**FIELDS, "properties": {"file": {"type": "string", "format": "binary"}, **FIELDS["properties"]}}
BODY = {
    "requestBody": {
        "required": True,
        "content": {"multipart/form-data": {"schema": WITH_FILE}, "application/json": {"schema": FIELDS}},
    }
}


@router.post(
    "/recordings",
    response={201: TranscriptDetail, 200: TranscriptDetail, 422: Error, 507: Error},
    operation_id="send_recording",
    openapi_extra=BODY,
)
def send_recording(request: ApiRequest) -> HttpResponse:
    """Transcribe a recording: ``file`` (multipart), ``upload`` (code) or ``url``, with the options as fields.

    A ``url`` is fetched by the job, not by this request; 422 ``url_invalid`` where it is no web address.
    Answers 201 with the new transcript, or 200 with ``Voxweb-Duplicate: 1`` and the existing one where the
    same file is here already (``force`` transcribes it again).
    """
    outcome = _receive(request)
    transcript = transcript_to_read(request.auth, outcome.transcript.code)
    answer = answer_detail(request, request.auth, transcript, status=200 if outcome.duplicate else 201)
    answer["Voxweb-Transcript"] = transcript.code
    if outcome.duplicate:
        answer["Voxweb-Duplicate"] = "1"
    return answer


def _receive(request: ApiRequest) -> Outcome:
    file, fields = read_body(request)
    options = fields.model_dump(exclude_unset=True, exclude={"upload", "url"})
    if sum(source is not None for source in (file, fields.upload, fields.url)) != 1:
        raise InvalidRequestError("Send exactly one of: file, upload, url.")
    if file is not None:
        return receive_file(request.auth, file.name or "", file.size or 0, file, options)
    if fields.url is not None:
        return receive_url(request.auth, fields.url, options)
    upload = upload_to_continue(request.auth, fields.upload or "")
    choose_options(upload, options)
    return finish_upload(upload)


def read_body(request: HttpRequest) -> tuple[UploadedFile[bytes] | None, RecordingIn]:
    """Return the file, if one came along, and the fields. Raises InvalidRequestError."""
    if request.content_type == "application/json":
        return None, _checked(_json_object(request.body))
    file = request.FILES.get("file")
    fields: dict[str, Any] = {key: request.POST.get(key) for key in request.POST}
    if "context_bias" in fields:
        fields["context_bias"] = request.POST.getlist("context_bias")
    filled = {key: value for key, value in fields.items() if value not in ("", [""])}
    filled.pop("csrfmiddlewaretoken", None)
    return file if isinstance(file, UploadedFile) else None, _checked(filled)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body)
    except ValueError as error:
        raise InvalidRequestError("The body is not valid JSON.") from error
    if not isinstance(parsed, dict):
        raise InvalidRequestError("The body must be a JSON object.")
    return parsed


def _checked(fields: dict[str, Any]) -> RecordingIn:
    try:
        return RecordingIn.model_validate(fields)
    except pydantic.ValidationError as error:
        problems = [
            {"field": ".".join(str(part) for part in problem["loc"]), "problem": problem["msg"]}
            for problem in error.errors()
        ]
        first = f"{problems[0]['field']}: {problems[0]['problem']}"
        raise InvalidRequestError(
            f"The request is not valid ({first}).", detail={"fields": problems}
        ) from error
