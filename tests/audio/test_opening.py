from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.audio.errors import (
    EmptyFileError,
    IncompleteFileError,
    NotMediaError,
    PlaylistRefusedError,
    SourceMissingError,
)
from transcripts.audio.opening import is_playlist, is_text, open_media

from .recordings import tone, wav_bytes, write_media

PLAYLISTS = {
    "ffconcat": b"ffconcat version 1.0\nfile 'other.wav'\n",
    "m3u8": b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nother.ts\n#EXT-X-ENDLIST\n",
    "sdp": b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\nm=audio 5004 RTP/AVP 0\r\n",
    "pls": b"[playlist]\nFile1=other.wav\n",
    "mpd": b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>',
    "byte-order-mark": b"\xef\xbb\xbf#EXTM3U\nother.wav\n",
}
NOT_MEDIA = {
    "text": b"Dear diary, today nothing was recorded.\n" * 50,
    "html": b"<!doctype html><html><body>Not found</body></html>" * 20,
    "zip": b"PK\x03\x04" + bytes(range(256)) * 8,
    "png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "pdf": b"%PDF-1.4\n" + bytes(range(256)) * 8,
    "subtitles": b"1\n00:00:00,000 --> 00:00:01,000\nhello\n\n" * 20,
    "bare-list": b"other.wav\n",
}


def test_it_works(tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    path.write_bytes(wav_bytes(tone(1)))
    with open_media(path) as container:
        assert container.format.name == "wav"


@pytest.mark.parametrize("name", PLAYLISTS)
def test_playlists_are_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "other.wav").write_bytes(wav_bytes(tone(1)))
    path = tmp_path / "list.mp3"
    path.write_bytes(PLAYLISTS[name])
    with pytest.raises(PlaylistRefusedError):
        open_media(path)


def test_a_disguised_concat_list_does_not_open_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "other.wav").write_bytes(wav_bytes(tone(1)))
    path = tmp_path / "list.mp3"
    path.write_bytes(b"\x00\n" + PLAYLISTS["ffconcat"])
    with pytest.raises(NotMediaError):
        open_media(path)


@pytest.mark.parametrize("name", NOT_MEDIA)
def test_other_files_are_not_media(tmp_path: Path, name: str) -> None:
    path = tmp_path / "renamed.mp3"
    path.write_bytes(NOT_MEDIA[name])
    with pytest.raises(NotMediaError):
        open_media(path)


@pytest.mark.parametrize("extension", ["flac", "aac", "amr", "wav", "mp4"])
def test_text_is_not_media_whatever_its_name(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"renamed.{extension}"
    path.write_bytes(NOT_MEDIA["text"])
    with pytest.raises(NotMediaError):
        open_media(path)


def test_empty_and_missing_files(tmp_path: Path) -> None:
    (tmp_path / "empty.mp3").touch()
    with pytest.raises(EmptyFileError):
        open_media(tmp_path / "empty.mp3")
    with pytest.raises(SourceMissingError):
        open_media(tmp_path / "gone.mp3")


def test_an_mp4_without_its_index_is_incomplete(tmp_path: Path) -> None:
    path = write_media(tmp_path / "whole.m4a", tone(3), "aac", container="mp4")
    cut = tmp_path / "cut.m4a"
    cut.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(IncompleteFileError):
        open_media(cut)


@given(st.text(max_size=5000), st.integers(0, 5000))
def test_text_is_text_wherever_it_is_cut(text: str, length: int) -> None:
    printable = "".join(letter for letter in text if ord(letter) >= 32)
    assert is_text(printable.encode()[:length])
    assert not is_text(printable.encode() + b"\0")


@given(st.binary(max_size=200))
def test_sniffing_takes_any_bytes(head: bytes) -> None:
    assert is_playlist(b"#EXTM3U" + head)
    assert not is_playlist(b"RIFF" + head)
