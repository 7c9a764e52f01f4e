"""Starts, asks and ends recogniser processes; each is forked from one small process with the model loaded."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from transcripts.engine.errors import RecogniserLost, RecogniserUnavailable
from transcripts.engine.framing import receive_message, send_message
from transcripts.engine.recogniser_child import ANSWER, COMMAND, FORK, KILL, READY

_LOAD_SECONDS = 60.0
_FORK_SECONDS = 10.0
_STOP_SECONDS = 5.0
_ATTEMPTS = 3
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class RecogniserProcess:
    """One forked recogniser; serves one caller at a time."""

    def __init__(self, pid: int, channel: socket.socket, nursery: RecogniserNursery) -> None:
        self.pid = pid
        self._channel = channel
        self._nursery = nursery

    def ask(self, order: dict[str, Any], pcm: bytes, timeout_seconds: float) -> dict[str, Any]:
        """Sends an order and waits for its answer; RecogniserLost when the process died or stands still."""
        try:
            self._channel.settimeout(timeout_seconds)
            send_message(self._channel, order, pcm)
            return receive_message(self._channel, timeout_seconds)[0]
        except (OSError, EOFError) as error:
            raise RecogniserLost() from error

    def end(self) -> None:
        """Ends the process at once, whatever it is doing."""
        self._channel.close()
        self._nursery.kill(self.pid)


class RecogniserNursery:
    """The process that recognisers are forked from; it is started again when it has died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._closed = False

    def fork(self) -> RecogniserProcess:
        """A new recogniser in some 20 ms; RecogniserUnavailable after three failed attempts."""
        with self._lock:
            for attempt in range(_ATTEMPTS):
                if self._closed:
                    break
                try:
                    return self._fork(self._control or self._start())
                except (OSError, EOFError):
                    self._stop()
                    time.sleep(0.1 * 4**attempt)
        raise RecogniserUnavailable()

    def kill(self, pid: int) -> None:
        """Ends one recogniser; unknown numbers are ignored."""
        with self._lock, contextlib.suppress(OSError):
            if self._control is not None:
                self._control.sendall(COMMAND.pack(KILL, pid))

    def close(self) -> None:
        """Ends the nursery and with it every recogniser."""
        with self._lock:
            self._closed = True
            self._stop()

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "transcripts.engine.recogniser_child", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, **_ONE_THREAD},
            )
        self._control = ours
        ours.settimeout(_LOAD_SECONDS)
        if ours.recv(len(READY)) != READY:
            raise EOFError("the model could not be loaded")
        return ours

    def _fork(self, control: socket.socket) -> RecogniserProcess:
        control.settimeout(_FORK_SECONDS)
        control.sendall(COMMAND.pack(FORK, 0))
        answer, descriptors, _, _ = socket.recv_fds(control, ANSWER.size, 1)
        if len(answer) < ANSWER.size or not descriptors:
            raise EOFError("the nursery has gone")
        return RecogniserProcess(ANSWER.unpack(answer)[0], socket.socket(fileno=descriptors[0]), self)

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
