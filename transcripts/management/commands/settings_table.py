"""``manage.py settings_table``: the settings section of the README, from the code that reads them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from voxweb.env import REGISTRY, Variable


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Print every environment variable as the table of the README."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(settings_table())


def settings_table() -> str:
    """Markdown: one row per variable that the settings read, by name."""
    rows = [row_of(REGISTRY[name]) for name in sorted(REGISTRY)]
    return "\n".join(["| variable | default | what |", "|---|---|---|", *rows])


def row_of(variable: Variable) -> str:
    return f"| `{variable.name}` | {shown_default(variable)} | {variable.help} |"


def shown_default(variable: Variable) -> str:
    """Defaults below the project's folder are shown relative to it; computed ones by what decides them."""
    default = variable.default.replace(str(settings.DATA_DIR), "data").replace(f"{settings.BASE_DIR}/", "")
    return f"`{default}`" if default else "none"
