"""Decode a recording once and let everything that needs its samples look at them as they pass."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from .decoder import DecodeFacts, PcmDecoder, decode_track
from .flac import FlacWriter
from .levels import LevelMeter, Levels
from .loudness import LoudnessMeter
from .opening import open_media
from .pauses import PauseFinder
from .pcm import BLOCK_SAMPLES, RECOGNITION, SAMPLE_RATE_HZ, Pcm, samples_to_ms
from .peaks import PeaksWriter
from .playback import Method, PlaybackPlan, plan_playback
from .probe import MediaInfo, audio_stream, inspect
from .split import ChunkSplitter
from .timeline import TOLERANCE_SECONDS, Timeline

PEAKS_PIXELS_PER_SECOND = (10, 50)
CHUNK_FOLDER = "chunks"


def peaks_name(pixels_per_second: int) -> str:
    """The name of a peaks file in the folder of a recording."""
    return f"peaks-{pixels_per_second}.dat"


def chunk_name(index: int) -> str:
    """The name of a chunk below the chunk folder."""
    return f"{index:04}.flac"


@dataclass(frozen=True, slots=True)
class PassOutcome:
    """What the pass learned; ``bounds`` are (start, end) sample positions of the chunks at 16 kHz."""

    media: MediaInfo
    plan: PlaybackPlan
    facts: DecodeFacts
    timeline: Timeline
    origin_seconds: float
    bounds: tuple[tuple[int, int], ...]
    samples: int
    pauses_ms: tuple[tuple[int, int], ...]
    loudness_dbfs: float
    peak_dbfs: float


class Observers:
    """Peaks, loudness, pauses and chunks of one stream of samples. Use as a context manager."""

    def __init__(self, folder: Path, chunk_seconds: float) -> None:
        (folder / CHUNK_FOLDER).mkdir()
        self.samples = 0
        self.loudness = LoudnessMeter()
        self.pauses = PauseFinder()
        self.splitter = ChunkSplitter(
            int(chunk_seconds * SAMPLE_RATE_HZ),
            lambda index: FlacWriter(folder / CHUNK_FOLDER / chunk_name(index)),
        )
        self._meter = LevelMeter()
        self._files = ExitStack()
        self._peaks = [
            self._files.enter_context(PeaksWriter(folder / peaks_name(rate), rate))
            for rate in PEAKS_PIXELS_PER_SECOND
        ]

    def __enter__(self) -> Observers:
        return self

    def __exit__(self, *failure: object) -> None:
        self._files.close()

    def feed(self, pcm: Pcm) -> None:
        self.samples += len(pcm)
        self.splitter.feed(pcm)
        self._look(self._meter.feed(pcm))

    def finish(self) -> None:
        self.splitter.finish()
        for levels in self._meter.finish():
            self._look(levels)
        for peaks in self._peaks:
            peaks.finish()

    def _look(self, levels: Levels) -> None:
        self.loudness.feed(levels)
        self.pauses.feed(levels)
        for peaks in self._peaks:
            peaks.feed(levels)


def decode_once(
    source: Path,
    folder: Path,
    *,
    chunk_seconds: float,
    max_audio_seconds: float,
    on_block: Callable[[int], None],
) -> PassOutcome:
    """Write peaks and chunks of ``source`` into the empty ``folder``.

    ``on_block`` hears decoded milliseconds. Raises the errors of ``open_media``, ``inspect`` and
    ``PcmDecoder``, and OSError when the disk is full.
    """
    with open_media(source) as container, Observers(folder, chunk_seconds) as observers:
        media = inspect(container, source)
        plan = plan_playback(media)
        origin = _origin_seconds((container.start_time or 0) / 1_000_000, plan)
        decoder = PcmDecoder(
            RECOGNITION, Timeline(origin), block_samples=BLOCK_SAMPLES, max_seconds=max_audio_seconds
        )
        for block in decode_track(container, audio_stream(container), decoder):
            observers.feed(block)
            on_block(samples_to_ms(observers.samples))
        observers.finish()
    return _outcome(media, plan, decoder, origin, observers)


def _origin_seconds(start_seconds: float, plan: PlaybackPlan) -> float:
    """The timestamp that a player shows as zero.

    Players of originals count from timestamp 0 (measured in Chromium, also for WebM and Ogg that begin
    later), but for encoder delay, which they leave out. Our copies begin where the file does.
    """
    if plan.method is Method.ORIGINAL and start_seconds > TOLERANCE_SECONDS:
        return 0.0
    return max(0.0, start_seconds)


def _outcome(
    media: MediaInfo, plan: PlaybackPlan, decoder: PcmDecoder, origin: float, observers: Observers
) -> PassOutcome:
    return PassOutcome(
        media=media,
        plan=plan,
        facts=decoder.facts,
        timeline=decoder.timeline,
        origin_seconds=origin,
        bounds=tuple(observers.splitter.bounds),
        samples=observers.samples,
        pauses_ms=observers.pauses.finish(samples_to_ms(observers.samples)),
        loudness_dbfs=observers.loudness.rms_dbfs,
        peak_dbfs=observers.loudness.peak_dbfs,
    )
