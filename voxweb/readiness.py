"""Tells whether a process answers; ``python -m voxweb.readiness URL`` asks for a container's health."""

from __future__ import annotations

import http.client
import os
import sys
from collections.abc import Callable
from urllib.parse import urlsplit


def http_probe(url: str, *, host: str = "", timeout_seconds: float = 1.0) -> Callable[[], bool]:
    """A probe that asks for an ``http`` address and is content with any answer below 500.

    ``host`` is the name to ask for where it is not the one in ``url``.
    """
    parts = urlsplit(url)

    def answers() -> bool:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout_seconds)
        try:
            connection.request("GET", parts.path or "/", headers={"Host": host or parts.netloc})
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return answers


def main() -> int:
    """Exit code 0 when the address in the only argument answers within four seconds.

    The site answers only to its public name, which is therefore the one that is asked for.
    """
    public_name = urlsplit(os.environ.get("VOXWEB_PUBLIC_URL", "")).netloc
    return 0 if http_probe(sys.argv[1], host=public_name, timeout_seconds=4.0)() else 1


if __name__ == "__main__":
    sys.exit(main())
