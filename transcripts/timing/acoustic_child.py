"""``python -m transcripts.timing.acoustic_child PARENT_PID``: answers alignment requests on standard input.

Standard input is one end of a socket pair. The process ends when the other end closes or its parent dies,
even in the middle of an alignment.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys

from transcripts.timing.forced_alignment import ForcedAligner
from transcripts.timing.frames import receive_frame, send_frame

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Load the model, say so, and answer until the other end closes."""
    _die_with_parent(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=os.dup(sys.stdin.fileno())) as channel:
        aligner = ForcedAligner()
        try:
            send_frame(channel, {"ready": True})
            while True:
                _answer(channel, aligner)
        except (EOFError, OSError):
            return


def _answer(channel: socket.socket, aligner: ForcedAligner) -> None:
    request, pcm = receive_frame(channel)
    try:
        spans = aligner.align(pcm, request["tokens"], request["language"])
    except RuntimeError as error:
        # pocketsphinx reports every failure of the search this way; the next request finds it usable again.
        send_frame(channel, {"spans": None, "reason": str(error)})
        return
    send_frame(channel, {"spans": spans})


def _die_with_parent(parent_pid: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent_pid:
        sys.exit("the parent is gone")


if __name__ == "__main__":
    main()
