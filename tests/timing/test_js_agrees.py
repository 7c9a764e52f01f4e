"""The page's JS gives exactly what the server's Python gives, on texts and edits of every kind."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from transcripts.timing.characters import is_clinging, is_unspaced, weight_of
from transcripts.timing.interpolate import interpolate
from transcripts.timing.realign import realign
from transcripts.timing.tokens import (
    comparison_key,
    join_tokens,
    normalise_text,
    spaced,
    spoken_weight,
    tokenise,
)
from transcripts.timing.word_diff import matching_pairs
from transcripts.timing.words import Word, decode, encode, monotone

SCRIPT = Path(__file__).parent / "answers.mjs"
# Most of the big blocks of ideographs, syllables and surrogates is left out: one of them is like the other.
CHARACTERS = [
    range(0x3500),
    range(0x9F00, 0xAC10),
    range(0xD7A0, 0xD800),
    range(0xE000, 0x10000),
    range(0x10400, 0x10600),
    range(0x1CF00, 0x1D400),
    range(0x1E000, 0x20010),
    range(0xE0000, 0xE0200),
]
PIECES = [
    *("the", "The", "bell", "boat,", "it’s", "IT'S", "–", "...", "!", "12", "3.14", "½", "①", "٣٤", "१२"),
    *(
        "😀",
        "❤️",
        "1️⃣",
        "👩‍👩‍👧",
        "👍🏽",
        "🇩🇪",
        "\U0001fae8",
        "Straße",
        "STRASSE",
        "ΣΑΣ",
        "ςας",
        "İstanbul",
        "ıI",
        "ǅ",
    ),
    *("ﬁrst", "ſo", "é", "e\u0301", "Ž", "ŉ", "ქართული", "ՀԱՅ", "ᲀ", "Ꭰꭰ", "𐐀𐐨", "ꟊ", "\u1c89", "\U00010d50"),
    *("שלום", "שָׁלוֹם", "مرحبا،", "مَرْحَبًا", "देवनागरी", "हिन्दी।", "한국어", "漢字かな", "。", "「あっ」", "葛󠄀城"),
    *(
        "ｶﾅ",
        "Ａｂ",
        "𠮷野",
        "นี้ดี",
        "ไทย",
        "ລາວ",
        "\u0ece",
        "မြန်မာ",
        "ភាសា",
        "<i>",
        "-->",
        "`",
        "\\",
        "[x]",
        "{y}",
    ),
]
SPACES = [" ", "  ", "\n", "\t", "\u00a0", "\u3000", "\u2028", "\x1c", "\x85"]
GARBAGE = [
    "\u200b",
    "\u200d",
    "\u200e",
    "\ufeff",
    "\x00",
    "\ud83d",
    "\ude00",
    "\U000f0000",
    "\ufffe",
    "^",
    "_",
]
Question = tuple[Any, ...]


def text(random: Random, most: int = 8) -> str:
    drawn = [random.choice(PIECES + SPACES + GARBAGE) for _ in range(random.randrange(most + 1))]
    return as_sent(random.choice((" ", "", " ", ", ")).join(drawn))


def as_sent(value: str) -> str:
    """Two halves of a character that meet are that character, once the text has been sent anywhere."""
    received: str = json.loads(json.dumps(value))
    return received


def word_rows(random: Random, most: int = 12) -> list[Word]:
    """Any table: in order, out of order, outside of the segment."""
    tokens = tokenise(" ".join(random.choice(PIECES) for _ in range(random.randrange(most + 1))))
    start_ms = random.randrange(-50, 4000)
    table = interpolate(tokens, start_ms, start_ms + random.randrange(6000))
    if random.random() < 0.6:
        return table
    return [
        Word(word.start_ms + random.randint(-900, 900), word.end_ms + random.randint(-900, 900), word.text)
        for word in table
    ]


def edited(random: Random, table: list[Word]) -> str:
    tokens = [word.text for word in table]
    for _ in range(random.randrange(5)):
        at = random.randrange(len(tokens) + 1)
        tokens[at : at + random.randrange(3)] = tokenise(text(random, 2))
    return as_sent(join_tokens(tokens))


def text_questions(random: Random) -> Iterator[Question]:
    for _ in range(1000):
        drawn = text(random)
        tokens = tokenise(drawn)
        yield "normalise", drawn
        yield "tokens", drawn
        yield "keys", tokens
        yield "weights", tokens
        yield "spaced", drawn[:1], text(random, 1)


def diff_questions(random: Random) -> Iterator[Question]:
    for _ in range(600):
        letters = "abcdefgh"[: random.randrange(1, 9)]
        old, new = ([random.choice(letters) for _ in range(random.randrange(30))] for _ in range(2))
        yield "pairs", old, new


def table_questions(random: Random) -> Iterator[Question]:
    for _ in range(300):
        table = word_rows(random)
        start_ms, end_ms = random.randrange(-100, 3000), random.randrange(-100, 6000)
        yield "monotone", table, start_ms, end_ms
        yield "interpolate", [word.text for word in table], start_ms, end_ms
        yield "decode", json.loads(encode(table, start_ms)), start_ms


def realign_questions(random: Random) -> Iterator[Question]:
    while True:
        table = word_rows(random)
        start_ms = random.randrange(0, 3000)
        yield "realign", table, edited(random, table), start_ms, start_ms + random.randrange(-100, 6000)


ANSWERS: dict[str, Callable[..., Any]] = {
    "normalise": normalise_text,
    "tokens": tokenise,
    "keys": lambda tokens: [comparison_key(token) for token in tokens],
    "weights": lambda tokens: [spoken_weight(token) for token in tokens],
    "spaced": spaced,
    "pairs": matching_pairs,
    "monotone": monotone,
    "interpolate": interpolate,
    "decode": lambda rows, origin_ms: decode(json.dumps(rows), origin_ms),
    "realign": realign,
}


def ask_node(questions: list[Question]) -> list[Any]:
    lines = "".join(f"{json.dumps(question)}\n" for question in questions)
    done = subprocess.run(
        ["node", str(SCRIPT)], input=lines, capture_output=True, text=True, timeout=100, check=True
    )
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def plain(value: Any) -> Any:
    """As JSON would have it."""
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def disagreements(questions: list[Question], theirs: list[Any]) -> list[tuple[Question, Any, Any]]:
    answers = [
        (plain(ANSWERS[name](*rest)), other) for (name, *rest), other in zip(questions, theirs, strict=True)
    ]
    return [
        (question, ours, other)
        for question, (ours, other) in zip(questions, answers, strict=True)
        if ours != other
    ]


def test_ten_thousand_questions_have_the_same_answer() -> None:
    random = Random(20)
    questions = [*text_questions(random), *diff_questions(random), *table_questions(random)]
    more = realign_questions(random)
    questions += [next(more) for _ in range(10_000 - len(questions))]
    theirs = ask_node(questions)
    assert len(theirs) == len(questions) == 10_000
    assert disagreements(questions, theirs)[:3] == []


def test_every_character_counts_the_same() -> None:
    theirs = ask_node([("characters", points[0], points[-1] + 1) for points in CHARACTERS])
    for points, rows in zip(CHARACTERS, theirs, strict=True):
        for point, row in zip(points, rows, strict=True):
            char = chr(point)
            ours = [comparison_key(char), weight_of(char), is_clinging(char), is_unspaced(char)]
            assert row == ours, hex(point)


def test_a_question_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        ask_node([("nonsense",)])


def test_long_texts_too() -> None:
    random = Random(7)
    old = [f"w{random.randrange(400)}" for _ in range(3000)]
    new = [token for token in old if random.random() > 0.05]
    rewritten = [f"x{random.randrange(400)}" for _ in range(2000)] + old[:500]
    table = interpolate(old, 0, 3_600_000)
    questions: list[Question] = [
        ("pairs", old, new),
        ("pairs", old, rewritten),
        ("realign", table, " ".join(new), 0, 3_600_000),
        ("realign", table, " ".join(rewritten), 0, 3_600_000),
    ]
    assert disagreements(questions, ask_node(questions)) == []
