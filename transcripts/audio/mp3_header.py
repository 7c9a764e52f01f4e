"""The Xing/Info header of an MP3 file, which alone knows the length of the whole."""

from __future__ import annotations

from pathlib import Path

ID3_HEADER_BYTES = 10
SEARCH_BYTES = 4096
HAS_FRAMES = 1
HAS_BYTES = 2
SLACK = 1.05


def claims_length(path: Path) -> bool:
    """Whether the first frame tells the length of the file as it is now or was before it was cut off.

    False where the length is an estimate: without such a header, or when files were strung together after it.
    """
    head, start = _first_frames(path)
    position = max(head.find(b"Xing"), head.find(b"Info"))
    if position < 0:
        return False
    flags = int.from_bytes(head[position + 4 : position + 8], "big")
    if not flags & HAS_FRAMES or not flags & HAS_BYTES:
        return False
    claimed_bytes = int.from_bytes(head[position + 12 : position + 16], "big")
    return claimed_bytes * SLACK >= path.stat().st_size - start


def _first_frames(path: Path) -> tuple[bytes, int]:
    """The bytes after an ID3v2 tag, and where they start."""
    with path.open("rb") as file:
        tag = file.read(ID3_HEADER_BYTES)
        start = ID3_HEADER_BYTES + _synchsafe(tag[6:10]) if tag[:3] == b"ID3" else 0
        file.seek(start)
        return file.read(SEARCH_BYTES), start


def _synchsafe(digits: bytes) -> int:
    """ID3 lengths use seven bits of each byte."""
    return sum((digit & 0x7F) << 7 * place for place, digit in enumerate(reversed(digits)))
