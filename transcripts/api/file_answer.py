"""Answer with a file: ranges, validators, streaming without holding the event loop or the memory.

Uploaded files are hostile: none is ever served as a type that a browser runs.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date

from ..conf import media_path
from .errors import error_answer
from .file_range import ByteRange, UnsatisfiableError, asked_range, range_applies

BLOCK_BYTES = 256 * 1024
UNKNOWN_TYPE = "application/octet-stream"
SAFE_TYPES = {
    "audio/aac", "audio/flac", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav", "audio/webm",
    "video/mp4", "video/ogg", "video/quicktime", "video/webm", "video/x-matroska",
}  # fmt: skip
SANDBOX = "sandbox; default-src 'none'"


class FileSlice:
    """An open file's bytes as an asynchronous stream; ``close`` is called by Django even if nobody read."""

    def __init__(self, path: Path, part: ByteRange) -> None:
        self.file = os.open(path, os.O_RDONLY)
        self.part = part

    async def __aiter__(self) -> AsyncIterator[bytes]:
        offset = self.part.start
        while offset < self.part.end:
            length = min(BLOCK_BYTES, self.part.end - offset)
            block = await asyncio.to_thread(os.pread, self.file, length, offset)
            if not block:
                return
            offset += len(block)
            yield block

    def close(self) -> None:
        if self.file >= 0:
            os.close(self.file)
            self.file = -1


def answer_file(
    request: HttpRequest, name: str, media_type: str, attachment: str | None = None
) -> HttpResponseBase:
    """Answer GET or HEAD with the media file ``name``; ``attachment`` is the name to save it under.

    A proxy does the work where ``MEDIA_ACCEL_PREFIX`` is set. Raises FileNotFoundError.
    """
    path = media_path(name)
    facts = path.stat()
    if settings.MEDIA_ACCEL_PREFIX:
        answer: HttpResponseBase = HttpResponse()
        answer["X-Accel-Redirect"] = settings.MEDIA_ACCEL_PREFIX.rstrip("/") + "/" + quote(name)
    else:
        answer = _own_answer(request, path, facts)
    _describe(answer, media_type, attachment)
    return answer


def _own_answer(request: HttpRequest, path: Path, facts: os.stat_result) -> HttpResponseBase:
    etag = f'"{facts.st_size:x}-{facts.st_mtime_ns:x}"'
    modified_seconds = int(facts.st_mtime)
    applies = range_applies(request, etag, modified_seconds)
    unchanged = get_conditional_response(request, etag, modified_seconds)
    answer = unchanged or _ranged(request, path, facts.st_size, applies)
    answer["ETag"] = etag
    answer["Last-Modified"] = http_date(modified_seconds)
    answer["Accept-Ranges"] = "bytes"
    return answer


def _ranged(request: HttpRequest, path: Path, size: int, applies: bool) -> HttpResponseBase:
    try:
        part = asked_range(request.headers.get("Range"), size) if applies else None
    except UnsatisfiableError:
        refusal = error_answer(416, "range_not_satisfiable", "The file ends before the bytes you asked for.")
        refusal["Content-Range"] = f"bytes */{size}"
        return refusal
    sent = part or ByteRange(0, size)
    answer = _body(request, path, sent)
    answer["Content-Length"] = str(sent.end - sent.start)
    if part:
        answer.status_code = 206
        answer["Content-Range"] = part.header(size)
    return answer


def _body(request: HttpRequest, path: Path, sent: ByteRange) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    return StreamingHttpResponse(FileSlice(path, sent))


def _describe(answer: HttpResponseBase, media_type: str, attachment: str | None) -> None:
    """``identity`` keeps the compression middleware away, which would break ranges and lengths."""
    answer["Cache-Control"] = "private, max-age=0, must-revalidate"
    answer["Content-Encoding"] = "identity"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SANDBOX
    if answer.status_code == 416:
        return
    answer["Content-Type"] = media_type if media_type.partition(";")[0] in SAFE_TYPES else UNKNOWN_TYPE
    answer["Content-Disposition"] = (
        content_disposition_header(attachment is not None, attachment or "") or "inline"
    )
