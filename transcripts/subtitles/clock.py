"""Milliseconds as clock times."""

from __future__ import annotations


def clock_time(time_ms: int) -> str:
    """``HH:MM:SS``, rounded down; hours take as many digits as they need, at least two."""
    seconds = max(time_ms, 0) // 1000
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def exact_clock_time(time_ms: int) -> str:
    """``HH:MM:SS.mmm``, as WebVTT writes it."""
    return f"{clock_time(time_ms)}.{max(time_ms, 0) % 1000:03d}"
