"""The requests of one download, with every fault of the network in our words."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass

import httpx

from .errors import FetchError
from .guard import Guard
from .limits import FetchLimits
from .network_fault import told
from .pinned_transport import PinnedTransport
from .public_address import IsAllowed, Resolver, is_public, system_addresses
from .redirects import final_answer

HEADERS = {"User-Agent": "voxweb", "Accept": "audio/*, video/*, */*;q=0.5", "Accept-Encoding": "identity"}
"""Compressed answers would be another sequence of bytes, in which no range could be asked for."""


@dataclass(frozen=True, slots=True)
class Network:
    """Who may be asked and how: the defaults are those of the public internet."""

    is_allowed: IsAllowed = is_public
    resolver: Resolver = system_addresses
    tls: ssl.SSLContext | None = None


class Line:
    """Works on the transport itself: a client of the library would take proxies and ``.netrc`` from the
    environment, which bypass the check of addresses, and log addresses whole.
    """

    def __init__(self, transport: PinnedTransport, guard: Guard, limits: FetchLimits) -> None:
        self._transport, self._limits = transport, limits
        self.guard = guard

    @contextmanager
    def answer(self, url: httpx.URL, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """The answer after all redirects. Raises FetchError, also for faults while its body is read.

        The library's errors are not chained: their requests hold the address.
        """
        self.guard.expect_answer(self._limits.head_seconds)
        fault: FetchError | None = None
        try:
            response = final_answer(lambda hop: self._ask(hop, headers), url, self._limits.max_redirects)
            with closing(response):
                self.guard.expect_answer(None)
                yield response
        except httpx.TransportError as error:
            fault = told(error)
        if fault is not None:
            self.guard.check()
            raise fault

    def _ask(self, url: httpx.URL, headers: Mapping[str, str]) -> httpx.Response:
        self.guard.check()
        timeout = httpx.Timeout(self._limits.read_seconds, connect=self._limits.connect_seconds)
        extensions = {"timeout": timeout.as_dict(), "trace": self.guard.trace}
        request = httpx.Request("GET", url, headers={**HEADERS, **headers}, extensions=extensions)
        response = self._transport.handle_request(request)
        response.request = request
        return response
