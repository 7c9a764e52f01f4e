"""One line per request, without what may be secret."""

from __future__ import annotations

import logging

import pytest

from voxweb.server.access_log import log_action


def test_it_works(caplog: pytest.LogCaptureFixture) -> None:
    request = {
        "path": "/search?q=secret", "client": "203.0.113.9:4711", "method": "GET", "status": 200, "size": 12,
        "time_taken": 0.0421,
    }  # fmt: skip
    with caplog.at_level(logging.INFO, logger="voxweb.access"):
        log_action("http", "complete", request)
    assert caplog.messages == ["203.0.113.9 GET /search 200 12 bytes 42 ms"]


def test_websockets_are_logged_when_they_open_and_close(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="voxweb.access"):
        for action in ("connecting", "connected", "disconnected"):
            log_action("websocket", action, {"path": "/ws/live?token=secret", "client": None})
    assert caplog.messages == ["- websocket connected /ws/live", "- websocket disconnected /ws/live"]
