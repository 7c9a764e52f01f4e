"""The pool against real recogniser processes."""

from __future__ import annotations

import os
import signal
from concurrent.futures import CancelledError

import numpy as np
import pytest

from tests.engine.engine_process import children_of, command_of, is_alive
from transcripts.engine.errors import RecogniserBusy, RecogniserUnavailable
from transcripts.engine.pcm import Pcm
from transcripts.engine.recogniser import RecogniserPool


def recognisers() -> set[int]:
    nurseries = [pid for pid in children_of(os.getpid()) if "recogniser_child" in command_of(pid)]
    return {pid for nursery in nurseries for pid in children_of(nursery)}


def test_it_works(pool: RecogniserPool, clip_pcm: Pcm) -> None:
    words = pool.submit(clip_pcm.tobytes(), thorough=True).result(60)
    assert [word.text for word in words] == ["hello", "world"]
    assert all(0 <= word.start_ms < word.end_ms <= len(clip_pcm) / 16 for word in words)
    assert all(0 <= word.score <= 1 for word in words)


def test_next_to_nothing_has_no_words(pool: RecogniserPool) -> None:
    for pcm in (b"", bytes(2), bytes(3198)):
        assert pool.submit(pcm).result(60) == []


def test_the_same_sound_gives_the_same_words(pool: RecogniserPool, clip_pcm: Pcm) -> None:
    noise = np.random.default_rng(1).integers(-3000, 3000, 32_000).astype(np.int16)
    sounds = [clip_pcm, noise, clip_pcm, clip_pcm]
    first, _, *others = [f.result(60) for f in [pool.submit(pcm.tobytes()) for pcm in sounds]]
    assert all(words == first for words in others)


def test_killed_processes_are_replaced(pool: RecogniserPool, clip_pcm: Pcm) -> None:
    expected = pool.submit(clip_pcm.tobytes()).result(60)
    before = recognisers()
    futures = [pool.submit(clip_pcm.tobytes()) for _ in range(4)]
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert [future.result(60) for future in futures] == [expected] * 4
    assert not recognisers() & before


def test_a_live_session_has_a_process_of_its_own(pool: RecogniserPool, clip_pcm: Pcm) -> None:
    before = recognisers()
    live = pool.open_live()
    with pytest.raises(RecogniserBusy):
        pool.open_live()
    utterances = [*live.append(clip_pcm.tobytes()).utterances, *live.flush().utterances]
    assert len(recognisers() - before) == 1
    live.close()
    live.close()
    pool.open_live().close()
    assert [word for utterance in utterances for word in utterance.words]


def test_a_live_session_survives_the_death_of_its_process(pool: RecogniserPool, clip_pcm: Pcm) -> None:
    def heard(kill: bool) -> list[str]:
        before, live = recognisers(), pool.open_live()
        utterances = live.append(clip_pcm[:16_000].tobytes()).utterances
        for pid in recognisers() - before if kill else set():
            os.kill(pid, signal.SIGKILL)
        utterances += live.append(clip_pcm[16_000:].tobytes()).utterances + live.flush().utterances
        live.close()
        return [word.text for utterance in utterances for word in utterance.words]

    assert heard(kill=True) == heard(kill=False) != []


def test_a_closed_pool_leaves_nothing() -> None:
    before = set(children_of(os.getpid()))
    pool = RecogniserPool(processes=1, live_sessions=1)
    pool.start()
    started = set(children_of(os.getpid())) - before
    assert started
    waiting = [pool.submit(bytes(320_000)) for _ in range(8)]
    pool.close()
    assert not any(is_alive(pid) for pid in started)
    with pytest.raises((CancelledError, RecogniserUnavailable)):
        waiting[-1].result(60)
