from __future__ import annotations

import pytest

from transcripts.subtitles.errors import SubtitleProfileUnknown
from transcripts.subtitles.profiles import DEFAULT, find_profile


def test_it_works() -> None:
    assert find_profile("default") is find_profile("") is DEFAULT


def test_an_unknown_profile_is_named() -> None:
    with pytest.raises(SubtitleProfileUnknown) as caught:
        find_profile("cinema")
    assert caught.value.detail == {"profiles": ["default"]}


def test_reading_time_stays_within_the_limits() -> None:
    assert [DEFAULT.reading_ms(chars) for chars in (1, 40, 84, 10_000)] == [1000, 2000, 4200, 7000]
