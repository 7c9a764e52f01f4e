"""The document after a new pass, with everything that people changed still in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from ...document.content import DocSegment, DocVoice
from ...timing.words import Word, monotone
from .passage import merge_passage
from .places import Fate, Layout, Place, allot, lay_out
from .texts import Conflict, Heard, Kept, Passage, Plan, Said, Written, text_of, with_words
from .voices import Casting, cast_voices, in_use, standing_voices


class _Voiced(NamedTuple):
    """A word of the new pass: the number of its segment, and of the base's word that it was before."""

    word: Word
    said: int
    before: int | None


def plan_merge(
    base: Sequence[Heard],
    mine: Sequence[Written],
    theirs: Sequence[Said],
    voices: Sequence[DocVoice],
    new_id: Callable[[], str],
) -> Plan:
    """What ``mine`` becomes when ``theirs`` is heard in place of ``base``; all three in reading order."""
    theirs = [with_words(said) for said in theirs]
    standing = standing_voices(voices, base, mine)
    casting = cast_voices(voices, base, mine, theirs, standing)
    untouched = _untouched(base, mine, standing)
    layout = lay_out(base, mine, untouched)
    merge = _Merge(theirs, layout, standing, casting, new_id)
    merge.run()
    merge.plan.voices = in_use(casting.cast, merge.plan.segments)
    return merge.plan


def _untouched(base: Iterable[Heard], mine: Iterable[Written], standing: Mapping[str, str]) -> set[str]:
    """Ids of segments that are exactly what the machine wrote."""
    heard = {
        said.key: DocSegment(said.key, standing.get(said.speaker, ""), said.start_ms, said.end_ms, said.text)
        for said in base
    }
    return {written.id for written in mine if written.segment == heard.get(written.id)}


class _Merge:
    """Walks over the places of the document with the words of the new pass that belong to each."""

    def __init__(
        self,
        theirs: Sequence[Said],
        layout: Layout,
        standing: Mapping[str, str],
        casting: Casting,
        new_id: Callable[[], str],
    ) -> None:
        self._theirs, self._layout = theirs, layout
        self._standing, self._casting, self._new_id = standing, casting, new_id
        self._free: list[_Voiced] = []
        self._reached_ms = 0
        self.plan = Plan()

    def run(self) -> None:
        rooms = self._rooms()
        for number, place in enumerate(self._layout.places):
            self._free += rooms.get(2 * number, ())
            self._stand(place, rooms.get(2 * number + 1, []))
        self._free += rooms.get(2 * len(self._layout.places), ())
        self._let_stand_free()

    def _rooms(self) -> dict[int, list[_Voiced]]:
        words = [(word, number) for number, said in enumerate(self._theirs) for word in said.words]
        numbers, known = allot(self._layout, [word for word, _ in words])
        rooms: dict[int, list[_Voiced]] = {}
        for index, (word, said) in enumerate(words):
            rooms.setdefault(numbers[index], []).append(_Voiced(word, said, known.get(index)))
        return rooms

    def _stand(self, place: Place, voiced: list[_Voiced]) -> None:
        if place.fate is Fate.FREE:
            self._free += voiced
        elif place.fate is Fate.TOUCHED and place.written:
            self._let_stand_free(place.written.segment.start_ms)
            self._keep(place, place.written, voiced)
        elif voiced:
            self._let_stand_free()
            self._leave_out(voiced)

    # -- what people changed -----------------------------------------------------------------------

    def _keep(self, place: Place, now: Written, voiced: Sequence[_Voiced]) -> None:
        now = Written(self._with_speaker(place, now.segment, voiced), now.words, now.timing_method)
        method = self._theirs[voiced[0].said].timing_method if voiced else now.timing_method
        passage = Passage(place.words, [one.word for one in voiced], method)
        merged, conflicts = merge_passage(now, passage.base, passage.theirs, method)
        self.plan.segments.append(merged)
        self.plan.touched.add(merged.id)
        self.plan.passages[merged.id] = passage
        self.plan.conflicts += conflicts
        self._remember(voiced)
        self._reached_ms = now.segment.end_ms

    def _with_speaker(self, place: Place, segment: DocSegment, voiced: Sequence[_Voiced]) -> DocSegment:
        """The new voice, unless a person said who speaks here or nobody was heard."""
        machine = Counter(self._standing.get(speaker, "") for speaker in place.speakers).most_common(1)
        by_machine = not segment.speaker or (machine and machine[0][0] == segment.speaker)
        speaker = self._speaker_of(voiced)
        return replace(segment, speaker=speaker) if by_machine and speaker else segment

    def _speaker_of(self, voiced: Iterable[_Voiced]) -> str:
        shares: Counter[str] = Counter()
        for word, said, _ in voiced:
            if voice := self._theirs[said].voice:
                shares[self._casting.ids[voice]] += 1 + word.end_ms - word.start_ms
        return shares.most_common(1)[0][0] if shares else ""

    def _leave_out(self, voiced: Sequence[_Voiced]) -> None:
        """What people deleted stays out; where something else is heard now, an empty segment shows it."""
        self._remember(voiced)
        if all(one.before is not None for one in voiced):
            return
        words = [one.word for one in voiced]
        start_ms, end_ms = min(word.start_ms for word in words), max(word.end_ms for word in words)
        empty = DocSegment(self._new_id(), self._speaker_of(voiced), start_ms, end_ms, "")
        method = self._theirs[voiced[0].said].timing_method
        self.plan.segments.append(Written(empty, [], method))
        self.plan.conflicts.append(Conflict(empty.id, 0, "", text_of(words), words, method))

    # -- what the machine may write ----------------------------------------------------------------

    def _let_stand_free(self, until_ms: int | None = None) -> None:
        """Free words as segments of the new pass; one that is cut by a person's keeps out of its time."""
        for number, run in groupby(self._free, lambda one: one.said):
            voiced, said = list(run), self._theirs[number]
            if len(voiced) < len(said.words):
                said = _cut(said, [one.word for one in voiced], self._reached_ms, until_ms)
            self._write(said, voiced)
        self._free = []

    def _write(self, said: Said, voiced: Sequence[_Voiced]) -> None:
        key = self._id_of(voiced) or self._new_id()
        speaker = self._casting.ids[said.voice] if said.voice else ""
        segment = DocSegment(key, speaker, said.start_ms, said.end_ms, said.text)
        self.plan.segments.append(Written(segment, said.words, said.timing_method))
        self.plan.heard.append(Kept(key, said, speaker))

    def _id_of(self, voiced: Sequence[_Voiced]) -> str:
        """The id of the segment that most of these words are, and that is mostly these words."""
        owners = Counter(self._layout.owners[one.before] for one in voiced if one.before is not None)
        if not owners:
            return ""
        number, shared = owners.most_common(1)[0]
        place = self._layout.places[number]
        is_same = place.written and 2 * shared > max(len(voiced), len(place.words))
        return place.written.id if place.written and is_same else ""

    def _remember(self, voiced: Sequence[_Voiced]) -> None:
        """What was heard inside a person's segment is part of the next base, under no id of the document."""
        for number, run in groupby(voiced, lambda one: one.said):
            said, words = self._theirs[number], [one.word for one in run]
            if len(words) < len(said.words):
                said = _cut(said, words)
            speaker = self._casting.ids[said.voice] if said.voice else ""
            self.plan.heard.append(Kept(self._new_id(), said, speaker))


def _cut(said: Said, words: Sequence[Word], from_ms: int = 0, until_ms: int | None = None) -> Said:
    """A part of a segment, as long as its words and no longer than the free time around it."""
    start_ms = max(words[0].start_ms, from_ms)
    end_ms = max(words[-1].end_ms, start_ms)
    if until_ms is not None:
        end_ms = max(min(end_ms, until_ms), start_ms)
    return replace(
        said,
        start_ms=start_ms,
        end_ms=end_ms,
        text=text_of(words),
        words=monotone(words, start_ms, end_ms),
        doubts=[doubt for doubt in said.doubts if words[0].start_ms <= doubt[0] < words[-1].end_ms],
    )
