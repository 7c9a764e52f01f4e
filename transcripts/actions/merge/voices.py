"""Who of a new pass is who in the document: by the time they speak at the same moments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from ...document.content import DocVoice
from .texts import Heard, Said, Written

Turn = tuple[int, int, str]
"""From, to (milliseconds), and who speaks."""


@dataclass(frozen=True)
class Casting:
    """``ids`` maps voices of the pass to voices of the document, ``cast`` is everybody."""

    ids: Mapping[str, str]
    cast: Sequence[DocVoice]


def standing_voices(
    voices: Sequence[DocVoice], base: Sequence[Heard], mine: Sequence[Written]
) -> dict[str, str]:
    """For each voice of the base the one that it is in the document now.

    A voice that is gone was merged into the one that most of its segments have now.
    """
    there = {voice.id for voice in voices}
    speaker_now = {written.id: written.segment.speaker for written in mine}
    gone: dict[str, Counter[str]] = {}
    standing: dict[str, str] = {}
    for heard in base:
        if heard.speaker in there or not heard.speaker:
            standing[heard.speaker] = heard.speaker
        elif now := speaker_now.get(heard.key):
            gone.setdefault(heard.speaker, Counter())[now] += 1
    return standing | {speaker: counts.most_common(1)[0][0] for speaker, counts in gone.items()}


def cast_voices(
    voices: Sequence[DocVoice],
    base: Sequence[Heard],
    mine: Sequence[Written],
    theirs: Sequence[Said],
    standing: Mapping[str, str],
) -> Casting:
    """Voices that were heard before are found again, then those that people made; the rest are new."""
    new: list[Turn] = [(said.start_ms, said.end_ms, said.voice) for said in theirs if said.voice]
    names = list(dict.fromkeys(voice for *_, voice in new))
    known: list[Turn] = [(heard.start_ms, heard.end_ms, heard.speaker) for heard in base if heard.speaker]
    again = {voice: standing[old] for voice, old in _pairs(new, known).items() if old in standing}
    segments = [written.segment for written in mine]
    others: list[Turn] = [
        (segment.start_ms, segment.end_ms, segment.speaker)
        for segment in segments
        if segment.speaker and segment.speaker not in again.values()
    ]
    ids = _pairs([turn for turn in new if turn[2] not in again], others) | again
    fresh = _free_ids({voice.id for voice in voices} | set(standing))
    added = [DocVoice(next(fresh)) for voice in names if voice not in ids]
    missing = (voice for voice in names if voice not in ids)
    ids |= dict(zip(missing, (voice.id for voice in added), strict=True))
    return Casting(ids, [*voices, *added])


def in_use(cast: Sequence[DocVoice], segments: Iterable[Written]) -> list[DocVoice]:
    """Without those who say nothing, unless somebody gave them a name or a colour."""
    speaking = {written.segment.speaker for written in segments}
    return [voice for voice in cast if voice.id in speaking or voice.name or voice.hue]


def _free_ids(taken: set[str]) -> Iterator[str]:
    return (name for number in count(1) if (name := f"speaker_{number}") not in taken)


def _pairs(new: Sequence[Turn], old: Sequence[Turn]) -> dict[str, str]:
    """Greedy one-to-one by shared speaking time, the longest first."""
    found: dict[str, str] = {}
    for (new_voice, old_voice), _shared_ms in _shared_time(sorted(new), sorted(old)).most_common():
        if new_voice not in found and old_voice not in found.values():
            found[new_voice] = old_voice
    return found


def _shared_time(new: Sequence[Turn], old: Sequence[Turn]) -> Counter[tuple[str, str]]:
    """Milliseconds that each new and old voice have in common; one sweep over both lists."""
    shared: Counter[tuple[str, str]] = Counter()
    first = 0
    for start_ms, end_ms, voice in new:
        while first < len(old) and old[first][1] <= start_ms:
            first += 1
        for index in range(first, len(old)):
            old_start, old_end, old_voice = old[index]
            if old_start >= end_ms:
                break
            overlap_ms = min(end_ms, old_end) - max(start_ms, old_start)
            if overlap_ms > 0:
                shared[voice, old_voice] += overlap_ms
    return shared
