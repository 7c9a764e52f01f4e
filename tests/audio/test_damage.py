from __future__ import annotations

import pytest

from transcripts.audio.damage import describe_damage
from transcripts.audio.decoder import DecodeFacts
from transcripts.audio.probe import MediaInfo
from transcripts.audio.timeline import Timeline


def media(container: str, claimed_ms: int | None, audio_start_ms: int = 0) -> MediaInfo:
    return MediaInfo(container, "codec", 16_000, 1, claimed_ms, 0, audio_start_ms, 1, True, has_video=False)


def facts(readable_seconds: float, *, bad: int = 0, good: int = 1000) -> DecodeFacts:
    return DecodeFacts(good_packets=good, bad_packets=bad, readable_seconds=readable_seconds)


def test_it_works() -> None:
    notice = describe_damage(media("mp3", 7_265_000), facts(3661), Timeline(clock_seconds=3661))
    assert notice is not None
    assert notice.code == "partly_unreadable"
    assert "1:01:01 of 2:01:05" in notice.message
    assert notice.detail == {"readable_seconds": 3661, "claimed_seconds": 7265, "bad_packets": 0}


@pytest.mark.parametrize("claimed_ms", [None, 9_000, 10_000, 10_400])
def test_whole_files_have_no_notice(claimed_ms: int | None) -> None:
    assert describe_damage(media("mp3", claimed_ms), facts(10), Timeline(clock_seconds=10)) is None


def test_a_late_start_is_no_loss() -> None:
    late = Timeline(clock_seconds=15, silence_seconds=5)
    assert describe_damage(media("mp4", 10_000, 5_000), facts(10), late) is None


def test_a_gap_is_damage_only_where_none_can_be() -> None:
    gap = Timeline(clock_seconds=10, silence_seconds=3)
    assert describe_damage(media("webm", 10_000), facts(7), gap) is None
    notice = describe_damage(media("flac", 10_000), facts(7), gap)
    assert notice is not None
    assert "7.0 s of 10.0 s" in notice.message


def test_bad_packets_count_without_a_claim() -> None:
    notice = describe_damage(media("aac", None), facts(100, bad=50), Timeline(clock_seconds=100))
    assert notice is not None
    assert notice.detail["claimed_seconds"] == pytest.approx(105)


def test_seams_of_files_strung_together_are_no_damage() -> None:
    assert (
        describe_damage(
            media("mp3", None), facts(36_000, bad=20, good=500_000), Timeline(clock_seconds=36_001)
        )
        is None
    )
