"""Clean-up of segment times as a speech service reports them."""

from __future__ import annotations

from collections.abc import Sequence

from transcripts.timing.words import Span


def tidy_segment_times(spans: Sequence[tuple[int | None, int | None]], duration_ms: int) -> list[Span]:
    """Starts never run backwards, ends never lie before starts, everything lies in the recording.

    A missing start is the end of the segment before; a missing end is the start of the next segment that has
    one, or the end of the recording. Segments may overlap: two people may speak at once.
    """
    starts = _starts(spans, max(duration_ms, 0))
    tidy: list[Span] = []
    for index, (_, end) in enumerate(spans):
        known_end = starts[index + 1] if end is None and index + 1 < len(spans) else end
        limit = duration_ms if known_end is None else known_end
        tidy.append((starts[index], min(max(limit, starts[index]), max(duration_ms, 0))))
    return tidy


def _starts(spans: Sequence[tuple[int | None, int | None]], duration_ms: int) -> list[int]:
    starts: list[int] = []
    reached = said_until = 0
    for start, end in spans:
        reached = min(max(reached, said_until if start is None else start), duration_ms)
        said_until = max(said_until, reached if end is None else end)
        starts.append(reached)
    return starts
