"""``python -m transcripts.engine --host H --port N --data-dir D``: the engine, until it is told to stop."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from transcripts.engine.asgi import build_application
from transcripts.engine.engine import Engine, EngineOptions
from transcripts.errors import VoxwebError
from voxweb.server import serve

_LARGEST_BODY_BYTES = 600 * 2**20
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def main(arguments: Sequence[str] | None = None) -> int:
    """Loads the recognisers, serves, and ends every process it started; returns the exit code."""
    options = command_line_parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    engine = Engine(_engine_options(options))
    try:
        engine.pool.start()
        serve(
            build_application(engine),
            host=options.host,
            port=options.port,
            max_body_bytes=_LARGEST_BODY_BYTES,
            drain_seconds=options.drain_seconds,
            on_listening=lambda port: _say(f"engine ready http://{_in_url(options.host)}:{port}"),
        )
    except VoxwebError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    finally:
        engine.pool.close()
    return 0


def command_line_parser() -> argparse.ArgumentParser:
    """The options of the command."""
    parser = argparse.ArgumentParser(prog="python -m transcripts.engine", description="The built-in engine.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 picks a free port")
    parser.add_argument("--data-dir", type=Path, required=True, help="uploaded files and the signing secret")
    parser.add_argument("--api-key", help="refuse requests without this key")
    parser.add_argument(
        "--processes", type=_positive, default=os.cpu_count() or 1, help="recognisers for files"
    )
    parser.add_argument(
        "--live-sessions", type=_positive, help="live sessions at once; 4 per process if not set"
    )
    parser.add_argument(
        "--live-idle-seconds", type=float, default=30.0, help="how long a session may be silent"
    )
    parser.add_argument(
        "--drain-seconds", type=float, default=8.0, help="what running requests get at the end"
    )
    return parser


def _engine_options(options: argparse.Namespace) -> EngineOptions:
    return EngineOptions(
        data_dir=options.data_dir.absolute(),
        api_key=options.api_key or None,
        processes=options.processes,
        live_sessions=options.live_sessions or 4 * options.processes,
        live_idle_seconds=options.live_idle_seconds,
        loopback_only=options.host in _LOOPBACK,
    )


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError("must be from 1 to 256")
    return number


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
