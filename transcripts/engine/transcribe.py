"""One file to text: segments come out while later parts are still being recognised."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from pathlib import Path

from transcripts.engine.analysis import Analysis, AnalysisOrder
from transcripts.engine.cancellation import Cancellation
from transcripts.engine.diarize import Turn
from transcripts.engine.errors import RecogniserLost, TranscriptionStopped
from transcripts.engine.pcm import SAMPLE_RATE_HZ, Span, samples_to_ms
from transcripts.engine.recogniser import RecogniserPool
from transcripts.engine.recognition import RecognisedWord
from transcripts.engine.segmenter import Segment, Segmenter

_THOROUGH_BELOW_SAMPLES = 60 * SAMPLE_RATE_HZ
_POLL_SECONDS = 0.2


@dataclass(frozen=True)
class TranscriptionOptions:
    """``speaker_count`` (1 to 8) is a hint that only matters with ``diarize``."""

    diarize: bool = False
    speaker_count: int | None = None
    longest_seconds: float = 4 * 3600.0


@dataclass(frozen=True)
class AudioDecoded:
    """The first event: the file is readable and this long."""

    duration_ms: int


@dataclass(frozen=True)
class StretchLost:
    """A stretch of speech that could not be recognised in two attempts; the rest goes on."""

    start_ms: int
    end_ms: int


Event = AudioDecoded | Segment | StretchLost


def transcribe(
    source: Path, pcm: Path, options: TranscriptionOptions, pool: RecogniserPool, cancellation: Cancellation
) -> Iterator[Event]:
    """Events in the order of time. ``pcm`` is a scratch file that the caller removes.

    Files under a minute are recognised thoroughly, longer ones with the fast settings. Raises the refusals
    of ``decode``, AnalysisFailed, RecogniserLost when nothing at all could be recognised, and
    TranscriptionStopped soon after it was cancelled.
    """
    order = AnalysisOrder(source, pcm, options.diarize, options.speaker_count, options.longest_seconds)
    with Analysis(order) as analysis:
        cancellation.on_cancel(analysis.stop)
        samples = analysis.decoded_samples()
        yield AudioDecoded(samples_to_ms(samples))
        regions = analysis.regions()
        recognition = _Recognition(analysis, pool, samples < _THOROUGH_BELOW_SAMPLES, cancellation)
        try:
            recognition.look_ahead(regions)
            turns = analysis.turns() if options.diarize else []
            yield from _segments(recognition, regions, turns)
        finally:
            recognition.abandon()


def _segments(recognition: _Recognition, regions: Sequence[Span], turns: Sequence[Turn]) -> Iterator[Event]:
    segmenter = Segmenter(turns)
    for index, region in enumerate(regions):
        following = regions[index + 1 : index + 2]
        next_start_ms = samples_to_ms(following[0][0]) if following else None
        words = recognition.take(regions)
        if words is None:
            yield StretchLost(samples_to_ms(region[0]), samples_to_ms(region[1]))
        yield from segmenter.push(words or [], next_start_ms)
    if regions and recognition.lost == len(regions):
        raise RecogniserLost()


@dataclass
class _Recognition:
    """Keeps a bounded number of stretches in the pool and takes their words in order."""

    analysis: Analysis
    pool: RecogniserPool
    thorough: bool
    cancellation: Cancellation
    lost: int = 0
    _submitted: int = 0
    _waiting: deque[tuple[Span, Future[list[RecognisedWord]]]] = field(default_factory=deque)

    def look_ahead(self, regions: Sequence[Span]) -> None:
        """Fills the pool up to two stretches per process, so that other requests get their share."""
        while self._submitted < len(regions) and len(self._waiting) < 2 * self.pool.processes:
            region = regions[self._submitted]
            self._waiting.append((region, self.pool.submit(self.analysis.sound(region), self.thorough)))
            self._submitted += 1

    def take(self, regions: Sequence[Span]) -> list[RecognisedWord] | None:
        """The words of the next stretch at their time in the file; None when it was lost."""
        region, future = self._waiting.popleft()
        try:
            words = self._result(future)
        except RecogniserLost:
            self.lost += 1
            return None
        finally:
            self.look_ahead(regions)
        return [word.moved(samples_to_ms(region[0])) for word in words]

    def abandon(self) -> None:
        """Gives up what has not been started."""
        for _, future in self._waiting:
            future.cancel()

    def _result(self, future: Future[list[RecognisedWord]]) -> list[RecognisedWord]:
        while not self.cancellation.cancelled:
            try:
                return future.result(_POLL_SECONDS)
            except NotYet:
                continue
        raise TranscriptionStopped()
