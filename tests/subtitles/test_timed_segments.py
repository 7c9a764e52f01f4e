from __future__ import annotations

from hypothesis import given

from tests.subtitles.examples import document, segment
from tests.subtitles.strategies import documents, said
from transcripts.subtitles.document import Document, ExportWord
from transcripts.subtitles.timed_segments import speakers_of, timed_segments
from transcripts.timing.words import Word, check


def test_it_works() -> None:
    known = (ExportWord(0, 400, "hello"), ExportWord(500, 900, "world"))
    (timed,) = timed_segments(document(segment("Hello, world.", 0, 1000, " Anna\n", known)))
    assert timed.words == (Word(0, 400, "Hello,"), Word(500, 900, "world."))
    assert (timed.speaker, timed.text) == ("Anna", "Hello, world.")


def test_segments_come_by_start_and_empty_ones_not_at_all() -> None:
    timed = timed_segments(document(segment("b", 50), segment(" \x00 "), segment("a", 20), segment("c", 50)))
    assert [item.text for item in timed] == ["a", "b", "c"]


def test_a_segment_without_length_lasts_as_long_as_its_words_or_its_text() -> None:
    known = (ExportWord(100, 900, "hi"),)
    timed = timed_segments(document(segment("hi", 100, 100, words=known), segment("hello", 5000, 200)))
    assert [(item.start_ms, item.end_ms) for item in timed] == [(100, 900), (5000, 5400)]


def test_speakers_come_by_first_appearance() -> None:
    items = timed_segments(
        document(segment("x", 5, speaker="B"), segment("y", 1, speaker="A"), segment("z", 9))
    )
    assert speakers_of(items) == ["A", "B"]


@given(documents)
def test_no_text_is_lost_and_no_time_runs_backwards(free: Document) -> None:
    timed = timed_segments(free)
    assert sorted(said(item.text) for item in timed) == sorted(
        filter(None, (said(s.text) for s in free.segments))
    )
    for item in timed:
        check(item.words, item.start_ms, item.end_ms)
