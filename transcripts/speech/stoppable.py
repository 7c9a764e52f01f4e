"""Reading from a silent network while the caller stays able to stop."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Generic, TypeVar

from transcripts.speech.retry import stop_if_asked

T = TypeVar("T")

_LOOK_UP_SECONDS = 0.1
_FAREWELL_SECONDS = 2.0
_QUEUED_ITEMS = 8


@dataclass(frozen=True, slots=True)
class _Item(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None


def stoppable(
    items: Generator[T, None, None], should_stop: Callable[[], bool], interrupt: Callable[[], None]
) -> Generator[T, None, None]:
    """The items, read on a thread of their own, so that silence does not delay `SpeechCancelled`.

    ``should_stop`` is asked only on the caller's thread (it may use the caller's database connection), at
    least every 0.1 s. When the caller stops or leaves, ``interrupt`` must wake the blocked read; the thread
    then closes ``items``. Errors of ``items`` are raised here.
    """
    reader = _Reader(items)
    reader.start()
    try:
        while True:
            entry = reader.next_entry(should_stop)
            if isinstance(entry, _Item):
                yield entry.value
            elif entry.error is not None:
                raise entry.error
            else:
                return
    finally:
        reader.leave(interrupt)


class _Reader(Generic[T]):
    def __init__(self, items: Generator[T, None, None]) -> None:
        self._items = items
        self._queue: queue.Queue[_Item[T] | _End] = queue.Queue(_QUEUED_ITEMS)
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._read, name="speech-reader", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def next_entry(self, should_stop: Callable[[], bool]) -> _Item[T] | _End:
        while True:
            stop_if_asked(should_stop)
            try:
                return self._queue.get(timeout=_LOOK_UP_SECONDS)
            except queue.Empty:
                continue

    def leave(self, interrupt: Callable[[], None]) -> None:
        self._left.set()
        if self._thread.is_alive():
            interrupt()
            self._thread.join(_FAREWELL_SECONDS)

    def _read(self) -> None:
        error: BaseException | None = None
        try:
            for value in self._items:
                if not self._offer(_Item(value)):
                    break
        except BaseException as caught:
            error = caught
        finally:
            self._items.close()
        self._offer(_End(error))

    def _offer(self, entry: _Item[T] | _End) -> bool:
        while not self._left.is_set():
            try:
                self._queue.put(entry, timeout=_LOOK_UP_SECONDS)
            except queue.Full:
                continue
            return True
        return False
