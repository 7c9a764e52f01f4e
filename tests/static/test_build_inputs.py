"""What the front-end build takes in: every icon that is named exists, and the lock file has no addresses."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ICON_IN_TEMPLATE = re.compile(r'{% icon "([a-z0-9-]+)"')
ICON_IN_SCRIPT = re.compile(r'\bicon\("([a-z0-9-]+)"\)')
CHOSEN_IN_PYTHON = {"file-audio", "film", "mic", "rotate-ccw", "x"}
"""Names that transcripts/views/library_rows.py hands to its template."""


def named_icons() -> set[str]:
    found = set(CHOSEN_IN_PYTHON)
    for path in (ROOT / "templates").rglob("*.html"):
        found |= set(ICON_IN_TEMPLATE.findall(path.read_text()))
    for path in (ROOT / "static" / "src" / "js").rglob("*.js"):
        found |= set(ICON_IN_SCRIPT.findall(path.read_text()))
    return found


def test_it_works() -> None:
    listed = set(json.loads((ROOT / "static" / "src" / "icons.json").read_text()))
    assert named_icons() <= listed


def test_the_lock_file_has_no_addresses() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert "://" not in lock


def test_versions_are_pinned() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    versions = {**package.get("dependencies", {}), **package.get("devDependencies", {})}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_no_page_has_inline_script_or_style() -> None:
    """The content security policy would block them."""
    inline = re.compile(r'<script(?![^>]*\bsrc=)|<style|\sstyle="|\son[a-z]+="')
    offenders = [path for path in (ROOT / "templates").rglob("*.html") if inline.search(path.read_text())]
    assert offenders == []
