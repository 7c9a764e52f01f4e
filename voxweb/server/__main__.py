"""``python -m voxweb.server --host H --port P module:application``"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import threading
from collections.abc import Sequence

from daphne.utils import import_by_path

from transcripts.errors import VoxwebError
from voxweb.server import ServerLimits, serve

_TEARDOWN_SECONDS = 2.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the application named on the command line; returns the exit code."""
    options = command_line_parser().parse_args(arguments)
    try:
        application = import_by_path(options.application)
        _log_somewhere()
        serve(
            application,
            host=None if options.port is None else options.host,
            port=options.port,
            unix_socket=options.unix_socket,
            file_descriptor=options.fd,
            max_body_bytes=options.max_body_bytes,
            drain_seconds=options.drain_seconds,
            behind_proxy=options.behind_proxy,
            on_listening=lambda port: _say(f"listening {_address(options, port)}"),
        )
    except VoxwebError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    return 0


def command_line_parser() -> argparse.ArgumentParser:
    """The options of the command."""
    limits = ServerLimits()
    parser = argparse.ArgumentParser(prog="python -m voxweb.server", description="Serve an ASGI application.")
    parser.add_argument("--host", default="127.0.0.1")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--port", type=int, help="0 picks a free port")
    where.add_argument("--fd", type=int, help="an inherited listening socket")
    where.add_argument("--unix-socket", help="path of a socket to make")
    parser.add_argument("--max-body-bytes", type=int, default=limits.body_bytes)
    parser.add_argument("--drain-seconds", type=float, default=limits.drain_seconds)
    parser.add_argument("--behind-proxy", action="store_true", help="believe the X-Forwarded headers")
    parser.add_argument("application", type=_application_path, help="module:attribute")
    return parser


def _application_path(value: str) -> str:
    if value.count(":") != 1:
        raise argparse.ArgumentTypeError("must be written as module:attribute")
    return value


def _address(options: argparse.Namespace, port: int) -> str:
    if not port:
        return f"unix:{options.unix_socket}"
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"http://{host}:{port}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _log_somewhere() -> None:
    """An application without a logging configuration of its own still gets its log on stderr."""
    if not logging.getLogger().handlers:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")


def _exit_in_time(code: int) -> None:
    """A view stuck in a thread would hold the interpreter's end for as long as it is stuck."""
    force = threading.Timer(_TEARDOWN_SECONDS, os._exit, [code])
    force.daemon = True
    force.start()


if __name__ == "__main__":
    exit_code = main()
    _exit_in_time(exit_code)
    sys.exit(exit_code)
