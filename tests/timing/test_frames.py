from __future__ import annotations

import socket
import struct
import threading

import pytest

from transcripts.timing.frames import receive_frame, send_frame


def test_it_works() -> None:
    here, there = socket.socketpair()
    with here, there:
        send_frame(here, {"tokens": ["häh", "\ud800"]}, b"\x01\x02")
        assert receive_frame(there) == ({"tokens": ["häh", "\ud800"]}, b"\x01\x02")


def test_a_closed_other_side_is_told() -> None:
    here, there = socket.socketpair()
    with there:
        here.sendall(b"\x00\x00")
        here.close()
        with pytest.raises(EOFError):
            receive_frame(there)


def test_a_silent_other_side_is_told() -> None:
    here, there = socket.socketpair()
    with here, there:
        there.settimeout(0.01)
        with pytest.raises(TimeoutError):
            receive_frame(there)


def test_a_senseless_length_is_refused() -> None:
    here, there = socket.socketpair()
    with here, there:
        here.sendall(struct.pack(">II", 2**32 - 1, 0))
        with pytest.raises(EOFError):
            receive_frame(there)


def test_a_body_larger_than_every_buffer_arrives_whole() -> None:
    body = bytes(range(256)) * 20_000
    here, there = socket.socketpair()
    with here, there:
        sender = threading.Thread(target=send_frame, args=(here, {}, body))
        sender.start()
        assert receive_frame(there) == ({}, body)
        sender.join(10)
