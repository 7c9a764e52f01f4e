"""How patient a relay is, and how much it sends at a time."""

from __future__ import annotations

from dataclasses import dataclass

BYTES_PER_MS = 32
"""16 kHz, mono, signed 16 bit."""


@dataclass(frozen=True, slots=True)
class RelayLimits:
    """Times in seconds unless the name says otherwise.

    ``piece_bytes`` is the most sound in one message (480 ms, only reached when behind). Text that is
    ``told_lag`` late is told, sound that waited ``longest_lag`` is left to the pass after the stop and the
    relay goes on at ``live_edge_ms`` before the present. A session that gives nothing for ``stall`` of voiced
    sound is replaced; without any sound it gets a flush every ``keep_alive`` and is closed after ``idle``
    (services give up after about 30 s of nothing). Sessions are renewed in a pause after ``renew_after`` and
    anywhere after ``renew_at_latest``. ``farewell`` bounds the wait for the last text, ``farewell_unheard``
    where no session is open. A service may send
    ``burst_characters`` and ``characters_per_second`` of sound before it counts as broken.
    """

    piece_bytes: int = 15_360
    told_lag: float = 2.0
    longest_lag: float = 30.0
    live_edge_ms: int = 2_000
    stall: float = 6.0
    longest_stall: float = 60.0
    keep_alive: float = 10.0
    idle: float = 60.0
    renew_after: float = 1_500.0
    renew_at_latest: float = 1_800.0
    farewell: float = 12.0
    farewell_unheard: float = 3.0
    first_wait: float = 0.5
    longest_wait: float = 30.0
    burst_characters: int = 4_000
    characters_per_second: int = 80
    tick: float = 0.5
