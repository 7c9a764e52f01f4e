"""Turn decoded frames of any rate, layout and sample format into large blocks of 16-bit samples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import av.error
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.filter import Graph

UNSIGNED_ZERO = b"\x80"


@dataclass(frozen=True, slots=True)
class PcmFormat:
    """A sample rate in Hz and a layout, "mono" or "stereo" (interleaved)."""

    rate_hz: int
    layout: str


class PcmConverter:
    """A resampler that is asked for output once per block, not once per frame.

    Fetching after every frame costs an exception each time (FFmpeg says "try again"): 30 % of the CPU of
    decoding an MP3. Blocks hold ``block_samples`` samples per channel, the last one what is left.
    """

    def __init__(self, target: PcmFormat, block_samples: int) -> None:
        self.target = target
        self.block_samples = block_samples
        self._graph: Graph | None = None
        self._input: tuple[str, str, int] | None = None
        self._pushed = 0
        self._enough = 0

    def push(self, frame: AudioFrame) -> Iterator[npt.NDArray[np.int16]]:
        """Take one frame; yields blocks when there are any. The input may change its format at any time."""
        described = (frame.format.name, frame.layout.name, frame.sample_rate)
        if described != self._input:
            yield from self.finish()
            self._start(frame, described)
        if self._graph is not None:
            self._graph.push(frame)
        self._pushed += frame.samples
        if self._pushed >= self._enough:
            yield from self._pull()

    def push_silence(self, seconds: float, like: AudioFrame) -> Iterator[npt.NDArray[np.int16]]:
        """Insert silence in the input format of ``like``, without holding more than a second of it."""
        rest = round(seconds * like.sample_rate)
        while rest > 0:
            samples = min(rest, like.sample_rate)
            yield from self.push(_silent_frame(like, samples))
            rest -= samples

    def finish(self) -> Iterator[npt.NDArray[np.int16]]:
        """Yield what is still inside; the converter can be used again afterwards."""
        if self._graph is not None:
            self._graph.push(None)
            yield from self._pull()
        self._graph = self._input = None

    def _start(self, frame: AudioFrame, described: tuple[str, str, int]) -> None:
        graph = Graph()
        source = graph.add_abuffer(
            format=frame.format, layout=frame.layout, sample_rate=frame.sample_rate, time_base=frame.time_base
        )
        wanted = graph.add(
            "aformat",
            sample_rates=str(self.target.rate_hz),
            sample_fmts="s16",
            channel_layouts=self.target.layout,
        )
        graph.link_nodes(source, wanted, graph.add("abuffersink")).configure()
        graph.set_audio_frame_size(self.block_samples)
        self._graph, self._input, self._pushed = graph, described, 0
        self._enough = self.block_samples * frame.sample_rate // self.target.rate_hz

    def _pull(self) -> Iterator[npt.NDArray[np.int16]]:
        while self._graph is not None:
            try:
                block = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            if not isinstance(block, AudioFrame):
                return
            self._pushed -= self._enough
            yield np.asarray(block.to_ndarray(), np.int16).reshape(-1)


def _silent_frame(like: AudioFrame, samples: int) -> AudioFrame:
    frame = AudioFrame(format=like.format, layout=like.layout, samples=samples)
    frame.sample_rate = like.sample_rate
    frame.time_base = like.time_base
    zero = UNSIGNED_ZERO if like.format.name.startswith("u8") else b"\0"
    for plane in frame.planes:
        plane.update(zero * plane.buffer_size)
    return frame
