from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.subtitles.examples import INTERVIEW, document, segment
from tests.subtitles.readers import Seen, by_ffmpeg, by_webvtt, voices
from tests.subtitles.strategies import HOSTILE, documents, said
from transcripts.subtitles.cues import build_cues
from transcripts.subtitles.document import Document
from transcripts.subtitles.profiles import DEFAULT
from transcripts.subtitles.vtt_format import render_vtt

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def expected(source: Document) -> list[Seen]:
    return [Seen(cue.start_ms, cue.end_ms, "\n".join(cue.lines)) for cue in build_cues(source, DEFAULT)]


def test_it_works(tmp_path: Path) -> None:
    text = render_vtt(INTERVIEW, DEFAULT, speakers=True)
    assert text.startswith(
        "WEBVTT\n\n00:00:00.000 --> 00:00:04.200\n<v Anna>The harbour was quiet that morning,\n"
    )
    assert by_webvtt(text.encode()) == by_ffmpeg(text.encode(), tmp_path, "vtt") == expected(INTERVIEW)
    assert voices(text.encode()) == ["Anna", "Bert", "Anna"]


def test_speakers_can_be_left_out() -> None:
    assert "<v" not in render_vtt(INTERVIEW, DEFAULT, speakers=False)


def test_an_empty_document_is_a_valid_file() -> None:
    text = render_vtt(document(), DEFAULT, speakers=True)
    assert text == "WEBVTT\n"
    assert by_webvtt(text.encode()) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_reads_back(text: str, tmp_path: Path) -> None:
    source = document(segment(f"a {text} b", 0, 4000, text), segment("next", 5000, 6000))
    content = render_vtt(source, DEFAULT, speakers=True).encode()
    assert by_webvtt(content) == expected(source)
    assert by_ffmpeg(content, tmp_path, "vtt") == expected(source)


@pytest.mark.parametrize("name", ["B > c & <d>", "two\nlines", "a-->b", "שלום", 'O\'Neil, "Kit"'])
def test_any_name_is_a_voice(name: str, tmp_path: Path) -> None:
    source = document(segment("Hello.", 0, 2000, name))
    content = render_vtt(source, DEFAULT, speakers=True).encode()
    assert voices(content) == [" ".join(name.split())]
    assert by_ffmpeg(content, tmp_path, "vtt") == [Seen(0, 2000, "Hello.")]


@pytest.mark.parametrize("name", [None, "", " \r\n"])
def test_no_name_no_voice(name: str | None) -> None:
    assert "<" not in render_vtt(document(segment("Hello.", speaker=name)), DEFAULT, speakers=True)


def test_a_hundred_hours(tmp_path: Path) -> None:
    content = render_vtt(document(segment("late", 360_000_000, 360_002_000)), DEFAULT, speakers=True).encode()
    assert (
        by_webvtt(content) == by_ffmpeg(content, tmp_path, "vtt") == [Seen(360_000_000, 360_002_000, "late")]
    )


@given(documents)
@SAME_FOLDER
def test_any_document_reads_back(tmp_path: Path, source: Document) -> None:
    content = render_vtt(source, DEFAULT, speakers=True).encode()
    assert content.decode().count("-->") == len(expected(source))
    assert [(seen.start_ms, seen.end_ms, said(seen.text)) for seen in by_webvtt(content)] == [
        (cue.start_ms, cue.end_ms, said(cue.text)) for cue in expected(source)
    ]
    # ffmpeg's reader drops a cue that repeats time and text of the one before, whoever said it.
    seen = dict.fromkeys(seen.text for seen in by_ffmpeg(content, tmp_path, "vtt"))
    assert list(map(said, seen)) == list(map(said, dict.fromkeys(cue.text for cue in expected(source))))
