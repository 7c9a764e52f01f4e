"""Media time: where decoded samples belong on the clock of a player."""

from __future__ import annotations

from dataclasses import dataclass

TOLERANCE_SECONDS = 0.1
OVERLAP_SECONDS = 1.0
LONGEST_GAP_SECONDS = 3600.0


@dataclass(slots=True)
class Timeline:
    """Places decoded frames one after another and tells where silence is missing between them.

    ``origin_seconds`` is the timestamp that players show as zero. ``clock_seconds`` is the media time of the
    next sample, ``silence_seconds`` the sum of the gaps above 0.1 s that were filled. ``breaks`` counts
    timestamps that cannot be true (backwards by more than a second, or forwards by more than an hour): time
    goes on from there.
    """

    origin_seconds: float = 0.0
    clock_seconds: float = 0.0
    silence_seconds: float = 0.0
    breaks: int = 0

    def place(
        self, time_seconds: float | None, length_seconds: float, tolerance_seconds: float = TOLERANCE_SECONDS
    ) -> float:
        """Append a frame and return the seconds of silence that belong before it.

        ``time_seconds`` is its timestamp, None where the file has none. Differences within the tolerance are
        rounding and encoder delay; overlaps up to a second are jitter. Neither moves the clock, so errors
        never add up.
        """
        gap = 0.0
        if time_seconds is not None:
            difference = time_seconds - self.origin_seconds - self.clock_seconds
            if difference > tolerance_seconds or difference < -OVERLAP_SECONDS:
                gap = self._jump(difference)
        self.clock_seconds += gap + length_seconds
        return gap

    def _jump(self, difference: float) -> float:
        if 0 < difference <= LONGEST_GAP_SECONDS:
            if difference > TOLERANCE_SECONDS:
                self.silence_seconds += difference
            return difference
        self.breaks += 1
        self.origin_seconds += difference
        return 0.0
