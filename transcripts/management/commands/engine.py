"""``manage.py engine [--host --port]``: run the embedded engine alone."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Run the embedded speech engine alone; it speaks the Voxtral API."

    def add_arguments(self, parser: ArgumentParser) -> None:
        address = urlsplit(settings.ENGINE_URL)
        parser.add_argument("--host", default=address.hostname or "127.0.0.1")
        parser.add_argument("--port", type=int, default=address.port or 8765)

    def handle(self, *args: Any, **options: Any) -> None:
        """Become the engine: it needs neither Django's database nor this process around it."""
        os.execv(sys.executable, engine_command(options["host"], options["port"]))


def engine_command(host: str, port: int) -> list[str]:
    """The engine's command line."""
    return [
        sys.executable,
        "-m",
        "transcripts.engine",
        "--host",
        host,
        "--port",
        str(port),
        "--data-dir",
        str(settings.DATA_DIR / "engine"),
        "--processes",
        str(settings.ENGINE_PROCESSES),
    ]
