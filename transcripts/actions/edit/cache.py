"""Documents of this process, so that a step does not cost reading the whole text."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

from prosemirror.model import Node

MOST_POSITIONS = 24_000_000
"""Positions of all documents together: ten hours of text are 500,000, and take 5 MB."""
LEAST_POSITIONS = 2_000
"""What an empty document counts."""


class Held(NamedTuple):
    """A document as it was committed at ``version``. Nodes are never changed, so threads may share them."""

    version: int
    document: Node


class DocumentCache:
    """Least recently used documents go first. Only what is committed may be put in."""

    def __init__(self, most_positions: int = MOST_POSITIONS) -> None:
        self._most_positions = most_positions
        self._positions = 0
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, code: str) -> Held | None:
        with self._lock:
            if code in self._held:
                self._held.move_to_end(code)
            return self._held.get(code)

    def put(self, code: str, held: Held) -> None:
        """A newer version that is there already stays."""
        with self._lock:
            known = self._held.get(code)
            if known is None or known.version < held.version:
                self._positions += _size(held) - (_size(known) if known else 0)
                self._held[code] = held
            self._held.move_to_end(code)
            while self._positions > self._most_positions and len(self._held) > 1:
                self._positions -= _size(self._held.popitem(last=False)[1])


def _size(held: Held) -> int:
    return max(LEAST_POSITIONS, held.document.node_size)


DOCUMENTS = DocumentCache()
"""Keyed by the transcript's random code, which no other transcript ever gets."""
