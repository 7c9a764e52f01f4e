"""Names as people gave them."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.actions.file_name import kept_extension, plain_line, shown_file_name, title_from


def test_it_works() -> None:
    name = shown_file_name("C:\\Users\\me\\Tuesday talk.MP3")
    assert (name, kept_extension(name), title_from(name)) == ("Tuesday talk.MP3", ".mp3", "Tuesday talk")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("", "recording"),
        ("...", "recording"),
        ("a/", "recording"),
        ("\x00\u202e", "recording"),
        (" a  b ", "a b"),
    ],
)
def test_little_or_nothing_is_left(raw: str, shown: str) -> None:
    assert shown_file_name(raw) == shown


@given(st.text(max_size=600))
def test_any_name_becomes_one_visible_line_and_a_harmless_extension(raw: str) -> None:
    name = shown_file_name(raw)
    assert 0 < len(name) <= 200
    assert name not in {".", ".."}
    assert not set(name) & set("/\\\n\r\x00")
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"} for c in name)
    assert re.fullmatch(r"(\.[a-z0-9]{1,8})?", kept_extension(name))
    assert title_from(name)


@given(st.text(max_size=300), st.integers(1, 50))
def test_a_line_stays_within_its_length(raw: str, longest: int) -> None:
    line = plain_line(raw, longest)
    assert len(line) <= longest
    assert line == line.strip()
    assert "\n" not in line
