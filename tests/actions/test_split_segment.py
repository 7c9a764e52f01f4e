"""A segment that is split in two, and joined again."""

from __future__ import annotations

import pytest

from tests.written import nth, write_heard
from transcripts.actions.correct_segment import SegmentChangedError, SegmentGoneError, SpeakerUnknownError
from transcripts.actions.merge_segments import NothingToMergeError, merge_segments
from transcripts.actions.split_segment import SplitPlaceError, split_segment
from transcripts.document.content import DocSegment, DocVoice
from transcripts.document.errors import SegmentTextTooLongError
from transcripts.models import Segment, Transcript, User
from transcripts.timing.words import Word, check, decode

TEXT = "And then the bell rang?"


def words_of(segment: Segment) -> list[Word]:
    return decode(segment.words, segment.start_ms)


def test_it_works(transcript: Transcript, editor: User) -> None:
    row = nth(transcript, 1)
    before = words_of(row)
    first, second = split_segment(transcript, row.key, 1, TEXT.index("the bell"), editor)
    assert (first.text, second.text) == ("And then", "the bell rang?")
    assert (first.key, first.speaker, second.speaker) == (row.key, row.speaker, row.speaker)
    assert (first.start_ms, first.end_ms) == (2600, before[1].end_ms)
    assert (second.start_ms, second.end_ms) == (before[2].start_ms, 4200)
    assert words_of(first) + words_of(second) == before
    assert [segment.text for segment in transcript.segments.all()][1:3] == [first.text, second.text]
    assert second.edited_by == editor
    joined = merge_segments(transcript, first.key, first.rev, editor)
    assert (joined.text, joined.start_ms, joined.end_ms) == (TEXT, 2600, 4200)
    assert words_of(joined) == before
    assert transcript.segments.count() == 3


def test_the_second_part_can_be_somebody_else(transcript: Transcript, editor: User) -> None:
    row, other = nth(transcript, 1), transcript.speakers.all()[0]
    first, second = split_segment(transcript, row.key, 1, 8, editor, speaker=other.pk)
    assert (first.speaker, second.speaker) == (row.speaker, other)
    _, third = split_segment(transcript, second.key, second.rev, 3, editor, speaker=None)
    assert third.speaker is None
    with pytest.raises(SpeakerUnknownError):
        split_segment(transcript, first.key, first.rev, 3, editor, speaker=0)


def test_inside_a_word_the_moment_is_shared(transcript: Transcript, editor: User) -> None:
    row = nth(transcript, 1)
    bell = words_of(row)[3]
    first, second = split_segment(transcript, row.key, 1, TEXT.index("bell") + 2, editor)
    assert (first.text, second.text) == ("And then the be", "ll rang?")
    assert first.end_ms == second.start_ms == (bell.start_ms + bell.end_ms) // 2
    for part in (first, second):
        check(words_of(part), part.start_ms, part.end_ms)


@pytest.mark.parametrize("at", [0, 3, 9, 10, 13, 14, 99])
def test_there_must_be_words_on_both_sides(transcript: Transcript, editor: User, at: int) -> None:
    write_heard(transcript, [DocSegment("a", "", 0, 1000, "\u00a0😀 👍🏽 end")])
    row = nth(transcript, 0)
    text = row.text.encode("utf-16-le")
    cut = text[: 2 * at].decode("utf-16-le", "replace")
    if cut.strip() and "\ufffd" not in cut and text[2 * at :].decode("utf-16-le").strip():
        first, second = split_segment(transcript, "a", row.rev, at, editor)
        assert (first.text + second.text).replace(" ", "") == row.text.replace(" ", "")
    else:
        with pytest.raises(SplitPlaceError):
            split_segment(transcript, "a", row.rev, at, editor)


def test_what_changed_meanwhile_is_not_touched(transcript: Transcript, editor: User) -> None:
    key = nth(transcript, 1).key
    split_segment(transcript, key, 1, 8, editor)
    with pytest.raises(SegmentChangedError):
        split_segment(transcript, key, 1, 8, editor)
    with pytest.raises(SegmentChangedError):
        merge_segments(transcript, key, 1, editor)
    with pytest.raises(SegmentGoneError):
        split_segment(transcript, "nothere", 1, 8, editor)
    with pytest.raises(SegmentGoneError):
        merge_segments(transcript, "nothere", 1, editor)
    assert transcript.segments.count() == 4


def test_the_last_one_has_none_behind_it(transcript: Transcript, editor: User) -> None:
    with pytest.raises(NothingToMergeError):
        merge_segments(transcript, nth(transcript, 2).key, 1, editor)


def test_joined_text_may_be_too_long(transcript: Transcript, editor: User) -> None:
    lines = [DocSegment(key, "", n * 1000, n * 1000 + 900, "x" * 15_000) for n, key in enumerate("ab")]
    write_heard(transcript, lines)
    with pytest.raises(SegmentTextTooLongError):
        merge_segments(transcript, "a", nth(transcript, 0).rev, editor)
    assert transcript.segments.count() == 2


def test_joining_across_groups_loses_nothing(transcript: Transcript, editor: User) -> None:
    lines = [DocSegment(f"s{n}", "a", n * 1000, n * 1000 + 900, f"Line {n}.") for n in range(90)]
    write_heard(transcript, lines, [DocVoice("a")])
    row = nth(transcript, 39)
    joined = merge_segments(transcript, row.key, row.rev, editor)
    assert (joined.text, joined.start_ms, joined.end_ms) == ("Line 39. Line 40.", 39_000, 40_900)
    assert transcript.segments.count() == 89
    texts = " ".join(transcript.segments.values_list("text", flat=True))
    assert texts == " ".join(line.text for line in lines)


def test_an_empty_one_gives_way(transcript: Transcript, editor: User) -> None:
    lines = [DocSegment("a", "x", 0, 900, ""), DocSegment("b", "y", 1000, 1900, "Said.")]
    write_heard(transcript, lines, [DocVoice("x"), DocVoice("y")])
    joined = merge_segments(transcript, "a", nth(transcript, 0).rev, editor)
    assert (joined.text, joined.start_ms, joined.end_ms) == ("Said.", 1000, 1900)
    assert joined.speaker is not None and joined.speaker.label == "y"
