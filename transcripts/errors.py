"""The root of every error that a person may read."""

from __future__ import annotations

import errno
from typing import Any, ClassVar

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class VoxwebError(Exception):
    """An expected failure: a stable ``code``, a sentence for people, and whether a retry may help.

    ``message`` says what happened, what is kept and what to do; it never holds keys, tokens or paths.
    ``detail`` is JSON-serialisable and goes into REST answers beside the message.
    """

    code: ClassVar[str] = "internal_error"
    message: str = "Something went wrong on the server. Nothing you saved is lost; please try again."
    retryable: ClassVar[bool] = False

    def __init__(self, message: str | None = None, *, detail: dict[str, Any] | None = None) -> None:
        self.message = message or type(self).message
        self.detail: dict[str, Any] = detail or {}
        super().__init__(self.message)


def is_disk_full(error: BaseException) -> bool:
    """Whether a write failed for want of space: disk, quota, or the limit of one file."""
    return isinstance(error, OSError) and error.errno in NO_SPACE
