"""Open an uploaded file so that it can only ever be read as sound, and only itself."""

from __future__ import annotations

import codecs
from pathlib import Path

import av
import av.error
from av.container import InputContainer

from .errors import (
    DecodeMemoryError,
    EmptyFileError,
    IncompleteFileError,
    NotMediaError,
    PlaylistRefusedError,
    SourceMissingError,
)
from .iso_boxes import lacks_index

# A text that begins with "ffconcat" or "#EXTM3U" would make FFmpeg read other people's files beside it.
FORMATS = "wav,mp3,flac,ogg,matroska,webm,mov,mp4,m4a,3gp,aac,aiff,w64,caf,amr,asf,avi,mpeg,mpegts,flv"
OPTIONS = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
HEAD_BYTES = 4096
PLAYLIST_STARTS = (
    b"ffconcat",
    b"#extm3u",
    b"#ext-x-",
    b"[playlist]",
    b"[reference]",
    b"<asx",
    b"<smil",
    b"<mpd",
)
PLAYLIST_ROOTS = (b"<mpd", b"<smil", b"<asx", b"<playlist")


def open_media(path: Path) -> InputContainer:
    """Open ``path`` with format and protocol whitelists.

    Raises SourceMissingError, EmptyFileError, PlaylistRefusedError, IncompleteFileError (an mp4 without its
    index), DecodeMemoryError and NotMediaError. Hostile files can still take time and memory: see ``ingest``.
    """
    head = _read_head(path)
    if is_playlist(head):
        raise PlaylistRefusedError
    if is_text(head):
        # By its name alone FFmpeg would take it for a FLAC or AAC file without any frames.
        raise NotMediaError
    try:
        return av.open(str(path.resolve()), options=OPTIONS, metadata_errors="ignore")
    except MemoryError as error:
        raise DecodeMemoryError from error
    except (av.error.FFmpegError, ValueError) as error:
        raise (IncompleteFileError if lacks_index(path) else NotMediaError) from error


def is_playlist(head: bytes) -> bool:
    """Whether a file's first bytes are those of a list that points to other files (ffconcat, M3U, SDP,
    MPD...).
    """
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(b"v=0") and b"\nm=" in text:
        return True
    if text.startswith(b"<?xml"):
        return any(root in text for root in PLAYLIST_ROOTS)
    return text.startswith(PLAYLIST_STARTS)


def is_text(head: bytes) -> bool:
    """Whether the bytes are plain text in UTF-8, which no recording starts with."""
    if any(byte < 32 and byte not in b"\t\n\f\r" for byte in head):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _read_head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise SourceMissingError from error
    if not head:
        raise EmptyFileError
    return head
