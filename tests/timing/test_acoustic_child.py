from __future__ import annotations

import os
import socket
import subprocess
import sys

import numpy as np
from numpy.typing import NDArray

from tests.timing.conftest import SENTENCE
from transcripts.timing.frames import receive_frame, send_frame


def start(theirs: socket.socket, parent_pid: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "transcripts.timing.acoustic_child", str(parent_pid)]
    return subprocess.Popen(command, stdin=theirs.fileno(), stderr=subprocess.PIPE)


def test_it_works(spoken: NDArray[np.int16]) -> None:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            child = start(theirs, os.getpid())
        ours.settimeout(60)
        assert receive_frame(ours)[0] == {"ready": True}
        send_frame(ours, {"tokens": SENTENCE.split(), "language": "en"}, spoken.tobytes())
        answer, _ = receive_frame(ours)
        assert len(answer["spans"]) == len(SENTENCE.split())
        ours.close()
        assert child.wait(30) == 0


def test_a_child_whose_parent_is_already_gone_does_not_stay() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        child = start(theirs, parent_pid=1)
        assert child.wait(30) == 1
        assert child.stderr is not None
        assert b"the parent is gone" in child.stderr.read()


def test_a_failed_request_does_not_end_it(spoken: NDArray[np.int16]) -> None:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            child = start(theirs, os.getpid())
        ours.settimeout(60)
        receive_frame(ours)
        for body in (b"", b"\x00", spoken.tobytes()):
            send_frame(ours, {"tokens": SENTENCE.split(), "language": "en"}, body)
            answer, _ = receive_frame(ours)
        assert answer["spans"]
    assert child.wait(30) == 0
