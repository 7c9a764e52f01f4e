"""The place of a conflict in a text that was edited meanwhile; the page finds the same (see the JS test)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from transcripts.actions.merge.find_again import find_again

CASES = json.loads(Path(__file__).with_name("find_again.json").read_text())


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_it_works(case: dict[str, Any]) -> None:
    """The cases count in UTF-16 units."""
    text = case["text"]
    found = find_again(text, case["words"], case["offset"])
    places = found and [units(text[: found[0]]), units(text[: found[1]])]
    assert places == case["found"]
