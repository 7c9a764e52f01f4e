"""Speakers of artificial and of real dialogues."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.engine.spoken import voice_like
from transcripts.engine.decode import decode_to_pcm
from transcripts.engine.diarize import Turn, diarize
from transcripts.engine.pcm import Pcm

QUIET = np.zeros(8000, np.int16)


def dialogue(turns: int) -> Pcm:
    voices = [voice_like(6, 110 if turn % 2 == 0 else 230, turn) for turn in range(turns)]
    return np.concatenate([part for voice in voices for part in (voice, QUIET)])


def test_it_works() -> None:
    turns = diarize(dialogue(6), speaker_count=2)
    assert {turn.speaker for turn in turns} == {0, 1}
    assert turns[0].speaker == 0 and turns[0].start_ms < 500
    middles = [3000 + 6500 * turn for turn in range(6)]
    heard = [next(t.speaker for t in turns if t.start_ms <= middle < t.end_ms) for middle in middles]
    assert heard == [0, 1, 0, 1, 0, 1]


def test_turns_are_in_order_without_overlap() -> None:
    turns = diarize(dialogue(4))
    assert all(one.end_ms <= two.start_ms for one, two in pairwise(turns))
    assert all(turn.start_ms < turn.end_ms for turn in turns)


@pytest.mark.parametrize("samples", [0, 1, 399, 480, 4800, 160_000])
def test_silence_has_no_speakers(samples: int) -> None:
    assert diarize(np.zeros(samples, np.int16)) == []


def test_a_count_is_never_exceeded() -> None:
    pcm = dialogue(5)
    for count in (1, 2, 3):
        assert len({turn.speaker for turn in diarize(pcm, speaker_count=count)}) <= count


def test_real_voices_are_told_apart(samples: Path, tmp_path: Path) -> None:
    with (tmp_path / "pcm").open("wb") as target:
        decode_to_pcm(samples / "tvshow4spk.wav", target, 600)
    turns = diarize(np.fromfile(tmp_path / "pcm", np.int16))
    assert len({turn.speaker for turn in turns}) == 4
    assert isinstance(turns[0], Turn)
