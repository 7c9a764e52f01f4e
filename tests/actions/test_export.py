"""From rows to files."""

from __future__ import annotations

import json

import pytest
import srt
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.written import add_segments, write_text
from transcripts.actions.export import NothingToExportError, document_of, export_name, export_transcript
from transcripts.actions.rename_speaker import rename_speaker
from transcripts.document.content import DocSegment
from transcripts.models import Segment, Transcript
from transcripts.subtitles.errors import ExportFormatUnknown, SubtitleProfileUnknown


def test_it_works(transcript: Transcript) -> None:
    rename_speaker(transcript.speakers.all()[0], "Ada")
    rendered = export_transcript(transcript, "srt")
    assert rendered.media_type.startswith("application/x-subrip")
    cues = list(srt.parse(rendered.content.decode()))
    assert [cue.start.total_seconds() for cue in cues] == [0.0, 2.6, 4.4]
    assert "harbour was quiet" in cues[0].content
    body = json.loads(export_transcript(transcript, "json").content)
    assert [speaker["name"] for speaker in body["speakers"]] == ["Ada", "Speaker 2"]
    assert body["segments"][0]["words"][0] == [0, 400, "The"]


def test_what_cannot_be_written_is_told(owner: object, transcript: Transcript) -> None:
    with pytest.raises(ExportFormatUnknown):
        export_transcript(transcript, "docm")
    with pytest.raises(SubtitleProfileUnknown):
        export_transcript(transcript, "srt", profile="nope")
    write_text(transcript, [])
    assert export_transcript(transcript, "vtt").content.startswith(b"WEBVTT")
    transcript.move_to_state(Transcript.State.FAILED)
    with pytest.raises(NothingToExportError):
        export_transcript(transcript, "vtt")


def test_reading_costs_the_same_number_of_queries_with_more_segments(transcript: Transcript) -> None:
    add_segments(transcript, [DocSegment(f"n{n}", "speaker_1", n, n + 1, "x") for n in range(50)])
    with CaptureQueriesContext(connection) as queries:
        assert len(document_of(transcript).segments) == 53
    assert len(queries) == 1


def test_an_unreadable_word_table_does_not_stop_the_export(transcript: Transcript) -> None:
    Segment.objects.filter(transcript=transcript, key="line0").update(words="[[oops")
    assert b"harbour was quiet" in export_transcript(transcript, "vtt").content


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a/b\\c: d", "a-b-c: d.srt"),
        ("\u202e\n", "recording.srt"),
        ("é 🎤", "é 🎤.srt"),
        ("x" * 300, "x" * 200 + ".srt"),
    ],
)
def test_the_file_name_comes_from_the_title(transcript: Transcript, title: str, name: str) -> None:
    transcript.title = title
    assert export_name(transcript, "srt") == name
