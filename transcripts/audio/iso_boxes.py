"""The boxes an mp4 or mov file is made of, as far as players need them to seek."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

MOST_BOXES = 100_000
FIRST_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")


def top_level_boxes(path: Path) -> Iterator[bytes]:
    """Yield the four-byte names of the outermost boxes, in file order, stopping where the file is cut off."""
    size = path.stat().st_size
    with path.open("rb") as file:
        position = 0
        for _ in range(MOST_BOXES):
            file.seek(position)
            header = file.read(16)
            if len(header) < 8:
                return
            length = _box_length(header, size - position)
            yield header[4:8]
            if length < 8 or position + length > size:
                return
            position += length


def _box_length(header: bytes, rest: int) -> int:
    length = int.from_bytes(header[:4], "big")
    if length == 1 and len(header) == 16:
        return int(struct.unpack(">Q", header[8:16])[0])
    return rest if length == 0 else length


def lacks_index(path: Path) -> bool:
    """Whether this is an mp4 or mov file that was cut off before its index (``moov``)."""
    names = list(top_level_boxes(path))
    return bool(names) and names[0] in FIRST_BOXES and b"moov" not in names


def is_fragmented(path: Path) -> bool:
    """Whether the samples are listed in fragments (``moof``), as live recorders write them."""
    return b"moof" in top_level_boxes(path)


def is_quicktime(path: Path) -> bool:
    """Whether the file is QuickTime (brand ``qt`` or none) and not MP4."""
    with path.open("rb") as file:
        head = file.read(12)
    return head[4:8] != b"ftyp" or head[8:12] == b"qt  "
