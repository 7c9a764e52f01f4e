"""Follow redirects by hand: each one is an address like the first, with the same checks."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from .answer import REDIRECTS
from .errors import UrlAnswerInvalidError, UrlInvalidError, UrlRefusedError
from .web_address import web_address


def final_answer(
    ask: Callable[[httpx.URL], httpx.Response], url: httpx.URL, max_redirects: int
) -> httpx.Response:
    """Return the first answer of ``ask`` that is no redirect, its body unread; the caller closes it.

    Raises UrlAnswerInvalidError, UrlRefusedError and what ``ask`` raises.
    """
    for _ in range(max_redirects + 1):
        response = ask(url)
        if response.status_code not in REDIRECTS:
            return response
        response.close()
        url = _next(url, response.headers.get("location", ""))
    raise UrlAnswerInvalidError(
        "This address sends from one place to the next without an end. "
        "Download the file with a browser and upload it here.",
        detail={"cause": "too_many_redirects"},
    )


def _next(url: httpx.URL, location: str) -> httpx.URL:
    if not location:
        raise UrlAnswerInvalidError(detail={"cause": "redirect_to_nowhere"})
    try:
        return web_address(str(url.join(location)))
    except (UrlInvalidError, httpx.InvalidURL, ValueError) as error:
        raise UrlRefusedError(
            "This address sends on to one that this server does not fetch from. "
            "Download the file and upload it here."
        ) from error
