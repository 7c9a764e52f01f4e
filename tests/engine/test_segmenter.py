"""Readable segments from words and turns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transcripts.engine.diarize import Turn
from transcripts.engine.recognition import RecognisedWord
from transcripts.engine.segmenter import Segment, Segmenter, readable_texts, speakers_of


def words(*rows: tuple[int, int, str]) -> list[RecognisedWord]:
    return [RecognisedWord(start_ms, end_ms, text, 0.5) for start_ms, end_ms, text in rows]


def segments(spoken: list[RecognisedWord], turns: list[Turn] | None = None) -> list[Segment]:
    return Segmenter(turns or []).push(spoken, None)


def test_it_works() -> None:
    spoken = words((0, 300, "hello"), (320, 500, "i'm"), (520, 900, "here"), (1800, 2000, "yes"))
    made = segments(spoken, [Turn(0, 1000, 0), Turn(1500, 2500, 1)])
    assert [(segment.text, segment.speaker) for segment in made] == [("Hello I'm here.", 0), ("Yes.", 1)]
    assert [word.text for word in made[0].words] == ["Hello", "I'm", "here."]


def test_a_segment_stays_open_over_a_cut() -> None:
    segmenter = Segmenter()
    assert segmenter.push(words((0, 400, "one")), next_start_ms=450) == []
    assert [s.text for s in segmenter.push(words((450, 800, "two")), None)] == ["One two."]


def test_a_stray_word_follows_its_neighbours() -> None:
    spoken = words((0, 200, "a"), (220, 400, "b"), (420, 600, "c"))
    turns = [Turn(0, 210, 0), Turn(210, 410, 1), Turn(410, 700, 0)]
    assert speakers_of(spoken, turns) == [0, 0, 0]


def test_a_word_outside_every_turn_goes_to_the_nearest() -> None:
    assert speakers_of(words((5000, 5200, "a")), [Turn(0, 1000, 0), Turn(6000, 7000, 1)]) == [1]


def test_no_words_no_segments() -> None:
    assert segments([]) == [] and readable_texts([]) == []


TEXT = st.from_regex(r"[a-z']{1,12}", fullmatch=True)
TURNS = [Turn(0, 10_000, 0), Turn(10_000, 99_999, 1)]


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(1, 900), TEXT)))
def test_no_word_is_lost_or_moved(rows: list[tuple[int, int, str]]) -> None:
    spoken: list[RecognisedWord] = []
    position = 0
    for gap, length, text in rows:
        spoken.append(RecognisedWord(position + gap, position + gap + length, text, 1.0))
        position += gap + length
    made = [word for segment in segments(spoken, TURNS) for word in segment.words]
    assert [word.text.lower().rstrip(".") for word in made] == [word.text for word in spoken]
    assert [word.start_ms for word in made] == [word.start_ms for word in spoken]
    assert [word.end_ms for word in made] == [word.end_ms for word in spoken]
