"""WebVTT, by the W3C's rules: everything escaped, one voice a cue, nothing a parser could stumble over."""

from __future__ import annotations

from transcripts.subtitles.clock import exact_clock_time
from transcripts.subtitles.cue import Cue
from transcripts.subtitles.cues import build_cues
from transcripts.subtitles.document import Document
from transcripts.subtitles.profiles import Profile

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def render_vtt(document: Document, profile: Profile, *, speakers: bool) -> str:
    """The document as WebVTT; with ``speakers`` each cue is the voice of its speaker."""
    blocks = ["WEBVTT", *(_block(cue, speakers) for cue in build_cues(document, profile))]
    return "\n\n".join(blocks) + "\n"


def _block(cue: Cue, speakers: bool) -> str:
    voice = f"<v {cue.speaker.translate(_ESCAPES)}>" if speakers and cue.speaker else ""
    text = "\n".join(line.translate(_ESCAPES) for line in cue.lines)
    return f"{exact_clock_time(cue.start_ms)} --> {exact_clock_time(cue.end_ms)}\n{voice}{text}"
