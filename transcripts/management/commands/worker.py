"""``manage.py worker``: one worker with its beat, as the foreground command runs it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from celery.signals import worker_ready
from django.conf import settings
from django.core.management.base import BaseCommand

from transcripts.actions.due_work import release_all_leases
from voxweb.celery import app

OPTIONS = (
    "--pool=threads",
    "--loglevel=warning",
    "--without-gossip",
    "--without-mingle",
    "--without-heartbeat",
)


class Command(BaseCommand):
    help = "Run a worker with its beat (the only one of this installation with --single)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--single", action="store_true", help="take over whatever an earlier worker held")
        parser.add_argument("--ready-file", type=Path, help="file to write once tasks are taken")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["single"]:
            release_all_leases()
        ready_file: Path | None = options["ready_file"]

        def tell(**_: object) -> None:
            if ready_file:
                ready_file.write_text("ready\n")

        worker_ready.connect(tell, weak=False)
        schedule = settings.CELERY_BEAT_SCHEDULE_FILENAME
        app.worker_main(
            ["worker", "--beat", f"--schedule={schedule}", f"--concurrency={settings.WORKER_SLOTS}", *OPTIONS]
        )
