from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

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


PARENT = """
import sys, time
import numpy as np
from transcripts.timing.acoustic import AcousticAligner
aligner = AcousticAligner()
aligner.align(["hello"], np.arange(16_000, dtype=np.int16), "en")
print(aligner.child_pid, flush=True)
time.sleep(60)
"""


def test_it_does_not_outlive_a_killed_parent() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert parent.stdout is not None
    child_pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait(10)
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while is_running(child_pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(child_pid)


def is_running(pid: int) -> bool:
    """Whether the process works still; one that ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
