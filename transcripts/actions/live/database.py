"""Database work of open sockets, on threads of its own: the event loop never waits for a row."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import Error, close_old_connections, connection

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 4
STEADY_THREADS = 2
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="live-database")
_steady_threads = ThreadPoolExecutor(STEADY_THREADS, thread_name_prefix="live-database-steady")


async def in_database(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run ``work`` where it may wait for the database, and return what it returns."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, partial(_once, work, *args, **kwargs))


async def steadily_in_database(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for what is done again and again: opening a connection would cost ten times the work."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_steady_threads, partial(_steadily, work, *args, **kwargs))


def _once(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    close_old_connections()
    try:
        return work(*args, **kwargs)
    finally:
        close_old_connections()


def _steadily(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        return work(*args, **kwargs)
    except Error:
        connection.close()
        raise
