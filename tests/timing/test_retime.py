from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.timing.random_edits import Editor, Passage, Said
from tests.timing.strategies import moments, texts, wild_words
from transcripts.timing.heard import heard_among
from transcripts.timing.interpolate import interpolate
from transcripts.timing.realign import realign
from transcripts.timing.retime import MANY, Timed, Untimed, retime
from transcripts.timing.tokens import join_tokens, normalise_text, tokenise
from transcripts.timing.words import Word, check

CASES = json.loads((Path(__file__).parent / "vectors" / "retime.json").read_text("utf-8"))["cases"]
NOTHING = heard_among(())
UNHURRIED = settings(deadline=None, max_examples=60)
SAID = "so we have about twelve people on it and alice will join us in london on friday and so on"

spans = st.tuples(moments, moments).map(lambda pair: (max(0, min(pair)), max(0, *pair)))
befores = st.lists(
    st.builds(lambda span, text, words: Timed(span[0], span[1], text, words), spans, texts, wild_words),
    max_size=5,
)
afters = st.lists(st.builds(lambda span, text: Untimed(span[0], span[1], text), spans, texts), max_size=5)


def spoken(text: str = SAID, start_ms: int = 0, end_ms: int = 20_000) -> Timed:
    return Timed(start_ms, end_ms, text, interpolate(tokenise(text), start_ms, end_ms, [(4000, 4700)]))


def cut(segment: Timed, *places: int) -> list[Untimed]:
    """``segment`` split before the words with these indexes, at the moments where they begin."""
    edges = [0, *sorted(places), len(segment.words)]
    borders = [segment.start_ms, *(segment.words[place].start_ms for place in sorted(places)), segment.end_ms]
    tokens = tokenise(segment.text)
    return [
        Untimed(borders[index], borders[index + 1], join_tokens(tokens[edges[index] : edges[index + 1]]))
        for index in range(len(places) + 1)
    ]


def timed(segments: Sequence[Untimed], tables: Sequence[Sequence[Word]]) -> list[Timed]:
    return [
        Timed(segment.start_ms, segment.end_ms, segment.text, words)
        for segment, words in zip(segments, tables, strict=True)
    ]


def test_it_works() -> None:
    words = [Word(0, 400, "one"), Word(500, 900, "two"), Word(1000, 1400, "three")]
    split = [Untimed(0, 450, "One"), Untimed(450, 1400, "two three")]
    assert retime([Timed(0, 1400, "one two three", words)], split, NOTHING) == [
        [Word(0, 400, "One")],
        [Word(500, 900, "two"), Word(1000, 1400, "three")],
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_changes_of_every_kind(case: dict[str, Any]) -> None:
    before = [
        Timed(start_ms, end_ms, text, [Word(*word) for word in words])
        for start_ms, end_ms, text, words in case["before"]
    ]
    after = [Untimed(*row) for row in case["after"]]
    heard = heard_among(Word(*word) for word in case.get("heard", []))
    assert [[list(word) for word in table] for table in retime(before, after, heard)] == case["expected"]


@UNHURRIED
@given(wild_words, texts, spans, spans)
def test_one_segment_is_realigned(
    words: list[Word], text: str, old: tuple[int, int], new: tuple[int, int]
) -> None:
    assert retime([Timed(*old, "", words)], [Untimed(*new, text)], NOTHING) == [realign(words, text, *new)]


@UNHURRIED
@given(befores, afters, wild_words)
def test_any_change_gives_exactly_the_new_texts_in_order(
    before: list[Timed], after: list[Untimed], heard: list[Word]
) -> None:
    tables = retime(before, after, heard_among(heard))
    assert len(tables) == len(after)
    for segment, words in zip(after, tables, strict=True):
        check(words, segment.start_ms, segment.end_ms)
        assert join_tokens(word.text for word in words) == normalise_text(segment.text)
        assert len(words) == len(tokenise(segment.text))


@UNHURRIED
@given(st.sets(st.integers(1, len(SAID.split()) - 1), max_size=6))
def test_split_and_joined_again_is_as_it_was(places: set[int]) -> None:
    whole = spoken()
    parts = cut(whole, *places)
    tables = retime([whole], parts, NOTHING)
    assert [word for table in tables for word in table] == whole.words
    joined = retime(timed(parts, tables), [Untimed(*whole[:3])], NOTHING)
    assert joined == [whole.words]


@UNHURRIED
@given(st.integers(0, 18), st.integers(1, 18), st.sampled_from(["", "typed", "two words", "and", "漢字"]))
def test_what_was_deleted_and_comes_back_has_its_own_moments(
    first: int, length: int, typed_instead: str
) -> None:
    whole = spoken()
    tokens = SAID.split()
    text = " ".join([*tokens[:first], typed_instead, *tokens[first + length :]])
    changed = Untimed(whole.start_ms, whole.end_ms, text)
    table = retime([whole], [changed], heard_among(whole.words))
    assert retime(timed([changed], table), [Untimed(*whole[:3])], heard_among(whole.words)) == [whole.words]


@UNHURRIED
@given(st.integers(0, 2**32))
def test_untouched_words_keep_their_exact_moments_through_many_edits(seed: int) -> None:
    """Every spoken word is another one here, so that nothing can be taken for something else."""
    names = [f"word{number}" for number in range(60)]
    spoken_words = interpolate(names, 0, 60_000)
    document = [
        Passage(
            spoken_words[at].start_ms,
            spoken_words[at + 5].end_ms,
            [Said(names[number], number) for number in range(at, at + 6)],
            spoken_words[at : at + 6],
        )
        for at in range(0, 60, 6)
    ]
    numbers = itertools.count()
    editor = Editor(seed, lambda: f"typed{next(numbers)}", overlaps=False)
    for _ in range(25):
        first, last, fresh = editor.batch(document)
        before = [passage.timed() for passage in document[first:last]]
        tables = retime(before, [passage.untimed() for passage in fresh], NOTHING)
        for passage, words in zip(fresh, tables, strict=True):
            passage.words = words
        document[first:last] = fresh
    for passage in document:
        for said, word in zip(passage.said, passage.words, strict=True):
            assert said.origin is None or word[:2] == spoken_words[said.origin][:2]


@UNHURRIED
@example(4000, 4001)
@example(25_000, 30_000)
@given(st.integers(0, 30_000), st.integers(0, 30_000))
def test_an_edge_dragged_and_put_back_leaves_no_trace(start_ms: int, end_ms: int) -> None:
    whole = spoken()
    heard = heard_among(whole.words)
    dragged = Untimed(min(start_ms, end_ms), max(start_ms, end_ms), whole.text)
    table = retime([whole], [dragged], heard)
    assert retime(timed([dragged], table), [Untimed(*whole[:3])], heard) == [whole.words]


def test_a_deleted_segment_that_comes_back_has_its_own_moments() -> None:
    whole = spoken()
    assert retime([whole], [], NOTHING) == []
    assert retime([], [Untimed(*whole[:3])], heard_among(whole.words)) == [whole.words]


def test_a_segment_from_nowhere_fills_its_time() -> None:
    assert retime([], [Untimed(1000, 3000, "ab cd")], NOTHING) == [
        [Word(1000, 2000, "ab"), Word(2000, 3000, "cd")]
    ]


def test_a_replacement_everywhere_keeps_all_other_words() -> None:
    before = [spoken("one two three four", at, at + 1900) for at in range(0, 4_000_000, 2000)]
    after = [Untimed(*segment[:2], "one too three four") for segment in before]
    for segment, words in zip(before, retime(before, after, NOTHING), strict=True):
        assert [word[:2] for word in words] == [word[:2] for word in segment.words]


def test_all_borders_anew_keeps_all_words() -> None:
    before = [spoken(f"one two {at} three", at, at + 1900) for at in range(0, 400_000, 2000)]
    words = [word for segment in before for word in segment.words]
    after = [
        Untimed(one.start_ms, other.end_ms, f"{one.text} {other.text}")
        for one, other in zip(before[::2], before[1::2], strict=True)
    ]
    assert [word for table in retime(before, after, NOTHING) for word in table] == words


def test_a_text_said_anew_everywhere_still_finds_its_words_by_time() -> None:
    """So many words differ that the comparison of the whole is given up."""
    before = [spoken(f"one{at} two three four{at}", at, at + 1900) for at in range(0, 2_000_000, 2000)]
    after = [Untimed(at + 1, at + 1901, f"won{at} two three for{at}") for at in range(0, 2_000_000, 2000)]
    for segment, words in zip(before, retime(before, after, NOTHING), strict=True):
        assert words[1:3] == segment.words[1:3]


def test_the_machine_is_asked_once_a_minute_when_much_has_changed() -> None:
    asked: list[tuple[int, int]] = []
    after = [Untimed(at, at + 2000, "new") for at in range(0, MANY * 2000, 2000)]

    def heard(from_ms: int, to_ms: int) -> list[Word]:
        asked.append((from_ms, to_ms))
        return [Word(60_000, 60_100, "new")]

    tables = retime([], after, heard)
    assert len(asked) <= MANY * 2000 // 60_000 + 2
    assert tables[30] == [Word(60_000, 60_100, "new")]
    assert tables[0] == [Word(0, 2000, "new")]


def test_times_set_by_hand_clip_the_words_or_take_them_along() -> None:
    words = [Word(0, 400, "one"), Word(500, 900, "two")]
    old = Timed(0, 900, "one two", words)
    assert retime([old], [Untimed(200, 700, "one two")], NOTHING) == [
        [Word(200, 400, "one"), Word(500, 700, "two")]
    ]
    assert retime([old], [Untimed(5000, 5900, "one two")], NOTHING) == [
        [Word(5000, 5400, "one"), Word(5500, 5900, "two")]
    ]
