"""SubRip. The format has no escaping, and players eat what looks like a tag, so it is made not to look so.

An invisible word joiner (U+2060) after ``<``, ``{`` and ``\\`` and inside ``-->`` keeps the text as it is for
the eye, and for whoever removes that character. Without it ffmpeg 8 drops ``<laughter>`` and ``{y:i}``, and
takes ``\\N`` for a line end and ``00:00:01,000 --> 00:00:02,000`` in a text for a new cue.
"""

from __future__ import annotations

import re
from datetime import timedelta

import srt

from transcripts.subtitles.cue import Cue
from transcripts.subtitles.cues import build_cues
from transcripts.subtitles.document import Document
from transcripts.subtitles.profiles import Profile

WORD_JOINER = "\u2060"
_ARROW = re.compile("(-[ -] *)>")
_GUARDED = str.maketrans({char: char + WORD_JOINER for char in "<{\\"})


def render_srt(document: Document, profile: Profile, *, speakers: bool) -> str:
    """The document as SubRip; with ``speakers`` a changed speaker's name stands before the text."""
    cues = build_cues(document, profile, names=speakers)
    return str(srt.compose(map(_subtitle, range(1, len(cues) + 1), cues), reindex=False))


def _subtitle(index: int, cue: Cue) -> srt.Subtitle:
    content = "\n".join(map(_guarded, cue.lines))
    return srt.Subtitle(index, _time(cue.start_ms), _time(cue.end_ms), content)


def _time(time_ms: int) -> timedelta:
    return timedelta(milliseconds=time_ms)


def _guarded(line: str) -> str:
    return _ARROW.sub(rf"\1{WORD_JOINER}>", line.translate(_GUARDED))
