"""Links and tokens that cannot be made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.engine.signing import Signer

SIGNER = Signer(b"k" * 32)


def test_it_works(tmp_path: Path) -> None:
    signer = Signer.from_file(tmp_path / "key")
    url = signer.link("http://127.0.0.1:1", "some-id", hours=1)
    assert Signer.from_file(tmp_path / "key").linked_file(url) == "some-id"
    token, _ = signer.token("voxweb-engine", 60)
    assert signer.token_model(token) == "voxweb-engine"
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_another_key_opens_nothing() -> None:
    other = Signer(b"o" * 32)
    assert other.linked_file(SIGNER.link("http://h", "x", 1)) is None
    assert other.token_model(SIGNER.token("m", 60)[0]) is None


def test_expired_ones_open_nothing() -> None:
    assert SIGNER.linked_file(SIGNER.link("http://h", "x", -1)) is None
    assert SIGNER.token_model(SIGNER.token("m", -1)[0]) is None


@given(st.text(max_size=200))
def test_free_text_opens_nothing(text: str) -> None:
    assert SIGNER.linked_file(text) is None
    assert SIGNER.linked_file(f"http://h/v1/files/x/signed?expires=9{text}&signature={text}") is None
    assert SIGNER.token_model(text) is None
    assert SIGNER.token_model(f"rt_{text}") is None
    assert not SIGNER.opens("x", text, text)


def test_a_damaged_key_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(ValueError, match="damaged"):
        Signer.from_file(tmp_path / "key")
