"""What somebody says in a recording, and when."""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """A line; ``speaker`` counts from 0."""

    speaker: int
    start_ms: int
    end_ms: int
    text: str
