"""The one door of this room: a document in, the bytes of a file out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from transcripts.subtitles.document import Document
from transcripts.subtitles.errors import ExportFormatUnknown
from transcripts.subtitles.json_format import render_json
from transcripts.subtitles.profiles import DEFAULT, Profile
from transcripts.subtitles.srt_format import render_srt
from transcripts.subtitles.txt_format import render_txt
from transcripts.subtitles.vtt_format import render_vtt


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file: UTF-8 without a byte order mark."""

    content: bytes
    media_type: str
    extension: str


@dataclass(frozen=True, slots=True)
class _Format:
    media_type: str
    write: Callable[[Document, Profile, bool], str]


_FORMATS = {
    "srt": _Format(
        "application/x-subrip; charset=utf-8",
        lambda document, profile, speakers: render_srt(document, profile, speakers=speakers),
    ),
    "vtt": _Format(
        "text/vtt; charset=utf-8",
        lambda document, profile, speakers: render_vtt(document, profile, speakers=speakers),
    ),
    "txt": _Format(
        "text/plain; charset=utf-8", lambda document, _, speakers: render_txt(document, speakers=speakers)
    ),
    "json": _Format("application/json", lambda document, _, __: render_json(document)),
}
FORMATS = tuple(_FORMATS)
"""The formats that ``render`` writes, by name; the name is the file extension too."""


def render(document: Document, format: str, profile: Profile = DEFAULT, *, speakers: bool = True) -> Rendered:
    """``document`` in ``format``. ``speakers`` False leaves names out where they would stand in the text.

    Raises ``ExportFormatUnknown``.
    """
    if format not in _FORMATS:
        raise ExportFormatUnknown(detail={"formats": list(FORMATS)})
    text = _FORMATS[format].write(document, profile, speakers)
    return Rendered(text.encode("utf-8"), _FORMATS[format].media_type, format)
