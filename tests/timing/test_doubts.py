"""Which words a person should listen to first."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from transcripts.timing.doubts import PACE, REPEATED, UNSURE, UNSURE_BELOW, Doubt, find_doubts
from transcripts.timing.words import Word


def said(text: str, ms_per_word: int = 400) -> list[Word]:
    return [
        Word(index * ms_per_word, (index + 1) * ms_per_word, token)
        for index, token in enumerate(text.split())
    ]


def doubted(words: Sequence[Word], scores: Sequence[float | None] = ()) -> list[tuple[str, str]]:
    by_start = {word.start_ms: word.text for word in words}
    return [(by_start[doubt.start_ms], doubt.reason) for doubt in find_doubts([words], [scores])[0]]


def test_it_works() -> None:
    words = said("we walked to the harbour")
    assert find_doubts([words], [[1.0, UNSURE_BELOW / 2, 1.0, UNSURE_BELOW, 1.0]]) == [
        [Doubt(400, 800, UNSURE)]
    ]


def test_ordinary_speech_is_not_doubted() -> None:
    words = said("No, no, no, I said that we walked to the harbour every morning before the boats came in.")
    assert find_doubts([words, words]) == [[], []]
    assert find_doubts([words], [[None] * len(words)]) == [[]]
    assert find_doubts([]) == []


def test_a_phrase_that_goes_on_and_on() -> None:
    words = said("Thank you. Thanks for watching. Thanks for watching! thanks for watching Goodbye")
    assert [text for text, reason in doubted(words) if reason == REPEATED] == [
        "Thanks", "for", "watching!", "thanks", "for", "watching",
    ]  # fmt: skip
    assert len(doubted(said("no no no no yes"))) == 3
    assert doubted(said("very very very good")) == []
    assert doubted(said("for watching for watching goodbye")) == []


def test_a_phrase_that_goes_on_over_segments() -> None:
    found = find_doubts([said("Thanks for watching.")] * 3 + [said("Goodbye")])
    assert [len(doubts) for doubts in found] == [0, 3, 3, 0]


def test_words_faster_than_anybody_speaks() -> None:
    fast = said("characteristically extraordinary misunderstandings notwithstanding considerations", 150)
    assert {reason for _text, reason in doubted(fast)} == {PACE}
    assert len(doubted(fast)) == 5
    assert doubted(fast[:4]) == []


def test_a_word_that_takes_too_long() -> None:
    words = [Word(0, 400, "well"), Word(400, 6000, "you"), Word(6000, 6400, "know")]
    assert doubted(words) == [("you", PACE)]
    assert doubted([Word(0, 2500, "you")]) == []


def test_unspaced_scripts_have_a_pace_too() -> None:
    assert doubted(said("東 京 都 に 行", 200)) == []
    assert len(doubted(said("東 京 都 に 行", 40))) == 5


ROWS = st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 900), st.none() | st.floats(0, 1))


@given(st.lists(ROWS))
def test_doubts_are_words_in_order(rows: list[tuple[str, int, float | None]]) -> None:
    at_ms, words = 0, []
    for text, length_ms, _score in rows:
        words.append(Word(at_ms, at_ms + length_ms, text))
        at_ms += length_ms + 1
    [doubts] = find_doubts([words], [[score for _text, _length, score in rows]])
    assert [doubt.start_ms for doubt in doubts] == sorted({doubt.start_ms for doubt in doubts})
    assert {(doubt.start_ms, doubt.end_ms) for doubt in doubts} <= {(word[0], word[1]) for word in words}
