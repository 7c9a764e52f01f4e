from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from transcripts.audio.ebml import MatroskaOutline, read_outline

from .recordings import tone, write_media

LIVE = {"live": "1"}


def test_it_works(tmp_path: Path) -> None:
    path = write_media(tmp_path / "a.webm", tone(2, 48_000), "libopus", rate=48_000)
    assert read_outline(path) == MatroskaOutline("webm", has_cues=True)


def test_matroska_is_told_from_webm(tmp_path: Path) -> None:
    path = write_media(tmp_path / "a.mka", tone(2, 48_000), "libopus", rate=48_000, container="matroska")
    assert read_outline(path).doc_type == "matroska"


def test_a_live_file_has_no_cues(tmp_path: Path) -> None:
    path = write_media(tmp_path / "a.webm", tone(2, 48_000), "libopus", rate=48_000, muxer_options=LIVE)
    assert read_outline(path) == MatroskaOutline("webm", has_cues=False)


def test_a_file_cut_off_has_no_cues(tmp_path: Path) -> None:
    path = write_media(tmp_path / "a.webm", tone(20, 48_000), "libopus", rate=48_000)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert not read_outline(path).has_cues


def test_an_impossible_length_ends_the_search(tmp_path: Path) -> None:
    path = tmp_path / "a.webm"
    header = b"\x1a\x45\xdf\xa3\x80" + b"\x18\x53\x80\x67" + b"\x01" + b"\xff" * 7
    path.write_bytes(header + (b"\xec\x01" + b"\xff" * 6 + b"\xfe") * 3)
    assert not read_outline(path).has_cues


@given(st.binary(max_size=300))
def test_any_bytes_end(content: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"\x1a\x45\xdf\xa3" + content)
        file.flush()
        assert read_outline(Path(file.name)).doc_type in {"webm", "matroska"}
