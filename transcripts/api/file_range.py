"""HTTP Range (RFC 9110, section 14) for one file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import parse_http_date_safe

ONE_RANGE = re.compile(r"bytes=([0-9]{0,19})-([0-9]{0,19})", re.IGNORECASE)


class UnsatisfiableError(ValueError):
    """The asked range lies behind the end of the file."""


@dataclass(frozen=True)
class ByteRange:
    """Bytes ``start`` to ``end``, the end not included."""

    start: int
    end: int

    def header(self, size: int) -> str:
        return f"bytes {self.start}-{self.end - 1}/{size}"


def asked_range(header: str | None, size: int) -> ByteRange | None:
    """Return what ``Range`` asks of a file of ``size`` bytes, or None for the whole file.

    Several ranges, other units and malformed headers count as no Range at all, as the RFC allows.
    Raises UnsatisfiableError.
    """
    found = ONE_RANGE.fullmatch((header or "").replace(" ", ""))
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return _suffix(int(last), size)
    start, end = int(first), min(int(last) + 1 if last else size, size)
    if last and int(last) < start:
        return None
    if start >= size:
        raise UnsatisfiableError
    return ByteRange(start, end)


def _suffix(length: int, size: int) -> ByteRange:
    if length == 0 or size == 0:
        raise UnsatisfiableError
    return ByteRange(max(0, size - length), size)


def range_applies(request: HttpRequest, etag: str, modified_seconds: int) -> bool:
    """Whether ``If-Range`` (a strong tag or a date) still describes the file; true where it is not sent."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == etag
    return parse_http_date_safe(condition) == modified_seconds
