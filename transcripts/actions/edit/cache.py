"""Documents of this process, so that a step does not cost reading the whole text."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

from prosemirror.model import Node

MOST_DOCUMENTS = 48
"""Ten hours of text take 5 MB."""


class Held(NamedTuple):
    """A document as it was committed at ``version``. Nodes are never changed, so threads may share them."""

    version: int
    document: Node


class DocumentCache:
    """Least recently used documents go first. Only what is committed may be put in."""

    def __init__(self, most: int = MOST_DOCUMENTS) -> None:
        self._most = most
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
                self._held[code] = held
            self._held.move_to_end(code)
            while len(self._held) > self._most:
                self._held.popitem(last=False)


DOCUMENTS = DocumentCache()
"""Keyed by the transcript's random code, which no other transcript ever gets."""
