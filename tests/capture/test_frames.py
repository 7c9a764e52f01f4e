from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as some

from transcripts.capture.errors import FrameInvalidError
from transcripts.capture.frames import HEADER, LAST, MOST_PCM_BYTES, PCM_KIND, VOICE, Frame, read_frame


def test_it_works() -> None:
    data = HEADER.pack(PCM_KIND, LAST | VOICE, 7, 12, 6400) + b"\x01\x02" * 1600
    assert read_frame(data) == Frame(LAST | VOICE, 7, 12, 6400, b"\x01\x02" * 1600)


def test_the_header_is_laid_out_as_published() -> None:
    assert HEADER.size == 16
    data = bytes.fromhex("01020003 00000004 0000000000000006") + b"ab"
    assert read_frame(data) == Frame(flags=2, epoch=3, seq=4, offset=6, pcm=b"ab")


@given(
    some.integers(0, 255), some.integers(0, 2**16 - 1), some.integers(0, 2**32 - 1), some.integers(0, 2**63)
)
def test_every_header_comes_back(flags: int, epoch: int, seq: int, half_offset: int) -> None:
    offset = half_offset * 2 % 2**64
    frame = read_frame(HEADER.pack(PCM_KIND, flags, epoch, seq, offset) + b"..")
    assert frame == (flags, epoch, seq, offset, b"..")


@pytest.mark.parametrize("size", [0, MOST_PCM_BYTES])
def test_the_smallest_and_the_largest(size: int) -> None:
    assert len(read_frame(HEADER.pack(PCM_KIND, 0, 0, 0, 0) + bytes(size)).pcm) == size


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01" * 15,
        HEADER.pack(PCM_KIND, 0, 0, 0, 0) + b"\x00",
        HEADER.pack(PCM_KIND, 0, 0, 0, 1) + b"\x00\x00",
        HEADER.pack(PCM_KIND, 0, 0, 0, 0) + bytes(MOST_PCM_BYTES + 2),
        HEADER.pack(PCM_KIND + 1, 0, 0, 0, 0) + b"\x00\x00",
        struct.pack("<BBHIQ", 0, 0, 0, 0, 0) + b"\x00\x00",
    ],
    ids=["empty", "half a header", "half a sample", "inside a sample", "too large", "unknown kind", "kind 0"],
)
def test_what_cannot_be_sound_is_refused(data: bytes) -> None:
    with pytest.raises(FrameInvalidError):
        read_frame(data)
