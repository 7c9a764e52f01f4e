"""The web server: daphne, hardened. ``serve`` runs it; ``python -m voxweb.server`` does so from a shell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from daphne.endpoints import build_endpoint_description_strings

from voxweb.server.daphne_server import Application, CannotListenError, HardenedServer
from voxweb.server.limits import ServerLimits

__all__ = ["Application", "CannotListenError", "HardenedServer", "ServerLimits", "serve"]

_DEFAULTS = ServerLimits()


def serve(
    application: Application,
    *,
    host: str | None = None,
    port: int | None = None,
    unix_socket: str | None = None,
    file_descriptor: int | None = None,
    max_body_bytes: int = _DEFAULTS.body_bytes,
    drain_seconds: float = _DEFAULTS.drain_seconds,
    behind_proxy: bool = False,
    limits: ServerLimits = _DEFAULTS,
    on_listening: Callable[[int], None] | None = None,
) -> None:
    """Serve the ASGI ``application`` until SIGTERM or SIGINT, then drain and return; once per process.

    Listens on ``host`` and ``port`` (0 picks a free one), on ``unix_socket`` or on an inherited listening
    ``file_descriptor``. ``on_listening`` gets the TCP port, 0 for a socket without one. Bodies over
    ``max_body_bytes`` are refused with 413; ``drain_seconds`` is what running requests get at the end.
    ``behind_proxy`` believes X-Forwarded-For and X-Forwarded-Proto, which the proxy must set itself.
    Raises ``CannotListenError``, and ValueError without any address. Call it from the main thread.
    """
    endpoints = build_endpoint_description_strings(
        host=host, port=port, unix_socket=unix_socket, file_descriptor=file_descriptor
    )
    if not endpoints:
        raise ValueError("serve() needs a host and a port, a unix_socket or a file_descriptor")
    HardenedServer(
        application,
        endpoints=endpoints,
        limits=replace(limits, body_bytes=max_body_bytes, drain_seconds=drain_seconds),
        behind_proxy=behind_proxy,
        on_listening=on_listening,
    ).run()
