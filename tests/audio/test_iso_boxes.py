from __future__ import annotations

import struct
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from transcripts.audio.iso_boxes import is_fragmented, is_quicktime, lacks_index, top_level_boxes

from .recordings import tone, write_media


def test_it_works(tmp_path: Path) -> None:
    path = write_media(tmp_path / "a.m4a", tone(1), "aac", container="mp4")
    assert list(top_level_boxes(path)) == [b"ftyp", b"free", b"mdat", b"moov"]
    assert not lacks_index(path)
    assert not is_fragmented(path)
    assert not is_quicktime(path)


def test_fragments_are_seen(tmp_path: Path) -> None:
    options = {"movflags": "+frag_keyframe+empty_moov"}
    assert is_fragmented(
        write_media(tmp_path / "a.mp4", tone(2), "aac", container="mp4", muxer_options=options)
    )


def test_quicktime_is_told_from_mp4(tmp_path: Path) -> None:
    assert is_quicktime(write_media(tmp_path / "a.mov", tone(1), "aac", container="mov"))


def test_large_and_open_boxes(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    large = struct.pack(">I4sQ", 1, b"free", 20) + b"\0" * 4
    path.write_bytes(
        struct.pack(">I4s", 12, b"ftyp") + b"mp42" + large + struct.pack(">I4s", 0, b"mdat") + b"x" * 9
    )
    assert list(top_level_boxes(path)) == [b"ftyp", b"free", b"mdat"]
    assert lacks_index(path)


@given(content=st.binary(max_size=400))
def test_any_bytes_end(content: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        assert len(list(top_level_boxes(Path(file.name)))) <= len(content) // 8 + 1
