"""``/v1/files``: upload, list, retrieve, delete, download, signed URL."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from django.http import HttpRequest, JsonResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase

from transcripts.engine.answers import endpoint, parsed_form
from transcripts.engine.api_errors import ApiError, malformed, missing
from transcripts.engine.engine import engine_of
from transcripts.engine.errors import FileMissing
from transcripts.engine.file_store import LARGEST_FILE_BYTES, RETENTION_SECONDS, StoredFile, new_file

_PIECE_BYTES = 256 * 1024
_LONGEST_NAME = 255
_DIGITS = re.compile(r"[0-9]{1,9}")
_MOST_HOURS = 168


async def _upload(request: HttpRequest) -> HttpResponseBase:
    fields, uploads = await parsed_form(request)
    files = [file for name, given in uploads.lists() for file in given if name == "file"]
    if len(files) != 1:
        raise missing("file") if not files else malformed("file", "Give exactly one file", len(files))
    if (files[0].size or 0) > LARGEST_FILE_BYTES:
        raise ApiError(413, "A file may have 512 MB at most.", "file_too_large", param="file")
    hours = _number(fields, "expiry", RETENTION_SECONDS // 3600, 1, RETENTION_SECONDS // 3600, "body")
    described = new_file(
        str(files[0].name)[-_LONGEST_NAME:],
        fields.get("purpose", "audio")[:64],
        files[0].content_type,
        fields.get("visibility", "workspace")[:64],
        hours * 3600,
    )
    store = engine_of(request).files
    stored = await asyncio.to_thread(store.add, Path(files[0].temporary_file_path()), described)
    return JsonResponse(stored.card())


async def _list(request: HttpRequest) -> HttpResponseBase:
    page = _number(request.GET, "page", 0, 0, 10**6)
    size = _number(request.GET, "page_size", 100, 1, 1000)
    every = await asyncio.to_thread(engine_of(request).files.list)
    wanted = [stored for stored in every if _matches(stored, request.GET)]
    reply: dict[str, Any] = {
        "object": "list",
        "data": [stored.card() for stored in wanted[page * size : (page + 1) * size]],
    }
    if request.GET.get("include_total", "true").lower() != "false":
        reply["total"] = len(wanted)
    return JsonResponse(reply)


async def _retrieve(request: HttpRequest, file_id: str) -> HttpResponseBase:
    stored = await asyncio.to_thread(engine_of(request).files.get, file_id)
    return JsonResponse({**stored.card(), "deleted": False})


async def _delete(request: HttpRequest, file_id: str) -> HttpResponseBase:
    await asyncio.to_thread(engine_of(request).files.delete, file_id)
    return JsonResponse({"id": file_id, "object": "file", "deleted": True})


async def _download(request: HttpRequest, file_id: str) -> HttpResponseBase:
    store = engine_of(request).files
    stored = await asyncio.to_thread(store.get, file_id)
    return StreamingHttpResponse(
        _pieces(store.content(file_id)),
        content_type="application/octet-stream",
        headers={"Content-Length": str(stored.size_bytes), "X-Content-Type-Options": "nosniff"},
    )


async def _signed(request: HttpRequest, file_id: str) -> HttpResponseBase:
    expires, signature = request.GET.get("expires", ""), request.GET.get("signature", "")
    if not engine_of(request).signer.opens(file_id, expires, signature):
        raise FileMissing()
    return await _download(request, file_id)


async def _signed_url(request: HttpRequest, file_id: str) -> HttpResponseBase:
    engine = engine_of(request)
    hours = _number(request.GET, "expiry", 24, 1, _MOST_HOURS)
    await asyncio.to_thread(engine.files.get, file_id)
    base = f"{request.scheme}://{request.get_host()}"
    return JsonResponse({"url": engine.signer.link(base, file_id, hours)})


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as file:
        while piece := await asyncio.to_thread(file.read, _PIECE_BYTES):
            yield piece


def _number(values: QueryDict, name: str, default: int, low: int, high: int, place: str = "query") -> int:
    value = values.get(name)
    if value in (None, ""):
        return default
    if not _DIGITS.fullmatch(str(value)) or not low <= int(str(value)) <= high:
        raise malformed(name, f"Expected a whole number from {low} to {high}", str(value)[:80], place)
    return int(str(value))


def _matches(stored: StoredFile, query: QueryDict) -> bool:
    """Filters with several values mean any of them."""
    card = stored.card()
    filters: dict[str, Callable[[str], bool]] = {
        "purpose": lambda value: value == stored.purpose,
        "mimetypes": lambda value: value == stored.mimetype,
        "sample_type": lambda value: value == card["sample_type"],
        "source": lambda value: value == card["source"],
        "search": lambda value: value.lower() in stored.filename.lower(),
    }
    return all(
        any(accepts(value) for value in query.getlist(name))
        for name, accepts in filters.items()
        if name in query
    )


files = endpoint(get=_list, post=_upload)
file = endpoint(get=_retrieve, delete=_delete)
content = endpoint(get=_download)
signed = endpoint(get=_signed)
signed_url = endpoint(get=_signed_url)
