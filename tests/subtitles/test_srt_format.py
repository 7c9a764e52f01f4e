from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.subtitles.examples import INTERVIEW, document, segment
from tests.subtitles.readers import Seen, by_ffmpeg, by_srt, unguarded
from tests.subtitles.strategies import HOSTILE, documents, said
from transcripts.subtitles.cues import build_cues
from transcripts.subtitles.document import Document
from transcripts.subtitles.profiles import DEFAULT
from transcripts.subtitles.srt_format import render_srt

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def expected(source: Document) -> list[Seen]:
    cues = build_cues(source, DEFAULT, names=True)
    return [Seen(cue.start_ms, cue.end_ms, unguarded("\n".join(cue.lines))) for cue in cues]


def test_it_works(tmp_path: Path) -> None:
    text = render_srt(INTERVIEW, DEFAULT, speakers=True)
    assert text.startswith("1\n00:00:00,000 --> 00:00:04,200\nAnna: The harbour was quiet that morning,\n")
    assert by_srt(text.encode()) == by_ffmpeg(text.encode(), tmp_path, "srt") == expected(INTERVIEW)


def test_speakers_can_be_left_out() -> None:
    assert "Anna" not in render_srt(INTERVIEW, DEFAULT, speakers=False)


def test_an_empty_document_is_an_empty_file() -> None:
    assert render_srt(document(), DEFAULT, speakers=True) == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_reads_back(text: str, tmp_path: Path) -> None:
    source = document(segment(f"a {text} b", 0, 4000, text), segment("next", 5000, 6000))
    content = render_srt(source, DEFAULT, speakers=True).encode()
    assert by_srt(content) == by_ffmpeg(content, tmp_path, "srt") == expected(source)


def test_a_hundred_hours(tmp_path: Path) -> None:
    source = document(segment("late", 360_000_000, 360_002_000))
    content = render_srt(source, DEFAULT, speakers=True).encode()
    assert by_srt(content) == by_ffmpeg(content, tmp_path, "srt") == [Seen(360_000_000, 360_002_000, "late")]


@given(documents)
@SAME_FOLDER
def test_any_document_reads_back(tmp_path: Path, source: Document) -> None:
    content = render_srt(source, DEFAULT, speakers=True).encode()
    cues = expected(source)
    assert [(seen.start_ms, seen.end_ms, said(seen.text)) for seen in by_srt(content)] == [
        (cue.start_ms, cue.end_ms, said(cue.text)) for cue in cues
    ]
    if cues:
        # ffmpeg's reader drops a cue that repeats time and text of the one before, whoever said it.
        assert list(dict.fromkeys(by_ffmpeg(content, tmp_path, "srt"))) == list(dict.fromkeys(cues))
