"""HTTP to the very network address that was checked, so that a name cannot change its mind in between."""

from __future__ import annotations

import ssl
from collections.abc import Sequence

import httpx

from .public_address import IsAllowed, Resolver, allowed_addresses
from .web_address import host_of, port_of

MOST_ADDRESSES = 4
"""Addresses of one host that are tried in turn; many servers have two, one per protocol version."""


class PinnedTransport(httpx.BaseTransport):
    """Resolves and checks every request's host, then connects to the numeric address.

    The server still sees its name in ``Host`` and in TLS, and its certificate is checked against that name.
    Raises what ``allowed_addresses`` raises beside the errors of httpx.
    """

    def __init__(self, is_allowed: IsAllowed, resolver: Resolver, tls: ssl.SSLContext | None = None) -> None:
        self._is_allowed = is_allowed
        self._resolver = resolver
        # A kept connection could serve another name on the same address, whose certificate nobody checked.
        alone = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        self._inner = httpx.HTTPTransport(verify=tls or True, limits=alone)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = host_of(request.url)
        found = allowed_addresses(host, port_of(request.url), self._is_allowed, self._resolver)
        return self._first_that_connects(request, host, found[:MOST_ADDRESSES])

    def _first_that_connects(
        self, request: httpx.Request, host: str, addresses: Sequence[str]
    ) -> httpx.Response:
        for address in addresses[:-1]:
            try:
                return self._inner.handle_request(_pinned(request, host, address))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._inner.handle_request(_pinned(request, host, addresses[-1]))

    def close(self) -> None:
        self._inner.close()


def _pinned(request: httpx.Request, host: str, address: str) -> httpx.Request:
    """The same request to a numeric address; its ``Host`` header was written for the name."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )
