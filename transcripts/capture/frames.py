"""A message with sound: a 16-byte header, then mono s16le PCM at 16 kHz."""

from __future__ import annotations

import struct
from typing import NamedTuple

from transcripts.capture.errors import FrameInvalidError

HEADER = struct.Struct("!BBHIQ")
"""Kind, flags, epoch, sequence number and the offset in bytes, big-endian."""

PCM_KIND = 1
LAST = 1
"""Flag: the last frame of the take."""
VOICE = 2
"""Flag: a voice was heard."""
MOST_PCM_BYTES = 64 * 1024

_HEADER_BYTES = HEADER.size
_MOST_BYTES = HEADER.size + MOST_PCM_BYTES
_read_header = HEADER.unpack_from


class Frame(NamedTuple):
    """``offset`` is the media position of ``pcm`` in bytes (32 per ms); ``epoch`` the low 16 bits."""

    flags: int
    epoch: int
    seq: int
    offset: int
    pcm: bytes


def read_frame(data: bytes) -> Frame:
    """Take a message apart. Raises FrameInvalidError, also where it would split a sample."""
    size = len(data)
    if size < _HEADER_BYTES or size > _MOST_BYTES:
        raise FrameInvalidError
    kind, flags, epoch, seq, offset = _read_header(data)
    if kind != PCM_KIND or (offset | size) & 1:
        raise FrameInvalidError
    return Frame(flags, epoch, seq, offset, data[_HEADER_BYTES:])
