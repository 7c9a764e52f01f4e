from __future__ import annotations

from pathlib import Path

from transcripts.audio.mp3_header import claims_length

from .recordings import tone, write_media


def test_it_works(tmp_path: Path) -> None:
    assert claims_length(write_media(tmp_path / "a.mp3", tone(5), "libmp3lame"))


def test_a_cut_file_still_claims_its_old_length(tmp_path: Path) -> None:
    path = write_media(tmp_path / "a.mp3", tone(5), "libmp3lame")
    path.write_bytes(path.read_bytes()[:9000])
    assert claims_length(path)


def test_files_strung_together_claim_nothing(tmp_path: Path) -> None:
    path = write_media(tmp_path / "a.mp3", tone(5), "libmp3lame")
    path.write_bytes(path.read_bytes() * 3)
    assert not claims_length(path)


def test_without_a_header_there_is_no_claim(tmp_path: Path) -> None:
    path = write_media(
        tmp_path / "a.mp3", tone(5), "libmp3lame", muxer_options={"write_xing": "0", "id3v2_version": "0"}
    )
    assert not claims_length(path)
    path.write_bytes(b"ID3")
    assert not claims_length(path)
