"""Body limits by path."""

from __future__ import annotations

from voxweb.server.limits import ServerLimits

LIMITS = ServerLimits(body_bytes=10, body_bytes_by_path={"/api/": 100, "/api/uploads/": 1000})


def test_it_works() -> None:
    assert LIMITS.body_limit_bytes(b"/") == 10


def test_the_longest_prefix_wins() -> None:
    assert LIMITS.body_limit_bytes(b"/api/transcripts?x=/api/uploads/") == 100
    assert LIMITS.body_limit_bytes(b"/api/uploads/abc") == 1000
    assert LIMITS.body_limit_bytes(b"/x/api/uploads/abc") == 10


def test_escapes_are_read() -> None:
    assert LIMITS.body_limit_bytes(b"/%61pi/x") == 100
    assert LIMITS.body_limit_bytes(b"/%ff") == 10
