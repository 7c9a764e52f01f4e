"""Every reader: its value, its default, its refusal by name, and its line in the registry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voxweb.env import REGISTRY, Environment, EnvironmentVariableError, Variable, integer


def environment(**values: str) -> Environment:
    return Environment(values, {})


def test_it_works() -> None:
    registry: dict[str, Variable] = {}
    env = Environment({"A": " some text ", "B": "42", "C": "Yes", "D": "16MiB", "E": "x, y,"}, registry)
    assert env.text("A", default="other", help="A text.") == "some text"
    assert env.integer("B", 1, 0, 100, "A number.") == 42
    assert env.boolean("C", False) is True
    assert env.size_bytes("D", 1) == 16 * 1024 * 1024
    assert env.items("E") == ["x", "y"]
    assert registry["A"] == Variable("A", "text", "other", "A text.")
    assert list(registry) == ["A", "B", "C", "D", "E"]


READERS: list[tuple[str, Callable[[Environment], Any]]] = [
    ("1_000", lambda env: env.integer("X", 1, 0, 9999)),
    ("5.0", lambda env: env.integer("X", 1, 0, 9999)),
    ("٤", lambda env: env.integer("X", 1, 0, 9999)),
    ("-1", lambda env: env.integer("X", 1, 0, 9999)),
    ("10000", lambda env: env.integer("X", 1, 0, 9999)),
    ("nan", lambda env: env.number("X", 1, 0, 10)),
    ("inf", lambda env: env.number("X", 1, 0, 10)),
    ("soon", lambda env: env.number("X", 1, 0, 10)),
    ("maybe", lambda env: env.boolean("X", True)),
    ("RED", lambda env: env.choice("X", ("red", "blue"), "red")),
    ("16 parsecs", lambda env: env.size_bytes("X", 1)),
    ("-16MB", lambda env: env.size_bytes("X", 1)),
    ("16KX", lambda env: env.size_bytes("X", 1)),
    ("2GB", lambda env: env.size_bytes("X", 1, high=10**9)),
    ("example.org", lambda env: env.url("X")),
    ("https://", lambda env: env.url("X")),
    ("http://host:port", lambda env: env.url("X")),
    ("ftp://host/", lambda env: env.url("X")),
    ("redis://", lambda env: env.url("X", schemes=("redis",))),
    ("someone", lambda env: env.emails("X")),
    ("a@b.org, <c@d.org>", lambda env: env.emails("X")),
]


@pytest.mark.parametrize(("value", "read"), READERS)
def test_a_bad_value_is_refused_by_name(value: str, read: Callable[[Environment], Any]) -> None:
    with pytest.raises(EnvironmentVariableError, match=r"^X must be .*, but is “.+”\.$"):
        read(environment(X=value))


def test_a_refusal_does_not_show_a_password() -> None:
    with pytest.raises(EnvironmentVariableError) as refusal:
        environment(X="mysql://me:hunter2@host/name").url("X", schemes=("postgres", "sqlite"))
    assert "hunter2" not in refusal.value.message
    assert "postgres:// or sqlite://" in refusal.value.message


def test_a_secret_comes_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("s3cret\n")
    assert environment(KEY_FILE=str(file)).secret("KEY") == "s3cret"
    assert environment(KEY="direct").secret("KEY") == "direct"
    assert environment().secret("KEY") == ""


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", None])
def test_a_secret_file_without_a_secret_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(EnvironmentVariableError, match="KEY_FILE"):
        environment(KEY_FILE=str(file)).secret("KEY")


def test_a_secret_given_twice_is_refused() -> None:
    with pytest.raises(EnvironmentVariableError, match="Both KEY and KEY_FILE"):
        environment(KEY="a", KEY_FILE="/b").secret("KEY")


def test_a_secret_has_no_documented_default() -> None:
    registry: dict[str, Variable] = {}
    Environment({}, registry).secret("KEY", default="made-up")
    assert registry["KEY"].default == ""
    assert registry["KEY"].file_name == "KEY_FILE"


def test_blank_is_the_default() -> None:
    env = environment(A="", B="  ", C="")
    assert (env.integer("A", 7, 0, 9), env.text("B", "b"), env.url("C", "http://c")) == (7, "b", "http://c")


def test_two_different_declarations_are_a_mistake_in_the_code() -> None:
    env = environment()
    env.integer("A", 7, 0, 9)
    env.integer("A", 7, 0, 9)
    with pytest.raises(ValueError, match="declared twice"):
        env.integer("A", 8, 0, 9)


def test_paths_are_absolute() -> None:
    assert environment().path("X", "./data") == Path.cwd() / "data"
    assert environment(X="~/data").path("X", "./data") == Path.home() / "data"


def test_addresses_lose_their_final_slash() -> None:
    assert environment(X="https://example.org/").url("X") == "https://example.org"
    database = environment(X="sqlite:////srv/db.sqlite3")
    assert database.url("X", schemes=("sqlite",)) == "sqlite:////srv/db.sqlite3"


def test_a_misspelt_variable_is_found() -> None:
    env = environment(VOXWEB_PROT="1", VOXWEB_KEY_FILE="/k", OTHER="x")
    env.integer("VOXWEB_PORT", 8000, 0, 65535)
    registry_only = env.unknown("VOXWEB_")
    assert registry_only == ["VOXWEB_KEY_FILE", "VOXWEB_PROT"]


def test_module_level_readers_note_the_default_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOXWEB_TEST_ONLY", "3")
    try:
        assert integer("VOXWEB_TEST_ONLY", 1, 0, 9, "Only for this test.") == 3
        assert REGISTRY["VOXWEB_TEST_ONLY"].help == "Only for this test."
    finally:
        REGISTRY.pop("VOXWEB_TEST_ONLY", None)


@pytest.mark.parametrize(
    ("value", "size_bytes"),
    [("2K", 2048), ("2 KB", 2000), ("2KiB", 2048), ("7", 7), ("7b", 7), ("1G", 2**30)],
)
def test_sizes_have_units(value: str, size_bytes: int) -> None:
    assert environment(X=value).size_bytes("X", 0) == size_bytes
    assert environment().size_bytes("X", value) == size_bytes


@given(st.integers(0, 2**40))
def test_a_documented_size_reads_back(size_bytes: int) -> None:
    registry: dict[str, Variable] = {}
    Environment({}, registry).size_bytes("X", size_bytes)
    assert environment(X=registry["X"].default).size_bytes("X", 0) == size_bytes


@given(st.text())
def test_any_text_is_a_number_or_a_refusal(value: str) -> None:
    try:
        assert 0 <= environment(X=value).integer("X", 1, 0, 9) <= 9
    except EnvironmentVariableError as refusal:
        assert refusal.message.startswith("X must be")
