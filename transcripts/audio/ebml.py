"""The outline of a WebM or Matroska file: its document type, and whether players can seek in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

EBML_HEADER = 0x1A45DFA3
DOC_TYPE = 0x4282
SEGMENT = 0x18538067
CLUSTER = 0x1F43B675
CUES = 0x1C53BB6B
MOST_ELEMENTS = 200_000
LARGEST_ELEMENT_BYTES = 1 << 40
"""A damaged length can be larger than a file position may be."""


@dataclass(frozen=True, slots=True)
class MatroskaOutline:
    """``doc_type`` is "webm" or "matroska"; ``has_cues`` tells whether a seek index was found."""

    doc_type: str
    has_cues: bool


def read_outline(path: Path) -> MatroskaOutline:
    """Read element headers only. A cluster of unknown length means a live file, which has no cues."""
    with path.open("rb") as file:
        element = _read_header(file)
        if element is None or element[0] != EBML_HEADER or element[1] is None:
            return MatroskaOutline("matroska", False)
        doc_type = _doc_type(file.read(min(element[1], 4096)))
        segment = _read_header(file)
        return MatroskaOutline(doc_type, segment is not None and segment[0] == SEGMENT and _find_cues(file))


def _find_cues(file: BinaryIO) -> bool:
    for _ in range(MOST_ELEMENTS):
        element = _read_header(file)
        if element is None:
            return False
        identifier, length = element
        if identifier == CUES:
            return True
        if length is None or length > LARGEST_ELEMENT_BYTES:
            return False
        file.seek(length, 1)
    return False


def _doc_type(header: bytes) -> str:
    position = header.find(DOC_TYPE.to_bytes(2, "big"))
    length = header[position + 2] & 0x7F if 0 <= position < len(header) - 2 else 0
    name = header[position + 3 : position + 3 + length].rstrip(b"\0")
    return "webm" if name == b"webm" else "matroska"


def _read_header(file: BinaryIO) -> tuple[int, int | None] | None:
    """Return an element's id and length (None: unknown length), or None at the end or on damage."""
    identifier = _read_number(file, keep_marker=True)
    length = _read_number(file, keep_marker=False)
    if identifier is None or length is None:
        return None
    return identifier[0], None if length[0] == (1 << 7 * length[1]) - 1 else length[0]


def _read_number(file: BinaryIO, *, keep_marker: bool) -> tuple[int, int] | None:
    """Read a variable-length number; returns it with its width in bytes."""
    first = file.read(1)
    if not first or first[0] == 0:
        return None
    width = 9 - first[0].bit_length()
    rest = file.read(width - 1)
    if len(rest) < width - 1:
        return None
    lead = first[0] if keep_marker else first[0] & (0xFF >> width)
    return int.from_bytes(bytes([lead]) + rest, "big"), width
