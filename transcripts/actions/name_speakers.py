"""One list of speakers for the whole recording, from the voices heard in its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from .. import conf
from ..audio.pcm import read_pcm
from ..engine.link import ChunkVoices, link_speakers
from ..models import JobPart

Voice = tuple[int, str]
"""A part's index and the speaker label inside it."""


def link_voices(parts: Sequence[JobPart], speaker_count: int | None) -> dict[Voice, int]:
    """Number the people of a recording in the order they are first heard.

    The service's labels hold inside one part only, so voices of several parts are compared by sound.
    """
    voices = list(dict.fromkeys(_voices_in_order(parts)))
    if len({part for part, _ in voices}) < 2:
        return {voice: number for number, voice in enumerate(voices)}
    linked = link_speakers([_chunk(part) for part in parts], speaker_count=speaker_count)
    positions = {part.index: position for position, part in enumerate(parts)}
    groups = [linked[positions[index], label] for index, label in voices]
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    return {voice: numbers[group] for voice, group in zip(voices, groups, strict=True)}


def _voices_in_order(parts: Iterable[JobPart]) -> Iterable[Voice]:
    for part in parts:
        for segment in part.result["segments"]:
            if segment["voice"]:
                yield part.index, segment["voice"]


def _chunk(part: JobPart) -> ChunkVoices:
    turns = [
        (segment["start_ms"] - part.start_ms, segment["end_ms"] - part.start_ms, segment["voice"])
        for segment in part.result["segments"]
        if segment["voice"]
    ]
    return ChunkVoices(partial(read_pcm, conf.media_path(part.file)), turns)
