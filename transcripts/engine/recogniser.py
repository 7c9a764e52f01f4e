"""Recognition in a bounded pool of processes, since pocketsphinx never lets other Python threads run."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import LifoQueue

from transcripts.engine.errors import RecogniserBusy, RecogniserLost, RecogniserUnavailable
from transcripts.engine.live_recognition import Utterance
from transcripts.engine.pcm import BYTES_PER_SAMPLE, SAMPLE_RATE_HZ
from transcripts.engine.recogniser_processes import RecogniserNursery, RecogniserProcess
from transcripts.engine.recognition import RecognisedWord

_LEAST_TIMEOUT_SECONDS = 30.0
_TIMEOUT_PER_SECOND = 3.0


def recognition_timeout(pcm_bytes: int, sample_rate_hz: int = SAMPLE_RATE_HZ) -> float:
    """Seconds after which a recogniser counts as hung: 30 s and three times the length of the sound."""
    return _LEAST_TIMEOUT_SECONDS + _TIMEOUT_PER_SECOND * pcm_bytes / (sample_rate_hz * BYTES_PER_SAMPLE)


class RecogniserPool:
    """``processes`` recognisers for files and up to ``live_sessions`` more, one for each live session."""

    def __init__(self, processes: int, live_sessions: int) -> None:
        self.processes = processes
        self._nursery = RecogniserNursery()
        self._idle: LifoQueue[RecogniserProcess | None] = LifoQueue()
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="recogniser")
        self._live_places = threading.BoundedSemaphore(live_sessions)

    def start(self) -> None:
        """Loads the model and starts the processes; RecogniserUnavailable when that fails."""
        for _ in range(self.processes):
            self._idle.put(self._nursery.fork())

    def submit(self, pcm: bytes, thorough: bool = False) -> Future[list[RecognisedWord]]:
        """Recognises one stretch of 16 kHz mono s16le sound; first come, first served.

        A process that dies or hangs is replaced and the stretch is tried once more; then RecogniserLost.
        """
        return self._threads.submit(self._recognise, pcm, thorough)

    def open_live(self) -> LiveRecogniser:
        """A recogniser for one live session; RecogniserBusy at once when every place is taken."""
        if not self._live_places.acquire(blocking=False):
            raise RecogniserBusy()
        return LiveRecogniser(self._nursery, self._live_places)

    def close(self) -> None:
        """Ends every process; work in hand fails."""
        self._nursery.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _recognise(self, pcm: bytes, thorough: bool) -> list[RecognisedWord]:
        process = self._idle.get()
        try:
            for last_attempt in (False, True):
                try:
                    process = process or self._nursery.fork()
                    return _words(process.ask(*_order(pcm, thorough)))
                except RecogniserLost:
                    _end(process)
                    process = None
                    if last_attempt:
                        raise
            raise RecogniserUnavailable()
        finally:
            self._idle.put(process)


@dataclass(frozen=True)
class LiveUpdate:
    """What came out of one piece of sound; ``settled_ms``: sound before it is never needed again."""

    utterances: list[Utterance]
    partial: list[str]
    settled_ms: int


class LiveRecogniser:
    """One live session on a process of its own. Calls block and must not overlap.

    ``sample_rate_hz`` may be changed until the first sound.

    Sound since the last ended utterance is kept (at most about 30 s), so that a killed process is replaced
    once per call without losing a word.
    """

    def __init__(self, nursery: RecogniserNursery, places: threading.BoundedSemaphore) -> None:
        self._nursery = nursery
        self.sample_rate_hz = SAMPLE_RATE_HZ
        self._places = places
        self._process: RecogniserProcess | None = None
        self._kept = b""
        self._kept_from_ms = 0
        self._closed = False

    def append(self, pcm: bytes) -> LiveUpdate:
        """Takes whole s16le mono samples at the session's rate."""
        self._kept += pcm
        return self._settle(self._ask("append", pcm))

    def flush(self) -> LiveUpdate:
        """Ends the running utterance."""
        return self._settle(self._ask("flush", b""))

    def close(self) -> None:
        """Ends the process and frees the place; may be called twice."""
        if not self._closed:
            self._closed = True
            self._drop_process()
            self._places.release()

    def _ask(self, do: str, pcm: bytes) -> LiveUpdate:
        try:
            if self._process is not None:
                return self._step(self._process, do, pcm)
        except RecogniserLost:
            self._drop_process()
        return self._replayed(do)

    def _replayed(self, do: str) -> LiveUpdate:
        """The same on a fresh process that has heard nothing of the running utterance yet."""
        process = self._process = self._nursery.fork()
        if self._closed:
            self._drop_process()
            raise RecogniserLost()
        opening = {"do": "open", "sample_rate_hz": self.sample_rate_hz, "offset_ms": self._kept_from_ms}
        process.ask(opening, b"", _LEAST_TIMEOUT_SECONDS)
        replayed = self._step(process, "append", self._kept)
        if do == "append":
            return replayed
        flushed = self._step(process, do, b"")
        return LiveUpdate(replayed.utterances + flushed.utterances, flushed.partial, flushed.settled_ms)

    def _drop_process(self) -> None:
        _end(self._process)
        self._process = None

    def _step(self, process: RecogniserProcess, do: str, pcm: bytes) -> LiveUpdate:
        answer = process.ask({"do": do}, pcm, recognition_timeout(len(pcm), self.sample_rate_hz))
        utterances = [
            Utterance(start_ms, end_ms, [RecognisedWord(*row) for row in rows])
            for start_ms, end_ms, rows in answer["utterances"]
        ]
        return LiveUpdate(utterances, answer["partial"], answer["settled_ms"])

    def _settle(self, update: LiveUpdate) -> LiveUpdate:
        done_ms = update.settled_ms - self._kept_from_ms
        done_bytes = min(len(self._kept), done_ms * self.sample_rate_hz // 1000 * BYTES_PER_SAMPLE)
        if done_bytes > 0:
            self._kept = self._kept[done_bytes:]
            self._kept_from_ms = update.settled_ms
        return update


def _order(pcm: bytes, thorough: bool) -> tuple[dict[str, object], bytes, float]:
    return {"do": "recognise", "thorough": thorough}, pcm, recognition_timeout(len(pcm))


def _words(answer: dict[str, list[tuple[int, int, str, float]]]) -> list[RecognisedWord]:
    return [RecognisedWord(*row) for row in answer["words"]]


def _end(process: RecogniserProcess | None) -> None:
    if process is not None:
        process.end()
