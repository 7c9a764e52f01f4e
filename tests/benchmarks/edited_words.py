"""What is left of the words' moments after a thousand edits.

``python -m tests.benchmarks.edited_words [edits]``: takes the exact-script dialogue of the samples folder
(``synth_dialogue_10min.mp3``: every word's start is known), types, splits, joins, moves, deletes, replaces
everywhere and undoes, batch after batch, and times every batch as the server does. A word that a border set
by hand cuts or leaves outside cannot keep its moment; those words are counted by themselves.
"""

from __future__ import annotations

import json
import sys
import time
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

from tests.timing.random_edits import Batch, Editor, Passage, Said
from transcripts.timing.errors import WordTableInvalid
from transcripts.timing.heard import heard_among
from transcripts.timing.retime import retime
from transcripts.timing.tokens import comparison_key
from transcripts.timing.words import Span, Word, check

from .long_file import DIALOGUE, SCRIPT_SUFFIX
from .samples import LONGEST_WORD_SECONDS, NOTHING_MEASURED, samples_folder

EDITS = 1000
SEED = 10
UNDONE_SHARE = 0.2
TURNS_SUFFIX = ".turns.json"


class Figures(NamedTuple):
    """``kept`` of ``untouched`` words have the very moment at which they were said.

    ``cut`` words cannot: their passage ends before them or within them now, or begins behind or within them.
    """

    batches: int
    words: int
    with_length: int
    untouched: int
    kept: int
    cut: int
    backwards: int
    milliseconds: float

    def report(self, title: str) -> None:
        print(f"{title}: {self.batches} batches, then {self.words} words")
        print(f"  untouched words with their exact moment: {self.kept} of {self.untouched}", end="")
        print(f" ({self.kept / max(1, self.untouched):.2%})")
        print(f"  untouched words that do not lie in their passage any more: {self.cut}")
        print(
            f"  words with a moment: {self.words} (100 %), with room of their own: {self.with_length}", end=""
        )
        print(f" ({self.with_length / max(1, self.words):.2%})")
        print(f"  batches after which times ran backwards: {self.backwards}")
        print(f"  server's time for a batch: {self.milliseconds:.2f} ms")


def dialogue() -> tuple[list[Passage], list[Word]]:
    """The dialogue's turns, made of the words of which the moment is known, and all these words."""
    stem = samples_folder() / DIALOGUE.replace(".", "_")
    turns: list[dict[str, Any]] = json.loads(stem.with_name(stem.name + TURNS_SUFFIX).read_text())
    rows: list[list[Any]] = json.loads(stem.with_name(stem.name + SCRIPT_SUFFIX).read_text())
    starts_ms = [round(row[1] * 1000) for row in rows]
    longest_ms = round(LONGEST_WORD_SECONDS * 1000)
    ends_ms = [
        min(start_ms + longest_ms, following_ms)
        for start_ms, following_ms in zip(
            starts_ms, [*starts_ms[1:], starts_ms[-1] + longest_ms], strict=True
        )
    ]
    spoken = [
        Word(start_ms, end_ms, row[0]) for start_ms, end_ms, row in zip(starts_ms, ends_ms, rows, strict=True)
    ]
    borders_ms = [round(turn["start"] * 1000) for turn in turns[1:]]
    edges = [0, *(bisect_left(starts_ms, border_ms) for border_ms in borders_ms), len(spoken)]
    return [passage_of(spoken, first, last) for first, last in pairwise(edges) if first < last], spoken


def passage_of(spoken: list[Word], first: int, last: int) -> Passage:
    words = spoken[first:last]
    said = [Said(word.text, first + index) for index, word in enumerate(words)]
    return Passage(words[0].start_ms, words[-1].end_ms, said, words)


def next_batches(random: Random, editor: Editor, document: list[Passage]) -> Sequence[Batch]:
    """One batch; and sometimes the one that undoes it."""
    batch = editor.batch(document)
    if random.random() >= UNDONE_SHARE:
        return [batch]
    before = [passage.copy() for passage in document[batch.first : batch.last]]
    return [batch, Batch(batch.first, batch.first + len(batch.passages), before)]


def measure(edits: int, *, overlaps: bool) -> Figures:
    """Carry out ``edits`` batches on the dialogue."""
    document, spoken = dialogue()
    random, heard = Random(SEED), heard_among(spoken)
    vocabulary = sorted({word.text for word in spoken})
    editor = Editor(SEED, lambda: random.choice(vocabulary), overlaps=overlaps)
    batches = backwards = 0
    seconds = 0.0
    while batches < edits:
        for first, last, fresh in next_batches(random, editor, document):
            before = [passage.timed() for passage in document[first:last]]
            after = [passage.untimed() for passage in fresh]
            began = time.process_time()
            tables = retime(before, after, heard)
            seconds += time.process_time() - began
            for passage, table in zip(fresh, tables, strict=True):
                passage.words = table
            document[first:last] = fresh
            backwards += any(runs_backwards(passage) for passage in document)
            batches += 1
    return counted(document, spoken, batches, backwards, 1000 * seconds / batches)


def runs_backwards(passage: Passage) -> bool:
    try:
        check(passage.words, passage.start_ms, passage.end_ms)
    except WordTableInvalid:
        return True
    return False


def counted(
    document: list[Passage], spoken: list[Word], batches: int, backwards: int, cost_ms: float
) -> Figures:
    words = [word for passage in document for word in passage.words]
    untouched = [
        (passage, index, spoken[said.origin])
        for passage in document
        for index, said in enumerate(passage.said)
        if said.origin is not None
    ]
    whole = [
        word[:2] in moments_of_twins(passage.words, index)
        for passage, index, word in untouched
        if passage.start_ms <= word.start_ms and word.end_ms <= passage.end_ms
    ]
    return Figures(
        batches=batches,
        words=len(words),
        with_length=sum(word.end_ms > word.start_ms for word in words),
        untouched=len(whole),
        kept=sum(whole),
        cut=len(untouched) - len(whole),
        backwards=backwards,
        milliseconds=cost_ms,
    )


def moments_of_twins(words: Sequence[Word], index: int) -> set[Span]:
    """The moment of a word, and of those beside it that are the same: nobody can tell which is which."""
    key = comparison_key(words[index].text)
    first = last = index
    while first > 0 and comparison_key(words[first - 1].text) == key:
        first -= 1
    while last + 1 < len(words) and comparison_key(words[last + 1].text) == key:
        last += 1
    return {word[:2] for word in words[first : last + 1]}


def main(arguments: list[str]) -> int:
    """Print the figures; 1 where times run backwards, or typing and joining moved a word."""
    if not (samples_folder() / DIALOGUE).exists():
        print(NOTHING_MEASURED.format(samples_folder()))
        return 0
    edits = int(arguments[0]) if arguments else EDITS
    plainly = measure(edits, overlaps=False)
    plainly.report("Nobody moves a border over words")
    wildly = measure(edits, overlaps=True)
    wildly.report("Borders set by hand over words, and people put in who talk at once")
    return int(plainly.kept < plainly.untouched or bool(plainly.backwards or wildly.backwards))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
