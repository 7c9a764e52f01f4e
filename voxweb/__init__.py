"""Wiring of the project: settings, URLs, the server, its processes; the version is the changelog's first."""

from __future__ import annotations

import re
from pathlib import Path

_CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"


def read_version(changelog: Path) -> str:
    """The version in the first heading such as ``## 0.1.0 - 2026-11-20``.

    A copy without a changelog answers 0.0.0, so that a stripped image still starts.
    """
    text = changelog.read_text(encoding="utf-8") if changelog.is_file() else ""
    match = re.search(r"^##?\s+\[?v?(\d+\.\d+\.\d+)", text, re.MULTILINE)
    return match[1] if match else "0.0.0"


__version__ = read_version(_CHANGELOG)
