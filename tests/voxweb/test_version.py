"""The version is the changelog's."""

from __future__ import annotations

from pathlib import Path

import pytest

import voxweb
from voxweb import read_version


def test_it_works() -> None:
    assert voxweb.__version__ == read_version(Path(__file__).parents[2] / "CHANGELOG.md")
    assert voxweb.__version__ != "0.0.0"


@pytest.mark.parametrize(
    "heading", ["## 1.2.3", "## [1.2.3] - 2026-11-20", "# v1.2.3\n\n## 1.2.2", "## 1.2.3 (today)"]
)
def test_headings_of_several_kinds(tmp_path: Path, heading: str) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text(f"# Changelog\n\nIn 0.0.1 nothing worked.\n\n{heading}\n\n- Text.\n")
    assert read_version(changelog) == "1.2.3"


def test_without_a_changelog(tmp_path: Path) -> None:
    assert read_version(tmp_path / "CHANGELOG.md") == "0.0.0"
