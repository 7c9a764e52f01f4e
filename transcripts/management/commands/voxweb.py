"""``manage.py voxweb [--host --port]``: everything, as one foreground command."""

from __future__ import annotations

import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from voxweb.readiness import http_probe
from voxweb.supervised_child import ChildSpec
from voxweb.supervisor import Supervisor

from .engine import engine_command

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Threads make the small matrices of voice features five times slower."""
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104


class Command(BaseCommand):
    help = "Migrate, then run web, worker with beat, and (without an API key) the engine; Ctrl-C stops all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        prepare()
        host, port = options["host"], options["port"]
        children = [web(host, port), worker()]
        if settings.USES_ENGINE:
            children.append(engine())
        supervisor = Supervisor(children, on_ready=lambda: self.tell(f"ready http://{host}:{port}"))
        sys.exit(supervisor.run())

    def tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def prepare() -> None:
    """Bring the database up to date, collect static files, and forget old doorbells."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    shutil.rmtree(settings.BROKER_DIR, ignore_errors=True)
    (settings.BROKER_DIR / "control").mkdir(mode=0o700, parents=True)
    ready_file().unlink(missing_ok=True)


def ready_file() -> Path:
    return Path(settings.DATA_DIR) / "worker-ready"


def web(host: str, port: int) -> ChildSpec:
    server = [sys.executable, "-m", "voxweb.server", "--host", host, "--port", str(port)]
    limit = ["--max-body-bytes", str(settings.MAX_BODY_BYTES), "voxweb.asgi:application"]
    address = f"http://{EVERYWHERE.get(host, host)}:{port}/healthz"
    return ChildSpec("web", [*server, *limit], grace_seconds=12, probe=http_probe(address))


def worker() -> ChildSpec:
    """With SQLite and no Redis this worker is the only one, so it may take over what its predecessor held."""
    single = [] if settings.REDIS_URL or settings.DATABASE_URL else ["--single"]
    argv = [sys.executable, "manage.py", "worker", "--ready-file", str(ready_file()), *single]
    return ChildSpec("worker", argv, ONE_THREAD, grace_seconds=15, probe=ready_file().exists)


def engine() -> ChildSpec:
    address = urlsplit(settings.ENGINE_URL)
    argv = engine_command(address.hostname or "127.0.0.1", address.port or 8765)
    return ChildSpec("engine", argv, grace_seconds=10, probe=http_probe(f"{settings.ENGINE_URL}/v1/models"))
