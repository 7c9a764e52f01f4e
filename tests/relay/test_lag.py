"""How long sound has waited to be sent."""

from __future__ import annotations

from transcripts.relay.lag import Lag


def test_it_works() -> None:
    lag = Lag()
    lag.note(3_200, 10.0)
    lag.note(6_400, 11.0)
    assert lag.waited_seconds(0, 12.0) == 2.0
    assert lag.waited_seconds(3_200, 12.0) == 1.0
    assert lag.waited_seconds(6_400, 12.0) == 0.0


def test_sound_that_comes_late_all_at_once_has_not_waited() -> None:
    lag = Lag()
    lag.note(3_200, 0.0)
    assert lag.waited_seconds(3_200, 60.0) == 0.0
    lag.note(1_920_000, 60.0)
    assert lag.waited_seconds(3_200, 60.5) == 0.5


def test_nothing_new_changes_nothing() -> None:
    lag = Lag()
    lag.note(3_200, 0.0)
    lag.note(3_200, 5.0)
    assert lag.waited_seconds(0, 6.0) == 6.0
