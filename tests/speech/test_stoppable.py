from __future__ import annotations

import threading
from collections.abc import Generator

import pytest

from transcripts.speech.errors import SpeechCancelled
from transcripts.speech.retry import never_stop
from transcripts.speech.stoppable import stoppable


class Source:
    """Count up to ``last``, then wait in silence for `interrupt` when ``waits``; note the close."""

    def __init__(self, last: int, *, waits: bool = False, error: Exception | None = None) -> None:
        self.last = last
        self.waits = waits
        self.error = error
        self.woken = threading.Event()
        self.closed = threading.Event()
        self.thread: int | None = None

    def items(self) -> Generator[int, None, None]:
        self.thread = threading.get_ident()
        try:
            yield from range(self.last)
            if self.waits:
                self.woken.wait(10)
            if self.error is not None:
                raise self.error
        finally:
            self.closed.set()


def test_it_works() -> None:
    source = Source(100)
    assert list(stoppable(source.items(), never_stop, source.woken.set)) == list(range(100))
    assert source.thread != threading.get_ident()
    assert source.closed.is_set()


def test_errors_reach_the_caller_after_the_items() -> None:
    source = Source(3, error=ValueError("broken"))
    reader = stoppable(source.items(), never_stop, source.woken.set)
    assert [next(reader) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="broken"):
        next(reader)


def test_stopping_does_not_wait_for_a_silent_source() -> None:
    source = Source(1, waits=True)
    seen: list[int] = []
    with pytest.raises(SpeechCancelled):
        for item in stoppable(source.items(), lambda: bool(seen), source.woken.set):
            seen.append(item)
    assert seen == [0]
    assert source.woken.is_set()
    assert source.closed.wait(5)


def test_leaving_early_wakes_and_closes_the_source() -> None:
    source = Source(1, waits=True)
    reader = stoppable(source.items(), never_stop, source.woken.set)
    assert next(reader) == 0
    reader.close()
    assert source.closed.wait(5)


def test_a_slow_caller_is_not_overrun() -> None:
    source = Source(10_000)
    reader = stoppable(source.items(), never_stop, source.woken.set)
    assert next(reader) == 0
    reader.close()
    assert source.closed.wait(5)


def test_only_the_callers_thread_is_asked_whether_to_stop() -> None:
    asked: set[int] = set()

    def should_stop() -> bool:
        asked.add(threading.get_ident())
        return False

    source = Source(20)
    assert len(list(stoppable(source.items(), should_stop, source.woken.set))) == 20
    assert asked == {threading.get_ident()}
