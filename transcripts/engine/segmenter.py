"""Words to readable segments: one speaker, one breath, a capital and a full stop.

A segment ends where the speaker changes, after a pause of more than 0.6 s, at 15 s or at 220 characters.
Its edges are those of the speaker's turn where no other word stands between: speech that was heard but not
understood belongs to whoever spoke.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from transcripts.engine.diarize import Turn
from transcripts.engine.recognition import RecognisedWord

_PAUSE_MS = 600
_LONGEST_MS = 15_000
_MOST_CHARACTERS = 220
_ISLAND_GAP_MS = 300
_PRONOUN = "i"


@dataclass(frozen=True)
class Segment:
    """Readable text of one speaker; the words' texts joined by blanks are the text. Times in ms."""

    start_ms: int
    end_ms: int
    text: str
    speaker: int | None
    words: tuple[RecognisedWord, ...]


class Segmenter:
    """Takes the words of one stretch of speech after the other and gives segments as they become complete."""

    def __init__(self, turns: Sequence[Turn] = ()) -> None:
        self._turns = turns
        self._open: list[RecognisedWord] = []
        self._speaker: int | None = None
        self._said_until_ms = 0

    def push(self, words: Sequence[RecognisedWord], next_start_ms: int | None) -> list[Segment]:
        """Segments that are complete now; ``next_start_ms`` is where speech goes on, None at the end."""
        complete: list[Segment] = []
        for word, speaker in zip(words, speakers_of(words, self._turns), strict=True):
            if self._open and (speaker != self._speaker or self._breaks_before(word)):
                complete += self._close(word.start_ms)
            self._open.append(word)
            self._speaker = speaker
        if self._open and (next_start_ms is None or next_start_ms - self._open[-1].end_ms > _PAUSE_MS):
            complete += self._close(next_start_ms)
        return complete

    def _breaks_before(self, word: RecognisedWord) -> bool:
        characters = sum(len(before.text) + 1 for before in self._open)
        return (
            word.start_ms - self._open[-1].end_ms > _PAUSE_MS
            or word.end_ms - self._open[0].start_ms > _LONGEST_MS
            or characters + len(word.text) > _MOST_CHARACTERS
        )

    def _close(self, next_word_ms: int | None) -> list[Segment]:
        segment = self._with_turn_edges(readable_segment(self._open, self._speaker), next_word_ms)
        self._open = []
        self._said_until_ms = segment.end_ms
        return [segment]

    def _with_turn_edges(self, segment: Segment, next_word_ms: int | None) -> Segment:
        own = [turn for turn in self._turns if turn.speaker == segment.speaker]
        first = min(
            (t.start_ms for t in own if t.start_ms < segment.start_ms < t.end_ms), default=segment.start_ms
        )
        last = max((t.end_ms for t in own if t.start_ms < segment.end_ms < t.end_ms), default=segment.end_ms)
        latest = last if next_word_ms is None else min(last, next_word_ms)
        return replace(
            segment,
            start_ms=max(first, min(self._said_until_ms, segment.start_ms)),
            end_ms=max(latest, segment.end_ms),
        )


def readable_segment(words: Sequence[RecognisedWord], speaker: int | None = None) -> Segment:
    """One segment of at least one word, with a capital at its beginning and a full stop at its end."""
    texts = readable_texts([word.text for word in words])
    texts[-1] += "."
    readable = tuple(replace(word, text=text) for word, text in zip(words, texts, strict=True))
    return Segment(words[0].start_ms, words[-1].end_ms, " ".join(texts), speaker, readable)


def readable_texts(texts: Sequence[str]) -> list[str]:
    """The words of one sentence with the capitals they need; no full stop yet."""
    readable = [_with_pronoun(text) for text in texts]
    if readable:
        readable[0] = readable[0][:1].upper() + readable[0][1:]
    return readable


def speakers_of(words: Sequence[RecognisedWord], turns: Sequence[Turn]) -> list[int | None]:
    """The speaker of each word: most overlap, else the nearest turn; single strays follow neighbours."""
    if not turns:
        return [None] * len(words)
    speakers: list[int | None] = [_speaker_of(word, turns) for word in words]
    for i in range(1, len(words) - 1):
        before, after = words[i].start_ms - words[i - 1].end_ms, words[i + 1].start_ms - words[i].end_ms
        if speakers[i - 1] == speakers[i + 1] and max(before, after) < _ISLAND_GAP_MS:
            speakers[i] = speakers[i - 1]
    return speakers


def _speaker_of(word: RecognisedWord, turns: Sequence[Turn]) -> int:
    def closeness(turn: Turn) -> tuple[int, int]:
        overlap = min(word.end_ms, turn.end_ms) - max(word.start_ms, turn.start_ms)
        middle = (word.start_ms + word.end_ms) // 2
        return max(0, overlap), -max(turn.start_ms - middle, middle - turn.end_ms, 0)

    return max(turns, key=closeness).speaker


def _with_pronoun(text: str) -> str:
    return text.capitalize() if text == _PRONOUN or text.startswith("i'") else text
