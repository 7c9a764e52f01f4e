"""One list of speakers for the whole recording, from the voices heard in its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from .. import conf
from ..audio.pcm import read_pcm
from ..engine.link import ChunkVoices, link_speakers
from ..models import JobPart, Speaker, Transcript

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


def replace_speakers(
    transcript: Transcript, numbers: Mapping[Voice, int], parts: Sequence[JobPart]
) -> dict[Voice, Speaker]:
    """Make one Speaker per number; a name somebody gave earlier goes to whoever now speaks at its times."""
    names = _names_to_keep(transcript, numbers, parts)
    Speaker.objects.filter(transcript=transcript).delete()
    speakers = {
        number: Speaker.objects.create(
            transcript=transcript, label=f"speaker_{number + 1}", order=number, name=names.get(number, "")
        )
        for number in sorted(set(numbers.values()))
    }
    return {voice: speakers[number] for voice, number in numbers.items()}


def _names_to_keep(
    transcript: Transcript, numbers: Mapping[Voice, int], parts: Sequence[JobPart]
) -> dict[int, str]:
    """Greedy one-to-one by shared speaking time, the longest first."""
    named = transcript.segments.exclude(speaker=None).exclude(speaker__name="")
    old = list(named.order_by("start_ms").values_list("start_ms", "end_ms", "speaker__name"))
    new = sorted(_spoken(numbers, parts))
    kept: dict[int, str] = {}
    for (number, name), _shared_ms in _shared_time(old, new).most_common():
        if number not in kept and name not in kept.values():
            kept[number] = name
    return kept


def _spoken(numbers: Mapping[Voice, int], parts: Sequence[JobPart]) -> Iterable[tuple[int, int, int]]:
    for part in parts:
        for segment in part.result["segments"]:
            if segment["voice"]:
                yield segment["start_ms"], segment["end_ms"], numbers[part.index, segment["voice"]]


def _shared_time(
    old: Sequence[tuple[int, int, Any]], new: Sequence[tuple[int, int, int]]
) -> Counter[tuple[int, str]]:
    """Milliseconds that each new number and old name have in common; one sweep over both lists."""
    shared: Counter[tuple[int, str]] = Counter()
    first = 0
    for start_ms, end_ms, number in new:
        while first < len(old) and old[first][1] <= start_ms:
            first += 1
        for old_start, old_end, name in old[first:]:
            if old_start >= end_ms:
                break
            shared[number, name] += max(0, min(end_ms, old_end) - max(start_ms, old_start))
    return shared
