"""Where the audio of a transcription comes from."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from transcripts.speech.call import FilePart
from transcripts.speech.errors import SpeechRequestRejected, SpeechSourceUnreadable

LONGEST_URL_CHARACTERS = 2083

_CONTENT_TYPES = {
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".webm": "audio/webm",
}


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file on disk, streamed while it is sent and read anew on every retry.

    ``name`` is what the service sees (default: the file's own), ``content_type`` defaults by extension.
    """

    path: Path
    name: str = ""
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class UrlSource:
    """An http(s) address that the service fetches itself; at most 2,083 characters."""

    url: str


@dataclass(frozen=True, slots=True)
class FileIdSource:
    """A file uploaded through the files API with ``purpose=audio``."""

    file_id: str


AudioSource = FileSource | UrlSource | FileIdSource


def source_fields(source: AudioSource) -> dict[str, str]:
    """The form field that names the audio; none for a file, which is a part of the body."""
    if isinstance(source, UrlSource):
        return {"file_url": _checked_url(source.url)}
    if isinstance(source, FileIdSource):
        return {"file_id": source.file_id}
    return {}


def source_parts(source: AudioSource) -> tuple[FilePart, ...]:
    """The file part for a `FileSource`. Raises `SpeechSourceUnreadable` for a missing or empty file."""
    return (file_part(source),) if isinstance(source, FileSource) else ()


def file_part(source: FileSource) -> FilePart:
    """The part named ``file`` of a multipart body."""
    _check_readable(source.path)
    name = _file_name(source.name or source.path.name)
    return FilePart("file", source.path, name, source.content_type or _content_type(name))


def _check_readable(path: Path) -> None:
    if not os.access(path, os.R_OK) or not path.is_file():
        raise SpeechSourceUnreadable
    if path.stat().st_size == 0:
        raise SpeechSourceUnreadable("The audio file is empty. Please record or upload it again.")


def _file_name(name: str) -> str:
    """One that fits a header: no control characters, nothing that UTF-8 cannot say, never empty."""
    printable = "".join(character for character in name if character.isprintable())
    return printable.encode("utf-8", errors="ignore").decode()[-200:] or "audio"


def _content_type(name: str) -> str:
    return _CONTENT_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


def _checked_url(url: str) -> str:
    if not url.startswith(("http://", "https://")) or len(url) > LONGEST_URL_CHARACTERS:
        raise SpeechRequestRejected(
            f"The address of the audio must begin with http:// or https:// "
            f"and have at most {LONGEST_URL_CHARACTERS} characters.",
            detail={"parameter": "file_url"},
        )
    return url
