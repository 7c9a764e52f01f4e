"""Signed links to stored files and short-lived browser tokens; nothing is kept but one secret."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

_KEY_BYTES = 32
_TOKEN_PREFIX = "rt_"  # noqa: S105 - a public prefix
_SIGNED_PATH = "/v1/files/{file_id}/signed"


class Signer:
    """Signs with the secret of one data folder, so that links outlive a restart."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def from_file(cls, path: Path) -> Signer:
        """Reads the secret, or makes it on the first start (mode 0600)."""
        with suppress(FileExistsError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(_KEY_BYTES))
        key = path.read_bytes()
        if len(key) != _KEY_BYTES:
            raise ValueError(f"{path.name} is damaged; remove it and start again")
        return cls(key)

    def link(self, base_url: str, file_id: str, hours: int) -> str:
        """An address that gives the file to whoever has it, for so many hours."""
        expires = str(int(time.time()) + hours * 3600)
        signature = self._sign("file", file_id, expires)
        return f"{base_url}{_SIGNED_PATH.format(file_id=file_id)}?expires={expires}&signature={signature}"

    def opens(self, file_id: str, expires: str, signature: str) -> bool:
        """Whether the link to ``file_id`` is genuine and has not expired."""
        expected = self._sign("file", file_id, expires).encode()
        genuine = hmac.compare_digest(expected, signature.encode())
        return genuine and int(expires) > time.time()

    def linked_file(self, url: str) -> str | None:
        """The id of the file that a link of ours opens; None for any other address."""
        try:
            parts = urlsplit(url)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        except ValueError:
            return None
        steps = parts.path.split("/")
        if len(steps) != 5 or parts.path != _SIGNED_PATH.format(file_id=steps[3]):
            return None
        return (
            steps[3] if self.opens(steps[3], query.get("expires", ""), query.get("signature", "")) else None
        )

    def token(self, model: str, ttl_seconds: int) -> tuple[str, int]:
        """A token for live sessions of ``model``, and the time (seconds since 1970) at which it expires."""
        expires = int(time.time()) + ttl_seconds
        claims = _encoded(
            json.dumps({"model": model, "expires": expires, "salt": secrets.token_hex(8)}).encode()
        )
        return f"{_TOKEN_PREFIX}{claims}.{self._sign('token', claims)}", expires

    def token_model(self, token: str) -> str | None:
        """The model a token is good for; None when it is forged, malformed or expired."""
        claims, _, signature = token.removeprefix(_TOKEN_PREFIX).partition(".")
        expected = self._sign("token", claims)
        if not token.startswith(_TOKEN_PREFIX) or not hmac.compare_digest(
            expected.encode(), signature.encode()
        ):
            return None
        fields: dict[str, Any] = json.loads(_decoded(claims))
        return str(fields["model"]) if fields["expires"] > time.time() else None

    def _sign(self, *parts: str) -> str:
        return _encoded(hmac.new(self._key, "\n".join(parts).encode(), hashlib.sha256).digest())


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        return b"{}"
