"""Processes that test side by side do not meet."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.side_by_side import WORKER, is_settled, redis_of


def test_it_works(db: None) -> None:
    assert is_settled()
    assert Path(settings.DATA_DIR).name.endswith(WORKER)
    assert str(connection.settings_dict["NAME"]).endswith(WORKER)


def test_each_process_has_a_redis_database() -> None:
    assert redis_of("gw0", "redis://127.0.0.1:6379/9") == "redis://127.0.0.1:6379/10"
    assert redis_of("gw1", "redis://:secret@127.0.0.1:6379") == "redis://:secret@127.0.0.1:6379/2"
