"""Whether this worker was asked to stop: long work ends at its next checkpoint."""

from __future__ import annotations

import threading

from celery.signals import worker_shutting_down

_stopping = threading.Event()


def is_stopping() -> bool:
    return _stopping.is_set()


@worker_shutting_down.connect
def _note(**_: object) -> None:
    _stopping.set()
