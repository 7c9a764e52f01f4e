"""Keep a claimed row ours while one long call runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection

from ..models import Leased, LeaseLostError

logger = logging.getLogger(__name__)

CHECK_SECONDS = 2.0
"""How soon a cancelled or stolen row is noticed while nothing else is written."""


class Lease:
    """``lost`` turns true when the row was cancelled or claimed by another worker: stop and write nothing."""

    def __init__(self, row: Leased) -> None:
        self.row = row
        self._lost = threading.Event()
        self._over = threading.Event()

    def lost(self) -> bool:
        return self._lost.is_set()

    def _keep(self) -> None:
        try:
            while not self._over.wait(CHECK_SECONDS):
                self._extend()
        finally:
            connection.close()

    def _extend(self) -> None:
        """A busy database is no reason to stop: the lease is far longer than a few missed beats."""
        try:
            self.row.extend_lease(settings.LEASE_SECONDS)
        except LeaseLostError:
            self._lost.set()
            self._over.set()
        except DatabaseError as error:
            logger.warning("could not extend a lease: %s", type(error).__name__)


@contextmanager
def keep_lease(row: Leased) -> Iterator[Lease]:
    """Extend the lease of ``row`` from a thread of its own until the block ends."""
    lease = Lease(row)
    thread = threading.Thread(target=lease._keep, name=f"lease-{row.pk}", daemon=True)
    thread.start()
    try:
        yield lease
    finally:
        lease._over.set()
        thread.join(timeout=10)
