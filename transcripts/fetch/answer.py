"""What an answer's head says: usable or not, how long, of which type, and whether it can be resumed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from .errors import (
    FetchError,
    UrlAnswerInvalidError,
    UrlForbiddenError,
    UrlIsAPageError,
    UrlNotFoundError,
    UrlUnreachableError,
)

REDIRECTS = {301, 302, 303, 307, 308}
WHOLE, PART, NOT_THAT_PART = 200, 206, 416
PAGES = {"text/html", "application/xhtml+xml"}
BY_STATUS: dict[int, type[FetchError]] = {
    401: UrlForbiddenError, 402: UrlForbiddenError, 403: UrlForbiddenError, 407: UrlForbiddenError,
    451: UrlForbiddenError, 404: UrlNotFoundError, 410: UrlNotFoundError,
    408: UrlUnreachableError, 425: UrlUnreachableError, 429: UrlUnreachableError,
}  # fmt: skip
CLOCK_DOUBT = timedelta(seconds=60)


def refusal(response: httpx.Response) -> FetchError | None:
    """Why this is not the beginning of a file; None where it is."""
    status = response.status_code
    facts = {"status": status}
    if status >= 500:
        return UrlUnreachableError(detail=facts)
    if status not in {WHOLE, PART}:
        return BY_STATUS.get(status, UrlAnswerInvalidError)(detail=facts)
    if media_type_of(response) in PAGES:
        return UrlIsAPageError()
    if response.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        return UrlAnswerInvalidError(detail={"cause": "content_encoding"})
    return None


def media_type_of(response: httpx.Response) -> str:
    """The content type without parameters, lower-case; "" where none is given."""
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def total_bytes_of(response: httpx.Response) -> int | None:
    """The length of the whole file, where it is announced."""
    if response.status_code == PART:
        found = _content_range(response)
        return found[1] if found else None
    if "transfer-encoding" in response.headers:
        return None
    length = response.headers.get("content-length", "")
    return int(length) if re.fullmatch(r"[0-9]{1,18}", length) else None


def first_byte_of(response: httpx.Response) -> int | None:
    """Where a part begins; None where it does not say."""
    found = _content_range(response)
    return found[0] if found else None


def validator_of(response: httpx.Response) -> str | None:
    """A value for ``If-Range`` that changes with every byte of the file, or None.

    A date is one only where the file was at least a minute old when it was sent (RFC 9110, 8.8.2.2).
    """
    tag = str(response.headers.get("etag", ""))
    if re.fullmatch(r'"[\x21\x23-\x7e]*"', tag):
        return tag
    modified, sent = (_date(response, name) for name in ("last-modified", "date"))
    if modified and sent and sent - modified >= CLOCK_DOUBT:
        return str(response.headers["last-modified"])
    return None


def _content_range(response: httpx.Response) -> tuple[int, int | None] | None:
    given = response.headers.get("content-range", "")
    found = re.fullmatch(r"bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\*)", given.strip())
    return (int(found[1]), None if found[2] == "*" else int(found[2])) if found else None


def _date(response: httpx.Response, name: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(response.headers.get(name, ""))
    except ValueError:
        return None
    return found if found.tzinfo else None
