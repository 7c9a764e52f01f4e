"""Files to segments, with real processes."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from tests.engine.spoken import write_wav
from transcripts.engine.cancellation import Cancellation
from transcripts.engine.errors import AudioUnreadable, TranscriptionStopped
from transcripts.engine.pcm import Pcm
from transcripts.engine.recogniser import RecogniserPool
from transcripts.engine.segmenter import Segment
from transcripts.engine.transcribe import AudioDecoded, Event, TranscriptionOptions, transcribe


def events(source: Path, pool: RecogniserPool, diarize: bool = False) -> list[Event]:
    scratch = source.with_suffix(".pcm")
    options = TranscriptionOptions(diarize=diarize)
    return list(transcribe(source, scratch, options, pool, Cancellation()))


def test_it_works(tmp_path: Path, clip_pcm: Pcm, pool: RecogniserPool) -> None:
    first, *segments = events(write_wav(tmp_path / "a.wav", np.tile(clip_pcm, 3)), pool, diarize=True)
    assert first == AudioDecoded(3 * len(clip_pcm) // 16)
    assert all(isinstance(s, Segment) and s.text.endswith(".") for s in segments) and len(segments) == 3
    assert {s.speaker for s in segments if isinstance(s, Segment)} == {0}
    starts = [s.start_ms for s in segments if isinstance(s, Segment)]
    period = len(clip_pcm) / 16
    assert all(abs(start - starts[0] - period * i) < 100 for i, start in enumerate(starts))


def test_silence_is_an_empty_transcript(tmp_path: Path, pool: RecogniserPool) -> None:
    silence = write_wav(tmp_path / "a.wav", np.zeros(32_000, np.int16))
    assert events(silence, pool, diarize=True) == [AudioDecoded(2000)]


def test_an_unfit_file_is_refused(tmp_path: Path, pool: RecogniserPool) -> None:
    (tmp_path / "a.wav").write_bytes(b"text")
    with pytest.raises(AudioUnreadable):
        events(tmp_path / "a.wav", pool)


def test_cancelled_work_stops(tmp_path: Path, clip_pcm: Pcm, pool: RecogniserPool) -> None:
    source = write_wav(tmp_path / "a.wav", np.tile(clip_pcm, 20))
    cancellation = Cancellation()
    running = transcribe(source, tmp_path / "pcm", TranscriptionOptions(), pool, cancellation)
    assert isinstance(next(running), AudioDecoded)
    threading.Timer(0.3, cancellation.cancel).start()
    with pytest.raises(TranscriptionStopped):
        list(running)
