"""``manage.py check_documents [--mend]``: whether rows equal the documents they come from."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from transcripts.actions.edit.rows import rows_equal_document, write_rows_anew
from transcripts.models import Transcript


class Command(BaseCommand):
    help = "Compare segments and speakers of every transcript with its document; --mend writes them anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="write rows that differ anew")
        parser.add_argument("codes", nargs="*", help="codes of transcripts; all of them when none is given")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Transcript.objects.order_by("pk")
        chosen = rows.filter(code__in=options["codes"]) if options["codes"] else rows
        wrong = [item for item in chosen.iterator() if not rows_equal_document(item)]
        for item in wrong:
            mended = options["mend"] and write_rows_anew(item)
            self.stdout.write(f"{item.code} differs{', written anew' if mended else ''}")
        self.stdout.write(f"{chosen.count()} transcripts, {len(wrong)} with rows that differed")
        if wrong and not options["mend"]:
            raise CommandError("Run it again with --mend.")
