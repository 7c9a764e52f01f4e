"""`python -m transcripts.engine.recogniser_child FD`: loads the model once, then forks recognisers from it.

This process is small and has one thread, so forking it is safe and the children share the model's memory.
It ends when the socket FD closes, which happens however the engine dies; its children end with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import os
import select
import signal
import socket
import struct
import sys
from typing import Any

from transcripts.engine.framing import receive_message, send_message
from transcripts.engine.live_recognition import LiveProgress, LiveRecognition
from transcripts.engine.recognition import Decoders, RecognisedWord, recognise

COMMAND = struct.Struct("!cI")
ANSWER = struct.Struct("!I")
FORK, KILL, READY = b"F", b"K", b"R"
_REAP_SECONDS = 0.5
_SET_PARENT_DEATH_SIGNAL = 1


def main(arguments: list[str]) -> None:
    """Serves FORK and KILL commands from the socket whose number is the only argument."""
    control = socket.socket(fileno=int(arguments[0]))
    # A terminal's Ctrl-C reaches every process; the engine decides when its recognisers go.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    decoders = Decoders.load()
    control.sendall(READY)
    children: set[int] = set()
    try:
        while _serve_one(control, decoders, children):
            _reap(children)
    finally:
        for pid in children:
            os.kill(pid, signal.SIGKILL)


def _serve_one(control: socket.socket, decoders: Decoders, children: set[int]) -> bool:
    if not select.select([control], [], [], _REAP_SECONDS)[0]:
        return True
    command = control.recv(COMMAND.size, socket.MSG_WAITALL)
    if len(command) < COMMAND.size:
        return False
    kind, pid = COMMAND.unpack(command)
    if kind == FORK:
        children.add(_fork(control, decoders))
    # Only its own living children: a number that was reaped may belong to somebody else by now.
    elif pid in children:
        os.kill(pid, signal.SIGKILL)
    return True


def _reap(children: set[int]) -> None:
    for pid in list(children):
        with contextlib.suppress(ChildProcessError):
            if os.waitpid(pid, os.WNOHANG)[0] == 0:
                continue
        children.discard(pid)


def _fork(control: socket.socket, decoders: Decoders) -> int:
    ours, theirs = socket.socketpair()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            control.close()
            theirs.close()
            _die_with(parent)
            _work(ours, decoders)
        finally:
            os._exit(0)
    socket.send_fds(control, [ANSWER.pack(pid)], [theirs.fileno()])
    ours.close()
    theirs.close()
    return pid


def _die_with(parent: int) -> None:
    """Also in the middle of C code, where a closed socket would go unnoticed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _work(channel: socket.socket, decoders: Decoders) -> None:
    live: LiveRecognition | None = None
    with contextlib.suppress(EOFError, OSError):
        while True:
            order, pcm = receive_message(channel, None)
            if order["do"] == "recognise":
                answer = {"words": _rows(recognise(decoders, pcm, bool(order["thorough"])))}
            elif order["do"] == "open":
                live = LiveRecognition(decoders, order["sample_rate_hz"], order["offset_ms"])
                answer = {}
            elif live is not None:
                answer = _progress(live.append(pcm) if order["do"] == "append" else live.flush())
            send_message(channel, answer)


def _progress(progress: LiveProgress) -> dict[str, Any]:
    return {
        "utterances": [(each.start_ms, each.end_ms, _rows(each.words)) for each in progress.utterances],
        "partial": progress.partial,
        "settled_ms": progress.settled_ms,
    }


def _rows(words: list[RecognisedWord]) -> list[tuple[Any, ...]]:
    return [dataclasses.astuple(word) for word in words]


if __name__ == "__main__":
    main(sys.argv[1:])
