"""From what people paste as the address of a speech service to its base URL."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from transcripts.speech.errors import SpeechAddressInvalid

# Longest first, so that the whole operation path goes before its beginning does.
_OPERATION_PATHS = (
    "/v1/audio/transcriptions/realtime",
    "/v1/audio/transcriptions",
    "/v1/chat/completions",
    "/v1/batch/jobs",
    "/v1/models",
    "/v1/files",
    "/v1",
)
_QUERY_OR_FRAGMENT = re.compile("[?#]")
_ENDING = re.compile(r"[/\s]+$")
_SCHEMES = {"http": "http", "https": "https", "ws": "http", "wss": "https"}


def service_address(pasted: str) -> str:
    """``scheme://host[:port][/prefix]`` without ``/v1``, operation path, query, fragment and last slash.

    Raises `SpeechAddressInvalid` for anything that is not an http(s) or ws(s) address with a host, and for
    an address with a user name or password, which would take the place of the key.
    """
    parts = _split(_QUERY_OR_FRAGMENT.split(pasted, maxsplit=1)[0].strip())
    if parts.scheme not in _SCHEMES or not parts.hostname or "@" in parts.netloc:
        raise SpeechAddressInvalid
    if any(map(str.isspace, parts.netloc)):
        raise SpeechAddressInvalid
    return f"{_SCHEMES[parts.scheme]}://{parts.netloc}{_prefix(parts.path)}"


def is_loopback(address: str) -> bool:
    """Whether the address is this machine: then proxies of the environment are not asked."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _split(pasted: str) -> SplitResult:
    try:
        parts = urlsplit(pasted)
        _ = parts.port
    except ValueError as error:
        raise SpeechAddressInvalid from error
    return parts


def _prefix(path: str) -> str:
    trimmed = _ENDING.sub("", path)
    for known in _OPERATION_PATHS:
        if trimmed.endswith(known):
            return _ENDING.sub("", trimmed.removesuffix(known))
    return trimmed
