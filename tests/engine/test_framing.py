"""Messages over a socket."""

from __future__ import annotations

import socket
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.engine.framing import receive_message, send_message


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5)), st.binary(max_size=500))
def test_it_works(header: dict[str, int | str], payload: bytes) -> None:
    one, other = socket.socketpair()
    with one, other:
        send_message(one, header, payload)
        assert receive_message(other, 5) == (header, payload)


def test_a_gone_partner_is_an_end() -> None:
    one, other = socket.socketpair()
    with other:
        one.sendall(b"\0\0\0\5")
        one.close()
        with pytest.raises(EOFError):
            receive_message(other, 5)


def test_a_silent_partner_is_a_timeout() -> None:
    one, other = socket.socketpair()
    with one, other, pytest.raises(TimeoutError):
        receive_message(other, 0.05)


def test_a_giant_is_refused() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(struct.pack("!II", 2**31, 2**31))
        with pytest.raises(EOFError):
            receive_message(other, 5)
