"""What a recording from the web is called: to people, and on disk."""

from __future__ import annotations

from pathlib import PurePosixPath

import httpx

from ..fetch.web_address import file_name_in, host_of
from .file_name import UNNAMED, kept_extension, plain_line, shown_file_name, title_from
from .recording_options import LONGEST_TITLE

BY_TYPE = {
    "audio/3gpp": ".3gp", "audio/aac": ".aac", "audio/aiff": ".aiff", "audio/amr": ".amr",
    "audio/flac": ".flac", "audio/m4a": ".m4a", "audio/mp3": ".mp3", "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3", "audio/ogg": ".ogg", "audio/opus": ".opus", "audio/vnd.wave": ".wav",
    "audio/wav": ".wav", "audio/wave": ".wav", "audio/webm": ".webm", "audio/x-aiff": ".aiff",
    "audio/x-flac": ".flac", "audio/x-m4a": ".m4a", "audio/x-ms-wma": ".wma", "audio/x-wav": ".wav",
    "video/3gpp": ".3gp", "video/mp2t": ".ts", "video/mp4": ".mp4", "video/mpeg": ".mpg",
    "video/ogg": ".ogv", "video/quicktime": ".mov", "video/webm": ".webm", "video/x-m4v": ".m4v",
    "video/x-matroska": ".mkv", "video/x-ms-wmv": ".wmv", "video/x-msvideo": ".avi",
}  # fmt: skip
"""Extension by content type (IANA media types and what servers really send)."""
KNOWN = {*BY_TYPE.values(), ".aif", ".caf", ".flv", ".m4b", ".mka", ".mpeg", ".mts", ".oga", ".w64", ".wv"}


def first_name(url: httpx.URL) -> str:
    """The file's name before anything was asked: the end of the path, else "recording"."""
    return shown_file_name(file_name_in(url)) if file_name_in(url) else UNNAMED


def first_title(url: httpx.URL) -> str:
    name = title_from(first_name(url)) if file_name_in(url) else host_of(url)
    return plain_line(name, LONGEST_TITLE)


def media_extension(url: httpx.URL, media_type: str) -> str:
    """Return ".mp3" and the like from the path, else from the content type, else ""."""
    from_path = kept_extension(file_name_in(url))
    return from_path if from_path in KNOWN else BY_TYPE.get(media_type, "")


def name_with(extension: str, name: str) -> str:
    """``name`` with the extension that players need, where it has no known one itself."""
    has_one = PurePosixPath(name).suffix.lower() in KNOWN
    return name if has_one or not extension else shown_file_name(name + extension)
