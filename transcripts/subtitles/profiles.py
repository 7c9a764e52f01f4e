"""House rules for subtitles, as numbers."""

from __future__ import annotations

from dataclasses import dataclass

from transcripts.subtitles.errors import SubtitleProfileUnknown


@dataclass(frozen=True, slots=True)
class Profile:
    """The limits that cues keep. Lengths in characters, times in milliseconds.

    The defaults are what Netflix, Amazon and most broadcasters share for English: 2 lines of 42, 1-7 s,
    2 frames between cues, 20 characters a second.
    """

    name: str
    max_line_chars: int = 42
    max_lines: int = 2
    min_duration_ms: int = 1000
    max_duration_ms: int = 7000
    gap_ms: int = 80
    chars_per_second: int = 20
    pause_ms: int = 1500
    """A silence this long always ends a cue, so that no text stands while nobody speaks."""

    def reading_ms(self, chars: int) -> int:
        """How long ``chars`` characters should stand, within the duration limits."""
        wanted_ms = chars * 1000 // self.chars_per_second
        return min(max(wanted_ms, self.min_duration_ms), self.max_duration_ms)


DEFAULT = Profile("default")

PROFILES = {profile.name: profile for profile in (DEFAULT,)}


def find_profile(name: str) -> Profile:
    """The profile called ``name``; "" is the default one. Raises ``SubtitleProfileUnknown``."""
    try:
        return PROFILES[name or DEFAULT.name]
    except KeyError as error:
        raise SubtitleProfileUnknown(detail={"profiles": sorted(PROFILES)}) from error
