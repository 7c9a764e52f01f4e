"""Which texts are addresses that a recording may be fetched from, by their form alone."""

from __future__ import annotations

import re
from urllib.parse import unquote

import httpx

from .errors import UrlInvalidError

LONGEST_URL_CHARACTERS = 2083
LABEL = r"[a-z0-9_:-]{1,63}"
"""A piece of a host between dots (RFC 1035; names with underscores exist), or a number of IPv6."""


def web_address(text: str) -> httpx.URL:
    """Return ``text`` as an http(s) address with a host and without user name and password.

    The very same value is checked, resolved and sent later, so that no two parsers can disagree about it.
    Raises UrlInvalidError.
    """
    if len(text) > LONGEST_URL_CHARACTERS or not text.isprintable() or " " in text or "\\" in text:
        raise UrlInvalidError
    try:
        url = httpx.URL(text)
        port = url.port
    except (httpx.InvalidURL, ValueError) as error:
        raise UrlInvalidError from error
    if url.scheme not in {"http", "https"} or url.userinfo:
        raise UrlInvalidError
    if not _is_host(host_of(url)) or not (port is None or 0 < port < 65_536):
        raise UrlInvalidError
    return url.copy_with(fragment=None)


def host_of(url: httpx.URL) -> str:
    """The host as it goes over the wire: ASCII, no brackets, no final dot."""
    return url.raw_host.decode("ascii").removesuffix(".")


def port_of(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def file_name_in(url: httpx.URL) -> str:
    """The last piece of the path, decoded; "" where the path ends with a slash."""
    return unquote(url.raw_path.partition(b"?")[0].decode("ascii").rpartition("/")[2])


def without_query(text: str) -> str:
    """``text`` without what may hold a key: what stands behind the question mark."""
    return text.partition("#")[0].partition("?")[0]


def _is_host(host: str) -> bool:
    return len(host) <= 253 and all(re.fullmatch(LABEL, label) for label in host.split("."))
