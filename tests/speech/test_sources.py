from __future__ import annotations

from pathlib import Path

import pytest

from transcripts.speech.errors import SpeechRequestRejected, SpeechSourceUnreadable
from transcripts.speech.sources import FileIdSource, FileSource, UrlSource, source_fields, source_parts


def test_it_works(recording: FileSource) -> None:
    (part,) = source_parts(recording)
    assert (part.name, part.file_name, part.content_type) == ("file", "chunk.wav", "audio/wav")
    assert source_fields(recording) == {}
    assert source_fields(UrlSource("https://x.test/a.mp3")) == {"file_url": "https://x.test/a.mp3"}
    assert source_fields(FileIdSource("f1")) == {"file_id": "f1"}


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "ftp://x.test/a", "https://x.test/" + "a" * 2083])
def test_addresses_a_service_would_refuse_are_refused_here(url: str) -> None:
    with pytest.raises(SpeechRequestRejected):
        source_fields(UrlSource(url))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    with pytest.raises(SpeechSourceUnreadable, match="empty"):
        source_parts(FileSource(tmp_path / "empty.wav"))


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.wav", tmp_path):
        with pytest.raises(SpeechSourceUnreadable) as caught:
            source_parts(FileSource(path))
        assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "file_name", "content_type"),
    [
        ("Übung.OPUS", "Übung.OPUS", "audio/ogg"),
        ('a"\r\nX-Evil: 1.mp3', 'a"X-Evil: 1.mp3', "audio/mpeg"),
        ("\udcff\udcfe", "audio", "application/octet-stream"),
        ("x" * 300 + ".flac", "x" * 195 + ".flac", "audio/flac"),
    ],
)
def test_any_name_fits_a_header(recording: FileSource, name: str, file_name: str, content_type: str) -> None:
    (part,) = source_parts(FileSource(recording.path, name))
    assert (part.file_name, part.content_type) == (file_name, content_type)


def test_a_given_type_wins(recording: FileSource) -> None:
    (part,) = source_parts(FileSource(recording.path, "a.mp3", "audio/x-special"))
    assert part.content_type == "audio/x-special"
