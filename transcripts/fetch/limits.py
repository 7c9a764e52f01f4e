"""How much, how long and how often: the bounds of one download."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """All bounds of one download; the defaults let 8 GiB through on a line of 4 Mbit/s.

    ``spare_bytes`` of disk stay free. ``read_seconds`` is the longest silence, ``head_seconds`` the longest
    wait for an answer to begin, ``whole_seconds`` ends what never ends. Slower than
    ``slowest_bytes_per_second`` over ``pace_seconds`` counts as broken. A broken connection is taken up
    again ``max_resumes`` times, after waits that double from ``first_wait_seconds``.
    """

    max_bytes: int
    spare_bytes: int = 64 * 1024**2
    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    head_seconds: float = 60.0
    whole_seconds: float = 5 * 3600.0
    slowest_bytes_per_second: int = 4096
    pace_seconds: float = 60.0
    max_redirects: int = 5
    max_resumes: int = 8
    first_wait_seconds: float = 0.5
    longest_wait_seconds: float = 8.0
