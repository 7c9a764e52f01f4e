"""Wake the workers.

The message carries nothing: workers look into the database for what is due. So it does not matter
whether a message is lost (the beat rings again), doubled, or cannot be sent because the broker is away.
"""

from __future__ import annotations

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

WORK = "transcripts.tasks.work"


def ring() -> None:
    """Ring now; a broker that is away is logged, not raised, since the beat rings again later."""
    try:
        current_app.send_task(WORK, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("could not ring the workers, the beat will: %s", type(error).__name__)


def ring_after_commit(times: int = 1) -> None:
    """Ring once the rows are there for everybody to see."""
    for _ in range(times):
        transaction.on_commit(ring)
