"""The text of a transcript as its page shows it."""

from __future__ import annotations

from tests.written import write_text
from transcripts.document.content import DocVoice
from transcripts.models import Segment, Transcript
from transcripts.views.transcript_text import NOBODY_NAME, text_of


def test_it_works(transcript: Transcript) -> None:
    text = text_of(transcript)
    (lines,) = text.groups
    assert [(line.clock, line.name, line.is_turn) for line in lines] == [
        ("00:00:00", "Speaker 1", True),
        ("00:00:02", "Speaker 2", True),
        ("00:00:04", "Speaker 1", True),
    ]
    assert [(voice.name, voice.spoken_ms, voice.percent) for voice in text.voices] == [
        ("Speaker 1", 5000, 76),
        ("Speaker 2", 1600, 24),
    ]
    assert text.timing_methods == {"api"}


def test_a_transcript_without_text(transcript: Transcript) -> None:
    write_text(transcript, [], [DocVoice("speaker_1"), DocVoice("speaker_2")])
    text = text_of(transcript)
    assert (text.groups, text.line_count) == ([], 0)
    assert [voice.percent for voice in text.voices] == [0, 0]


def test_lines_without_a_speaker_are_one_turn(transcript: Transcript) -> None:
    Segment.objects.filter(transcript=transcript).update(speaker=None)
    (lines,) = text_of(transcript).groups
    assert [line.is_turn for line in lines] == [True, False, False]
    assert {(line.name, line.hue) for line in lines} == {(NOBODY_NAME, 0)}


def test_a_line_that_ends_before_it_begins_counts_nothing(transcript: Transcript) -> None:
    Segment.objects.filter(transcript=transcript).update(end_ms=0)
    assert sum(voice.spoken_ms for voice in text_of(transcript).voices) == 0
