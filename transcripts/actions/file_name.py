"""Names of files as people gave them: fit for showing, never used as a path."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST_NAME = 200
UNNAMED = "recording"
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Unicode categories that hide or reorder text (right-to-left overrides among them)."""


def shown_file_name(raw: str) -> str:
    """Return ``raw`` without folders, control and direction characters, at most 200 characters long.

    The extension survives shortening; a name of which nothing is left becomes "recording".
    """
    shown = "".join(c for c in raw if visible(c))
    last = re.split(r"[/\\]", shown)[-1]
    name = " ".join(last.split()).strip(". ") or UNNAMED
    if len(name) <= LONGEST_NAME:
        return name
    suffix = PurePosixPath(name).suffix[:20]
    return name[: LONGEST_NAME - len(suffix)] + suffix


def plain_line(raw: str, longest: int) -> str:
    """Return one line of at most ``longest`` characters: nothing invisible, single spaces."""
    return " ".join("".join(c if visible(c) else " " for c in raw).split())[:longest].strip()


def visible(character: str) -> bool:
    return unicodedata.category(character) not in INVISIBLE


def kept_extension(name: str) -> str:
    """Return ".mp3" and the like for the file's place on disk, or "" where the extension is unusual."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""


def title_from(name: str) -> str:
    """Return the name without its extension, as a first title."""
    return PurePosixPath(name).stem or name
