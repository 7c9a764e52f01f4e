"""Other people's parsers: what a file says to them."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path
from typing import NamedTuple

import av
import srt
import webvtt
from av.subtitles.subtitle import AssSubtitle

from transcripts.subtitles.srt_format import WORD_JOINER


class Seen(NamedTuple):
    """One cue as a parser saw it; ``text`` with plain line feeds, invisible guards removed."""

    start_ms: int
    end_ms: int
    text: str


def by_srt(content: bytes) -> list[Seen]:
    return [
        Seen(
            round(cue.start.total_seconds() * 1000),
            round(cue.end.total_seconds() * 1000),
            unguarded(cue.content),
        )
        for cue in srt.parse(content.decode())
    ]


def by_webvtt(content: bytes) -> list[Seen]:
    cues = webvtt.from_buffer(io.BytesIO(content), format="vtt")
    return [Seen(_ms(cue.start), _ms(cue.end), html.unescape(cue.text)) for cue in cues.captions]


def voices(content: bytes) -> list[str | None]:
    cues = webvtt.from_buffer(io.BytesIO(content), format="vtt")
    return [cue.voice and html.unescape(cue.voice) for cue in cues.captions]


def by_ffmpeg(content: bytes, folder: Path, extension: str) -> list[Seen]:
    path = folder / f"export.{extension}"
    path.write_bytes(content)
    seen: list[Seen] = []
    with av.open(str(path)) as container:
        for packet in container.demux(container.streams.subtitles[0]):
            for subtitle in packet.decode():
                assert isinstance(subtitle, AssSubtitle)
                assert packet.pts is not None and packet.duration is not None
                start_ms = round(packet.pts * packet.time_base * 1000)
                end_ms = start_ms + round(packet.duration * packet.time_base * 1000)
                seen.append(Seen(start_ms, end_ms, _from_ass(subtitle.ass.decode())))
    return seen


def unguarded(text: str) -> str:
    return text.replace(WORD_JOINER, "")


def _from_ass(event: str) -> str:
    text = event.split(",", 8)[8].replace("\\N", "\n").replace("\\{{}", "{")
    return unguarded(text.replace("\\" + WORD_JOINER, "\\"))


def _ms(clock: str) -> int:
    match = re.fullmatch(r"(\d+):(\d\d):(\d\d)\.(\d{3})", clock)
    assert match, clock
    hours, minutes, seconds, milliseconds = map(int, match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
