"""A running stream of sound to utterances, by pocketsphinx. Runs in recogniser processes only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import av
import numpy as np
from pocketsphinx import Decoder, Endpointer  # type: ignore[attr-defined]

from transcripts.engine.pcm import BYTES_PER_SAMPLE, SAMPLE_RATE_HZ
from transcripts.engine.recognition import Decoders, RecognisedWord, cepstral_mean, words_of

_LONGEST_UTTERANCE_SECONDS = 30.0
_LISTENING_SECONDS = 1.5
_ONE_SAMPLE = bytes(BYTES_PER_SAMPLE)
_BYTES_PER_SECOND = SAMPLE_RATE_HZ * BYTES_PER_SAMPLE


@dataclass(frozen=True)
class Utterance:
    """One ended utterance, from speech to silence, which may hold no words."""

    start_ms: int
    end_ms: int
    words: list[RecognisedWord]


@dataclass
class LiveProgress:
    """What one piece of sound brought: ended utterances, and the words so far of the running one."""

    utterances: list[Utterance] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    settled_ms: int = 0


class LiveRecognition:
    """Recognises one session; times are ms from the start of the session.

    ``settled_ms`` of the progress says up to where the sound will never be needed again. A session that
    continues on a new process starts at that offset.
    """

    def __init__(self, decoders: Decoders, sample_rate_hz: int, offset_ms: int) -> None:
        self._decoder: Decoder = decoders.fast
        self._decoder.set_cmn(decoders.neutral_mean)
        self._resampler = _Resampler(sample_rate_hz) if sample_rate_hz != SAMPLE_RATE_HZ else None
        self._offset_seconds = offset_ms / 1000
        self._fed_bytes = 0
        self._rest = b""
        self._spoken_seconds = 0.0
        self._held = b""
        self._decoding = self._knows_microphone = False
        self._listen()

    def append(self, pcm: bytes) -> LiveProgress:
        """Takes s16le mono sound at the session's rate, whole samples only."""
        self._rest += self._resampler.resample(pcm) if self._resampler else pcm
        progress = LiveProgress()
        self._feed(progress)
        return self._report(progress)

    def flush(self) -> LiveProgress:
        """Ends the running utterance; what follows is a new one."""
        self._rest += self._resampler.flush() if self._resampler else b""
        progress = LiveProgress()
        self._feed(progress)
        self._drain(progress)
        self._offset_seconds = self._now()
        self._fed_bytes = 0
        self._listen()
        return self._report(progress)

    def _feed(self, progress: LiveProgress) -> None:
        size = self._endpointer.frame_bytes
        while len(self._rest) >= size:
            frame, self._rest = self._rest[:size], self._rest[size:]
            self._fed_bytes += size
            self._take(self._endpointer.process(frame), progress)

    def _drain(self, progress: LiveProgress) -> None:
        # The endpointer takes no empty rest at the end, though it may answer with one.
        self._fed_bytes += len(self._rest)
        self._take(self._endpointer.end_stream(self._rest or _ONE_SAMPLE), progress)
        self._rest = b""
        self._end_utterance(progress)

    def _listen(self) -> None:
        self._endpointer = Endpointer(sample_rate=SAMPLE_RATE_HZ)
        self._started_seconds: float | None = None
        self._resumes_at_seconds: float | None = None

    def _now(self) -> float:
        return self._offset_seconds + self._fed_bytes / _BYTES_PER_SECOND

    def _take(self, speech: bytes | None, progress: LiveProgress) -> None:
        if speech:
            if self._started_seconds is None:
                self._start_utterance()
            self._hear(speech)
        if not self._endpointer.in_speech:
            self._end_utterance(progress)
            self._resumes_at_seconds = None
        elif self._started_seconds is not None and self._spoken_seconds > _LONGEST_UTTERANCE_SECONDS:
            resumes_at = self._started_seconds + self._spoken_seconds
            self._end_utterance(progress)
            self._resumes_at_seconds = resumes_at

    def _start_utterance(self) -> None:
        # Where a very long utterance was cut, the endpointer still names the beginning of the whole.
        start = self._resumes_at_seconds
        self._started_seconds = (
            self._offset_seconds + float(self._endpointer.speech_start) if start is None else start
        )
        self._spoken_seconds = 0.0

    def _hear(self, speech: bytes) -> None:
        self._spoken_seconds += len(speech) / _BYTES_PER_SECOND
        if self._decoding:
            self._decoder.process_raw(speech)
            return
        self._held += speech
        if self._knows_microphone or len(self._held) >= _LISTENING_SECONDS * _BYTES_PER_SECOND:
            self._start_decoding()

    def _start_decoding(self) -> None:
        """Decoding starts with the cepstral mean of this microphone, or a session begins with nonsense."""
        if not self._knows_microphone:
            self._decoder.set_cmn(cepstral_mean(self._decoder, self._held))
        self._decoder.start_utt()
        self._decoder.process_raw(self._held)
        self._held, self._decoding = b"", True

    def _end_utterance(self, progress: LiveProgress) -> None:
        if self._started_seconds is None:
            return
        if not self._decoding:
            self._start_decoding()
        self._decoder.end_utt()
        self._decoding = False
        self._knows_microphone = self._knows_microphone or self._spoken_seconds >= _LISTENING_SECONDS
        start_ms = round(self._started_seconds * 1000)
        words = [word.moved(start_ms) for word in words_of(self._decoder)]
        progress.utterances.append(Utterance(start_ms, start_ms + round(self._spoken_seconds * 1000), words))
        self._started_seconds = None

    def _report(self, progress: LiveProgress) -> LiveProgress:
        running = self._decoding
        hypothesis = self._decoder.hyp() if running else None
        progress.partial = hypothesis.hypstr.split() if hypothesis is not None else []
        # The endpointer looks back 0.3 s, so that much of the silence may still become speech.
        settled = self._started_seconds if self._started_seconds is not None else self._now() - 0.5
        progress.settled_ms = max(0, int(settled * 1000))
        return progress


class _Resampler:
    """Any rate to 16 kHz, mono s16le bytes in and out."""

    def __init__(self, sample_rate_hz: int) -> None:
        self._rate_hz = sample_rate_hz
        self._position = 0
        self._open()

    def resample(self, pcm: bytes) -> bytes:
        if not pcm:
            return b""
        samples = np.frombuffer(pcm, "<i2").reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate, frame.pts = self._rate_hz, self._position
        frame.time_base = Fraction(1, self._rate_hz)
        self._position += samples.shape[1]
        return b"".join(self._bytes(frame))

    def flush(self) -> bytes:
        rest = b"".join(self._bytes(None))
        self._open()
        return rest

    def _open(self) -> None:
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE_HZ)
        self._position = 0

    def _bytes(self, frame: av.AudioFrame | None) -> Iterator[bytes]:
        if frame is not None or self._position:
            for resampled in self._resampler.resample(frame):
                yield resampled.to_ndarray().reshape(-1).tobytes()
