from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voxweb.server.unmask import Unmasker


def masked(payload: bytes, mask: bytes) -> bytes:
    """By the letter of RFC 6455, section 5.3."""
    return bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))


def test_it_works() -> None:
    unmasker = Unmasker(b"\x37\xfa\x21\x3d")
    assert unmasker.process(b"\x7f\x9f\x4d\x51\x58") == b"Hello"
    assert unmasker.pointer() == 5


@given(
    pieces=st.lists(st.binary(max_size=40), max_size=8),
    mask=st.binary(min_size=4, max_size=4),
)
def test_pieces_of_any_length(pieces: list[bytes], mask: bytes) -> None:
    payload = b"".join(pieces)
    sent = masked(payload, mask)
    unmasker, came, at = Unmasker(mask), b"", 0
    for piece in pieces:
        came += unmasker.process(sent[at : at + len(piece)])
        at += len(piece)
        assert unmasker.pointer() == at
    assert came == payload
