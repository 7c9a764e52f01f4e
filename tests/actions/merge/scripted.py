"""A long conversation as a machine hears it twice, and a person who corrected it in between, by a script."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from transcripts.actions.merge.texts import Heard, Plan, Said, Written, text_of
from transcripts.document.content import DocSegment, DocVoice
from transcripts.timing.interpolate import interpolate
from transcripts.timing.realign import realign
from transcripts.timing.tokens import tokenise
from transcripts.timing.words import Word, monotone

VOICES = [DocVoice(f"speaker_{number}") for number in range(1, 5)]
SOUNDS = ("ba", "re", "to", "mi", "lan", "for", "ge", "dis", "tur", "ny", "ka", "sol", "pem", "vi")
SHAKE_MS = 120
"""How far the second pass puts a word from where the first one put it."""
KINDS = (
    "replace", "insert_words", "remove_word", "punctuation", "split", "join", "speaker", "times", "delete",
    "insert",
)  # fmt: skip


@dataclass
class Correction:
    """One change of the person, and whether a document still has it."""

    kind: str
    key: str
    is_kept: Callable[[dict[str, Written]], bool]


@dataclass
class Conversation:
    base: list[Heard]
    mine: list[Written]
    theirs: list[Said]
    corrections: list[Correction] = field(default_factory=list)


def conversation(segments: int, corrections: int, seed: int = 4) -> Conversation:
    """Corrections stand in segments of their own, so that each can be looked for."""
    dice = random.Random(seed)
    base = list(_base(dice, segments))
    talk = Conversation(base, [_as_written(one) for one in base], list(_second_pass(dice, base)))
    _Person(dice, talk).correct(corrections)
    return talk


def outcome(talk: Conversation, plan: Plan) -> dict[str, int]:
    """How many corrections are kept, how many of them stand beside another reading, how many are gone."""
    now = {one.id: one for one in plan.segments}
    shown = {conflict.key for conflict in plan.conflicts}
    asked = " ".join(conflict.text for conflict in plan.conflicts if not conflict.mine).split()
    counts = {"kept": 0, "kept beside a conflict": 0, "dropped": 0}
    for correction in talk.corrections:
        is_shown = correction.key in shown or (correction.kind == "delete" and correction.key in asked)
        fate = "kept beside a conflict" if is_shown else "kept"
        counts[fate if correction.is_kept(now) else "dropped"] += 1
    return counts


def _word(dice: random.Random) -> str:
    rank = min(int(dice.paretovariate(0.9)), 3000)
    letters = random.Random(rank)
    return "".join(letters.choice(SOUNDS) for _ in range(1 + rank % 3))


def _base(dice: random.Random, segments: int) -> Iterator[Heard]:
    at_ms = 0
    for number in range(segments):
        start_ms = at_ms
        words: list[Word] = []
        for _ in range(dice.randint(6, 18)):
            length_ms = dice.randint(120, 500)
            words.append(Word(at_ms, at_ms + length_ms, _word(dice)))
            at_ms += length_ms + dice.choice((0, 0, 0, 80))
        words[len(words) // 2] = words[len(words) // 2]._replace(text=f"rare{number}")
        speaker = VOICES[number // 3 % len(VOICES)].id
        yield Heard(f"m{number}", start_ms, words[-1].end_ms, text_of(words), words, speaker)
        at_ms += dice.randint(100, 1500)


def _as_written(heard: Heard) -> Written:
    segment = DocSegment(heard.key, heard.speaker, heard.start_ms, heard.end_ms, heard.text)
    return Written(segment, heard.words)


def _second_pass(dice: random.Random, base: Sequence[Heard]) -> Iterator[Said]:
    """Every eighth word differs, times shake, sentences end elsewhere, voices have other names.

    Where one voice interrupts another, words are said twice or in another order, and some are missing.
    """
    words: list[tuple[Word, str]] = []
    for heard in base:
        voice = dice.choice("abcd") if dice.random() < 0.05 else "abcd"[int(heard.speaker[-1]) - 1]
        words += [(word, voice) for word in _heard_again(dice, heard.words)]
    while words:
        count = dice.randint(4, 22)
        chunk = [word for word, voice in words[:count] if voice == words[0][1]] or [words[0][0]]
        voice, words = words[0][1], words[len(chunk) :]
        start_ms, end_ms = min(w.start_ms for w in chunk), max(w.end_ms for w in chunk)
        timed = monotone(chunk, start_ms, end_ms)
        yield Said(0, start_ms, end_ms, text_of(timed), timed, "acoustic", voice, voice)


def _heard_again(dice: random.Random, words: Sequence[Word]) -> Iterator[Word]:
    for word in words:
        shift_ms = dice.randint(-SHAKE_MS, SHAKE_MS)
        start_ms = max(0, word.start_ms + shift_ms)
        again = Word(start_ms, start_ms + word.end_ms - word.start_ms, word.text)
        chance = dice.random()
        if chance < 0.07:
            yield again._replace(text="new" + word.text)
        elif chance < 0.095:
            yield again
            yield Word(again.end_ms, again.end_ms, "also" + _word(dice))
        elif chance > 0.025 + 0.095:
            yield again


class _Person:
    def __init__(self, dice: random.Random, talk: Conversation) -> None:
        self._dice, self._talk = dice, talk
        self._number = 0

    def correct(self, count: int) -> None:
        """From the end, so that places before stay where they are; each has two segments to itself."""
        places = self._dice.sample(range(0, len(self._talk.mine) - 1, 2), count)
        for number, place in enumerate(sorted(places, reverse=True)):
            self._number = number
            kind = KINDS[number % len(KINDS)]
            written = self._talk.mine[place]
            is_kept = getattr(self, "_" + kind)(place, written)
            rare = next(word.text for word in written.words if word.text.startswith("rare"))
            key = rare if kind == "delete" else written.id
            self._talk.corrections.append(Correction(kind, key, is_kept))

    def _put(self, place: int, written: Written, **attrs: object) -> None:
        segment = replace(written.segment, **attrs)  # type: ignore[arg-type]
        words = realign(written.words, segment.text, segment.start_ms, segment.end_ms)
        self._talk.mine[place] = Written(segment, words)

    def _edit(self, place: int, written: Written, at: int, tokens: list[str], instead_of: int) -> None:
        words = written.segment.text.split()
        self._put(place, written, text=" ".join([*words[:at], *tokens, *words[at + instead_of :]]))

    def _replace(self, place: int, written: Written) -> Callable[[dict[str, Written]], bool]:
        mine = [f"human{self._number}", "says"][: self._dice.randint(1, 2)]
        count = len(written.words)
        self._edit(place, written, self._dice.randrange(count - 2), mine, self._dice.randint(1, 2))
        return lambda now: written.id in now and " ".join(mine) in now[written.id].segment.text

    def _insert_words(self, place: int, written: Written) -> Callable[[dict[str, Written]], bool]:
        mine = [f"human{self._number}", "adds"]
        self._edit(place, written, self._dice.randrange(len(written.words) + 1), mine, 0)
        return lambda now: written.id in now and " ".join(mine) in now[written.id].segment.text

    def _remove_word(self, place: int, written: Written) -> Callable[[dict[str, Written]], bool]:
        at = next(n for n, word in enumerate(written.words) if word.text.startswith("rare"))
        rare = written.words[at].text
        self._edit(place, written, at, [], 1)
        return lambda now: written.id in now and rare not in now[written.id].segment.text

    def _punctuation(self, place: int, written: Written) -> Callable[[dict[str, Written]], bool]:
        at = next(n for n, word in enumerate(written.words) if word.text.startswith("rare"))
        mine = written.words[at].text.title() + "!"
        self._edit(place, written, at, [mine], 1)
        return lambda now: written.id in now and mine in now[written.id].segment.text

    def _split(self, place: int, written: Written) -> Callable[[dict[str, Written]], bool]:
        at = self._dice.randrange(1, len(written.words))
        words, segment = written.words, written.segment
        left = replace(segment, end_ms=words[at - 1].end_ms, text=text_of(words[:at]))
        right = DocSegment(
            f"h{self._number}", segment.speaker, words[at].start_ms, segment.end_ms, text_of(words[at:])
        )
        self._talk.mine[place : place + 1] = [Written(left, words[:at]), Written(right, words[at:])]
        return lambda now: {left.id, right.id} <= now.keys() and now[left.id].segment.end_ms == left.end_ms

    def _join(self, place: int, written: Written) -> Callable[[dict[str, Written]], bool]:
        follows = self._talk.mine[place + 1]
        text = f"{written.segment.text} {follows.segment.text}"
        segment = replace(written.segment, end_ms=follows.segment.end_ms, text=text)
        self._talk.mine[place : place + 2] = [Written(segment, [*written.words, *follows.words])]
        return lambda now: (
            written.id in now and follows.id not in now and now[written.id].segment.end_ms == segment.end_ms
        )

    def _speaker(self, place: int, written: Written) -> Callable[[dict[str, Written]], bool]:
        mine = next(voice.id for voice in VOICES if voice.id != written.segment.speaker)
        self._put(place, written, speaker=mine)
        return lambda now: written.id in now and now[written.id].segment.speaker == mine

    def _times(self, place: int, written: Written) -> Callable[[dict[str, Written]], bool]:
        start_ms, end_ms = written.segment.start_ms + 70, written.segment.end_ms - 90
        self._put(place, written, start_ms=start_ms, end_ms=end_ms, held=True)
        return lambda now: (
            written.id in now
            and (now[written.id].segment.start_ms, now[written.id].segment.end_ms) == (start_ms, end_ms)
        )

    def _delete(self, place: int, written: Written) -> Callable[[dict[str, Written]], bool]:
        rare = next(word.text for word in written.words if word.text.startswith("rare"))
        del self._talk.mine[place]
        return lambda now: not any(rare in one.segment.text.split() for one in now.values())

    def _insert(self, place: int, written: Written) -> Callable[[dict[str, Written]], bool]:
        text = f"human{self._number} says something here"
        start_ms = written.segment.end_ms
        segment = DocSegment(f"h{self._number}", written.segment.speaker, start_ms, start_ms + 90, text)
        words = interpolate(tokenise(text), segment.start_ms, segment.end_ms)
        self._talk.mine.insert(place + 1, Written(segment, words))
        return lambda now: segment.id in now and segment.text in now[segment.id].segment.text
