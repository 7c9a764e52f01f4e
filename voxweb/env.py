"""Strict, typed readers for environment variables, and the list of every variable that was read.

Each reader takes the variable's name, its default and one line of documentation, and notes all three in
``REGISTRY``, so that the documentation can be compared with the code. A variable that is unset or blank has
its default; any other value must parse, or the start stops with a sentence that names the variable.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Collection, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from transcripts.errors import VoxwebError

_TRUTH = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
_UNITS = {
    "": 1, "B": 1,
    "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12,
    "KIB": 2**10, "MIB": 2**20, "GIB": 2**30, "TIB": 2**40,
    "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40,
}  # fmt: skip
_SIZE = re.compile(r"(\d{1,15})\s*([A-Za-z]{0,3})", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_EMAIL = re.compile(r"[^\s@,<>]+@[^\s@,<>]+\.[^\s@,<>]+")


class EnvironmentVariableError(VoxwebError):
    """A variable holds a value that cannot be used; the message names the variable and what it takes."""

    code = "environment_invalid"
    message = "An environment variable holds a value that cannot be used."


@dataclass(frozen=True)
class Variable:
    """One documented variable: ``default`` is written as a person would set it ('' means none)."""

    name: str
    kind: str
    default: str
    help: str

    @property
    def file_name(self) -> str | None:
        """The variable that names a file holding the value, which only secrets have."""
        return f"{self.name}_FILE" if self.kind == "secret" else None


class Environment:
    """Reads variables from ``values`` and notes each of them in ``registry``."""

    def __init__(self, values: Mapping[str, str], registry: MutableMapping[str, Variable]) -> None:
        self._values = values
        self._registry = registry

    def text(self, name: str, default: str = "", help: str = "") -> str:
        """Any text, without surrounding blanks."""
        return self._read(Variable(name, "text", default, help)) or default

    def integer(self, name: str, default: int, low: int, high: int, help: str = "") -> int:
        """A whole number from ``low`` to ``high``."""
        value = self._read(Variable(name, "integer", str(default), help))
        if value is None:
            return default
        if not _INTEGER.fullmatch(value) or not low <= int(value) <= high:
            raise _refusal(name, f"a whole number from {low} to {high}", value)
        return int(value)

    def number(self, name: str, default: float, low: float, high: float, help: str = "") -> float:
        """A decimal number from ``low`` to ``high``."""
        value = self._read(Variable(name, "number", f"{default:g}", help))
        if value is None:
            return default
        parsed = _decimal(value)
        if not low <= parsed <= high:
            raise _refusal(name, f"a number from {low:g} to {high:g}", value)
        return parsed

    def boolean(self, name: str, default: bool, help: str = "") -> bool:
        """1, true, yes, on or 0, false, no, off; case does not matter."""
        value = self._read(Variable(name, "boolean", str(default).lower(), help))
        if value is None:
            return default
        if value.lower() not in _TRUTH:
            raise _refusal(name, "true or false", value)
        return _TRUTH[value.lower()]

    def choice(self, name: str, options: Collection[str], default: str, help: str = "") -> str:
        """One of ``options``, spelt exactly."""
        value = self._read(Variable(name, f"choice of {', '.join(options)}", default, help))
        if value is not None and value not in options:
            raise _refusal(name, f"one of {', '.join(options)}", value)
        return default if value is None else value

    def size_bytes(
        self, name: str, default: int | str, low: int = 0, high: int = 2**50, help: str = ""
    ) -> int:
        """A size such as 16M, 16MiB, 2 GB or 1048576; returns bytes. K, KiB are 1024 bytes and KB is 1000."""
        value = self._read(
            Variable(name, "size", default if isinstance(default, str) else _as_size(default), help)
        )
        size = _parse_size(str(default) if value is None else value)
        if size is None or not low <= size <= high:
            wanted = f"a size from {_as_size(low)} to {_as_size(high)}, such as 16M"
            raise _refusal(name, wanted, str(default) if value is None else value)
        return size

    def path(self, name: str, default: Path | str, help: str = "") -> Path:
        """A file or folder; relative ones start at the working directory, ``~`` is the home folder."""
        value = self._read(Variable(name, "path", str(default), help))
        return Path(value or default).expanduser().absolute()

    def url(
        self, name: str, default: str = "", help: str = "", schemes: Collection[str] = ("http", "https")
    ) -> str:
        """An absolute URL with one of ``schemes``, without its final slash; a web address needs a host."""
        value = self._read(Variable(name, "url", default, help))
        if value is None:
            return default
        if not _is_url(value, schemes):
            raise _refusal(
                name, f"an address that starts with {' or '.join(f'{s}://' for s in schemes)}", value
            )
        return value.rstrip("/")

    def items(self, name: str, default: Collection[str] = (), help: str = "") -> list[str]:
        """A comma-separated list; blank entries are left out."""
        value = self._read(Variable(name, "list", ",".join(default), help))
        return list(default) if value is None else _split(value)

    def emails(self, name: str, default: Collection[str] = (), help: str = "") -> list[str]:
        """A comma-separated list of e-mail addresses."""
        value = self._read(Variable(name, "e-mail list", ",".join(default), help))
        addresses = list(default) if value is None else _split(value)
        for address in addresses:
            if not _EMAIL.fullmatch(address):
                raise _refusal(name, "e-mail addresses separated by commas", address)
        return addresses

    def secret(self, name: str, default: str = "", help: str = "") -> str:
        """Text that is never shown, from the variable itself or from the file that ``NAME_FILE`` names."""
        variable = Variable(name, "secret", "", help)
        value = self._read(variable)
        file = self._values.get(f"{name}_FILE", "").strip()
        if value and file:
            raise EnvironmentVariableError(f"Both {name} and {name}_FILE are set; set only one of them.")
        return _first_line(f"{name}_FILE", file) if file else value or default

    def unknown(self, prefix: str) -> list[str]:
        """Names that are set and start with ``prefix`` but that no reader has asked for: likely misspelt."""
        known = set(self._registry) | {v.file_name for v in self._registry.values()}
        return sorted(name for name in self._values if name.startswith(prefix) and name not in known)

    def _read(self, variable: Variable) -> str | None:
        known = self._registry.setdefault(variable.name, variable)
        if known != variable:
            raise ValueError(f"{variable.name} is declared twice, and differently.")
        return self._values.get(variable.name, "").strip() or None


def _refusal(name: str, wanted: str, value: str) -> EnvironmentVariableError:
    """The value is quoted without what may be a password in an address."""
    shown = re.sub(r"//[^/@]*@", "//***@", value)[:80]
    return EnvironmentVariableError(f"{name} must be {wanted}, but is “{shown}”.")


def _decimal(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return math.nan


def _parse_size(value: str) -> int | None:
    match = _SIZE.fullmatch(value)
    unit = _UNITS.get(match[2].upper()) if match else None
    return int(match[1]) * unit if match and unit else None


def _as_size(size_bytes: int) -> str:
    for unit in "TGMK":
        if size_bytes and size_bytes % _UNITS[unit] == 0:
            return f"{size_bytes // _UNITS[unit]}{unit}"
    return str(size_bytes)


def _is_url(value: str, schemes: Collection[str]) -> bool:
    try:
        parts = urlsplit(value)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    needs_host = parts.scheme in {"http", "https"}
    return parts.scheme in schemes and (has_host if needs_host else len(value) > len(f"{parts.scheme}://"))


def _split(value: str) -> list[str]:
    return [item.strip() for item in value.split(",") if item.strip()]


def _first_line(name: str, file: str) -> str:
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentVariableError(
            f"{name} names a file that cannot be read: {error.__class__.__name__}."
        ) from error
    if not lines or not lines[0].strip():
        raise EnvironmentVariableError(f"{name} names an empty file.")
    return lines[0].strip()


REGISTRY: dict[str, Variable] = {}
_process = Environment(os.environ, REGISTRY)

text = _process.text
integer = _process.integer
number = _process.number
boolean = _process.boolean
choice = _process.choice
size_bytes = _process.size_bytes
path = _process.path
url = _process.url
items = _process.items
emails = _process.emails
secret = _process.secret
unknown = _process.unknown
