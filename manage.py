#!/usr/bin/env python3
"""Django's command line for voxweb."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from voxweb.env import EnvironmentVariableError


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voxweb.settings")
    try:
        execute_from_command_line(sys.argv)
    except EnvironmentVariableError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
