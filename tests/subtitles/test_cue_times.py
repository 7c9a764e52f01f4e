from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transcripts.subtitles.cue import Cue
from transcripts.subtitles.cue_times import settle_times
from transcripts.subtitles.profiles import DEFAULT


def cue(start_ms: int, end_ms: int, text: str = "text", speaker: str | None = None) -> Cue:
    return Cue(start_ms, end_ms, speaker, (text,), ())


def times(*cues: Cue) -> list[tuple[int, int]]:
    return [(settled.start_ms, settled.end_ms) for settled in settle_times(cues, DEFAULT)]


def test_it_works() -> None:
    assert times(cue(0, 300), cue(5000, 6500)) == [(0, 1000), (5000, 6500)]


def test_a_cue_stays_until_it_can_be_read() -> None:
    assert times(cue(0, 1000, "x" * 60)) == [(0, 3000)]


def test_a_cue_goes_before_the_next_one_comes() -> None:
    assert times(cue(0, 300), cue(700, 2000)) == [(0, 620), (700, 2000)]
    assert times(cue(0, 2000), cue(2000, 4000)) == [(0, 1920), (2000, 4000)]
    assert times(cue(0, 200), cue(200, 2000)) == [(0, 200), (200, 2000)]


def test_a_word_held_for_long_does_not_stand_for_ever() -> None:
    assert times(cue(0, 60_000)) == [(0, 7000)]


def test_two_who_speak_at_once_overlap_only_as_far_as_they_do() -> None:
    assert times(cue(0, 2000, "x" * 40, "A"), cue(500, 900, "y", "B")) == [(0, 2000), (500, 1500)]
    assert times(cue(0, 2500, "x" * 20, "A"), cue(2400, 4000, "y", "B")) == [(0, 2320), (2400, 4000)]


def test_cues_of_one_moment_still_come_one_after_the_other() -> None:
    assert times(cue(5, 5), cue(5, 5), cue(5, 5)) == [(5, 6), (6, 7), (7, 1007)]


cues = st.builds(
    cue,
    st.integers(0, 20_000),
    st.integers(0, 30_000),
    st.text("x", min_size=1, max_size=84),
    st.sampled_from("AB"),
)


@given(st.lists(cues, max_size=12))
def test_any_times_become_fit(free: list[Cue]) -> None:
    settled = settle_times(sorted(free, key=lambda cue: cue.start_ms), DEFAULT)
    assert len(settled) == len(free)
    assert [cue.start_ms for cue in settled] == sorted(cue.start_ms for cue in settled)
    for index, current in enumerate(settled):
        later = settled[index + 1 :]
        assert current.start_ms < current.end_ms <= current.start_ms + DEFAULT.max_duration_ms
        assert all(current.end_ms <= other.start_ms for other in later if other.speaker == current.speaker)
        room_ms = min((other.start_ms for other in later), default=10**9) - DEFAULT.gap_ms - current.start_ms
        assert current.end_ms - current.start_ms >= min(DEFAULT.min_duration_ms, room_ms)
