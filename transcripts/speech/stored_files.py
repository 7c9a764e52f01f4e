"""``/v1/files``: audio kept by the speech service, and signed addresses to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import quote

from transcripts.speech.call import Call, FormValue, within_bytes
from transcripts.speech.errors import SpeechRequestRejected, SpeechResponseInvalid
from transcripts.speech.retry import RetryPolicy, with_retries
from transcripts.speech.sources import FileSource, file_part
from transcripts.speech.transport import Transport

LONGEST_SIGNED_HOURS = 168
LARGEST_DOWNLOAD_BYTES = 2 * 1024**3

_PATH = "/v1/files"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file at the service: ``created_at`` and ``expires_at`` are Unix seconds."""

    id: str
    name: str
    size_bytes: int
    purpose: str
    created_at: int
    content_type: str | None = None
    expires_at: int | None = None


@dataclass(frozen=True, slots=True)
class FilePage:
    """One page of a listing; ``total`` counts all pages, ``None`` when the service does not say."""

    files: tuple[StoredFile, ...]
    total: int | None


class StoredFiles:
    """The files of one account."""

    def __init__(self, transport: Transport, retry: RetryPolicy) -> None:
        self._transport = transport
        self._retry = retry

    def upload(
        self, source: FileSource, *, purpose: str = "audio", visibility: str = "workspace"
    ) -> StoredFile:
        """Send a file, streamed from disk. Services keep it 30 days unless it is deleted.

        A repeated upload may leave a second copy when the connection broke after the last byte.
        """
        form: dict[str, FormValue] = {"visibility": visibility, "purpose": purpose}
        call = Call("POST", _PATH, form=form, parts=(file_part(source),), handles_audio=True)
        return _file(self._object(call))

    def list(
        self, *, page: int = 0, page_size: int = 100, purpose: str | None = None, search: str | None = None
    ) -> FilePage:
        """One page, counted from 0, newest first as the service orders it."""
        query: dict[str, str | int] = {"page": page, "page_size": page_size, "include_total": "true"}
        filters = {"purpose": purpose, "search": search}
        query.update({name: value for name, value in filters.items() if value})
        body = self._object(Call("GET", _PATH, query=query))
        total = body.get("total")
        return FilePage(
            tuple(_file(item) for item in _items(body)), total if isinstance(total, int) else None
        )

    def retrieve(self, file_id: str) -> StoredFile:
        """What the service knows about a file."""
        return _file(self._object(Call("GET", _path(file_id))))

    def delete(self, file_id: str) -> bool:
        """Delete a file; true when the service says that it is gone."""
        return self._object(Call("DELETE", _path(file_id))).get("deleted") is True

    def download(self, file_id: str, target: BinaryIO, *, largest_bytes: int = LARGEST_DOWNLOAD_BYTES) -> int:
        """Write the content to ``target`` (seekable, emptied again on a retry); returns the size in bytes."""
        call = Call("GET", f"{_path(file_id)}/content", accept="application/octet-stream", handles_audio=True)

        def attempt() -> int:
            target.seek(0)
            target.truncate()
            with self._transport.open(call) as reply:
                return sum(map(target.write, within_bytes(reply.chunks, largest_bytes)))

        return with_retries(self._retry, attempt)

    def signed_url(self, file_id: str, *, expiry_hours: int = 24) -> str:
        """An address that works without a key for 1 to 168 hours; treat it as a secret."""
        if not 1 <= expiry_hours <= LONGEST_SIGNED_HOURS:
            raise SpeechRequestRejected(
                f"A signed address can be valid for 1 to {LONGEST_SIGNED_HOURS} hours.",
                detail={"parameter": "expiry_hours"},
            )
        url = self._object(Call("GET", f"{_path(file_id)}/url", query={"expiry": expiry_hours})).get("url")
        if not isinstance(url, str) or not url.startswith(("http://", "https://")):
            raise SpeechResponseInvalid
        return url

    def _object(self, call: Call) -> dict[str, Any]:
        def attempt() -> dict[str, Any]:
            with self._transport.open(call) as reply:
                return reply.json_object()

        return with_retries(self._retry, attempt)


def _path(file_id: str) -> str:
    """Ids come from outside: quoted, and never a step up in the path."""
    if not file_id.strip(". "):
        raise SpeechRequestRejected(
            "This is not the id of a file at the speech service.", detail={"parameter": "file_id"}
        )
    return f"{_PATH}/{quote(file_id, safe='')}"


def _items(body: Mapping[str, Any]) -> list[Any]:
    items = body.get("data")
    if not isinstance(items, list):
        raise SpeechResponseInvalid
    return items


def _file(item: object) -> StoredFile:
    if not isinstance(item, Mapping) or not isinstance(item.get("id"), str):
        raise SpeechResponseInvalid
    return StoredFile(
        id=item["id"],
        name=_text(item.get("filename")) or "",
        size_bytes=_number(item.get("bytes")) or 0,
        purpose=_text(item.get("purpose")) or "",
        created_at=_number(item.get("created_at")) or 0,
        content_type=_text(item.get("mimetype")),
        expires_at=_number(item.get("expires_at")),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
