"""A spoken interview with a known right text, and the faults that a machine would have put into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from tests.browser.said import Said

ASKER, GUEST, TECHNICIAN = 0, 1, 2
NAMES = ("Miriam Adler", "Kofi Mensah", "Technician")
NAME, MISHEARD_NAME = "Mensah", "Mencer"
CYCLE = 24
"""After so many lines the faults come again."""

QUESTIONS = (
    "Mr Mensah, what did you see from the bridge in {year}?",
    "Did the Mensah family work in the harbour of {town}?",
    "And how many boats went out of {town} in {year}?",
    "Who weighed the {fish} when the scales were broken?",
    "Was the school of {town} open during the flood?",
    "What did your grandmother say about the {fish}?",
)
ANSWERS = (
    "We carried {number} baskets of {fish} up the hill to the market before breakfast.",
    "My grandmother kept the scales in the kitchen, because {town} was full of thieves.",
    "Nobody in {town} had a telephone before {year}, except the doctor and the priest.",
    "The first bridge was built of oak, and the water ate it within {number} winters.",
    "It cost {number} hundred pounds, which was a great deal of money for {town}.",
    "Every Mensah in {town} could swim, even my aunt, who was afraid of {fish}.",
    "The {fish} came late that year, after the long winter, and the boats stayed away.",
    "I slept in the boat house and listened to the rain for {number} nights.",
    "Then the water rose, and {number} families left {town} with all they had.",
    "You could still see the old posts at low tide when I came back in {year}.",
    "My uncle painted the boats green and the oars white, as they do in {town}.",
    "In {year} the ferry stopped, because the road to {town} was finished.",
    "Old Mensah sold his {fish} from a cart with {number} wheels and no horse.",
)
REQUEST = "Could you move a little closer to the microphone?"
WORDS = {
    "year": ("sixty one", "fifty four", "seventy two", "forty nine", "eighty three"),
    "town": ("Ashford", "Penrose", "Whitby", "Saltburn"),
    "fish": ("herring", "mackerel", "salmon", "haddock", "cod"),
    "number": ("three", "eleven", "forty", "nineteen", "six", "two"),
}
MISHEARD = {"the": "a", "harbour": "arbour", "scales": "skills", "boats": "votes", "bridge": "breach"}
ELSE_MISHEARD = "something"


class Kind(Enum):
    WORD = auto()
    DOUBTED_WORD = auto()
    POINT = auto()
    VOICE = auto()
    MERGED = auto()
    BROKEN = auto()
    BORDER = auto()
    TOUCHING = auto()
    TURN = auto()


FAULTS_OF_CYCLE = {
    1: Kind.WORD,
    2: Kind.DOUBTED_WORD,
    3: Kind.POINT,
    5: Kind.VOICE,
    7: Kind.MERGED,
    9: Kind.DOUBTED_WORD,
    10: Kind.WORD,
    11: Kind.POINT,
    13: Kind.BROKEN,
    15: Kind.BORDER,
    18: Kind.WORD,
    19: Kind.POINT,
    21: Kind.TOUCHING,
}
TURN_LINE = 20
RIGHT_BUT_DOUBTED = 17
"""The place in a cycle of a line whose first word is right, though the machine was not sure of it."""


class Fault(NamedTuple):
    """The machine has written ``wrong`` for the word ``right``, which is word number ``word`` of the line."""

    kind: Kind
    line: int
    word: int = 0
    wrong: str = ""
    right: str = ""


class Passage(NamedTuple):
    """What a passage must be in the end."""

    speaker: str
    start_ms: int
    end_ms: int
    text: str


class Proof(NamedTuple):
    """What was said, and where the machine has it wrong."""

    said: Sequence[Said]
    faults: Sequence[Fault]

    @property
    def right(self) -> list[Passage]:
        return [Passage(NAMES[line.speaker], *line[1:]) for line in self.said]


def right_lines(count: int) -> Iterator[tuple[int, str]]:
    """A question, three answers, and so on; nearly every line is another one."""
    for number in range(count):
        if number == TURN_LINE:
            yield TECHNICIAN, REQUEST
            continue
        speaker = GUEST if number % 4 else ASKER
        forms = ANSWERS if number % 4 else QUESTIONS
        chosen = {name: words[(number * 3 + number // 5) % len(words)] for name, words in WORDS.items()}
        yield (
            speaker,
            forms[(number - number // 4 if number % 4 else number // 4) % len(forms)].format(**chosen),
        )


def proof_of(said: Sequence[Said]) -> Proof:
    """Scripted faults for what was said."""
    return Proof(said, [fault for number in range(len(said)) if (fault := _fault(said, number))])


def _fault(said: Sequence[Said], number: int) -> Fault | None:
    if number == TURN_LINE:
        return Fault(Kind.TURN, number)
    kind = FAULTS_OF_CYCLE.get(number % CYCLE)
    if kind is None or number + 1 == len(said):
        return None
    words = said[number].text.split()
    if kind in {Kind.WORD, Kind.DOUBTED_WORD}:
        word = next((index for index, text in enumerate(words) if text in MISHEARD), len(words) // 2)
        return Fault(kind, number, word, MISHEARD.get(words[word], ELSE_MISHEARD), words[word])
    if kind is Kind.POINT:
        return Fault(kind, number, len(words) - 1, words[-1][:-1], words[-1])
    if kind is Kind.BROKEN:
        return Fault(kind, number, len(words) // 2)
    return Fault(kind, number)
