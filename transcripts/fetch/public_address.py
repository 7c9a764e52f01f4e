"""Which network addresses a recording may be fetched from: the public internet, unless told otherwise.

Without this, anybody with an account could have the server ask its own neighbours: databases, routers,
the credentials service of a cloud.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from .errors import UrlRefusedError, UrlUnreachableError

IpAddress = IPv4Address | IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""From host and port to numeric addresses. Raises OSError."""
IsAllowed = Callable[[IpAddress], bool]

NEVER_PUBLIC = tuple(
    ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments; a cloud's metadata service among them
        "192.88.99.0/24",  # 6to4 relays
        "168.63.129.16/32",  # Azure's platform service
        "::ffff:0:0/96",  # IPv4-mapped
        "::ffff:0:0:0/96",  # IPv4-translated
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64 of one's own network
        "2001::/23",  # protocol assignments; Teredo among them
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # site-local
    )
)
"""Beyond what ``ipaddress`` of every supported Python knows (IANA special-purpose registries)."""

LOOK_UP_SECONDS = 15.0


def is_public(address: IpAddress) -> bool:
    """True for a unicast address of the public internet, in no disguise."""
    hidden = (
        address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
        or address.is_reserved or address.is_unspecified
    )  # fmt: skip
    return address.is_global and not hidden and not any(address in network for network in NEVER_PUBLIC)


def is_any_host(address: IpAddress) -> bool:
    """For operators who let recordings come from their own network."""
    return not (address.is_multicast or address.is_unspecified)


def allowed_addresses(host: str, port: int, is_allowed: IsAllowed, resolver: Resolver) -> list[str]:
    """Resolve ``host`` once and return the numeric addresses one may connect to, in the resolver's order.

    Raises UrlUnreachableError where the name cannot be resolved, UrlRefusedError where nothing is allowed.
    """
    try:
        found = resolver(host, port)
    except (OSError, UnicodeError) as error:
        raise UrlUnreachableError(detail={"cause": type(error).__name__}) from error
    if not found:
        raise UrlUnreachableError
    allowed = [text for text in found if is_allowed(ip_address(text.partition("%")[0]))]
    if not allowed:
        raise UrlRefusedError
    return list(dict.fromkeys(allowed))


def system_addresses(host: str, port: int) -> Sequence[str]:
    """Ask the operating system, for at most 15 s; it knows no time limit itself. Raises OSError."""
    look_up = _LookUp(host, port)
    look_up.start()
    look_up.join(LOOK_UP_SECONDS)
    if look_up.is_alive():
        raise TimeoutError
    if look_up.error is not None:
        raise look_up.error
    return look_up.found


class _LookUp(threading.Thread):
    def __init__(self, host: str, port: int) -> None:
        super().__init__(name="name-look-up", daemon=True)
        self._asked = host, port
        self.found: list[str] = []
        self.error: OSError | UnicodeError | None = None

    def run(self) -> None:
        try:
            rows = socket.getaddrinfo(*self._asked, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            self.error = error
        else:
            self.found = [str(row[4][0]) for row in rows]
