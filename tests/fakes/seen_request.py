"""A request as a fake service received it, byte for byte, with readings of its forms."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import HTTP
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Part:
    """One part of a multipart body: its header block as sent, and its content."""

    header: bytes
    content: bytes

    @property
    def name(self) -> str:
        return str(headers_of(self.header).get_param("name", "", "content-disposition"))


@dataclass(frozen=True)
class SeenRequest:
    """A request as it arrived: ``head`` up to the blank line, ``body`` as many bytes as were announced."""

    head: bytes
    body: bytes

    @property
    def method(self) -> str:
        return self.head.split(b" ", 1)[0].decode()

    @property
    def target(self) -> str:
        return self.head.split(b" ", 2)[1].decode()

    def header(self, name: str) -> str | None:
        value = headers_of(self.head.split(b"\r\n", 1)[1]).get(name)
        return None if value is None else str(value)

    @property
    def form(self) -> list[tuple[str, str]]:
        """Pairs of an urlencoded body, in order."""
        return parse_qsl(self.body.decode(), keep_blank_values=True, strict_parsing=True)

    @property
    def parts(self) -> list[Part]:
        """Parts of a multipart body, in order."""
        boundary = (self.header("content-type") or "").split("boundary=")[1].strip('"').encode()
        middle = self.body.split(b"--" + boundary)[1:-1]
        pairs = (piece.removeprefix(b"\r\n").removesuffix(b"\r\n").split(b"\r\n\r\n", 1) for piece in middle)
        return [Part(header, content) for header, content in pairs]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Text fields of either encoding; files and JSON parts are left out."""
        if "urlencoded" in (self.header("content-type") or ""):
            return self.form
        return [(p.name, p.content.decode()) for p in self.parts if b"content-type" not in p.header.lower()]


def headers_of(block: bytes) -> Message:
    """A header block without its first line, parsed."""
    return message_from_bytes(block + b"\r\n\r\n", policy=HTTP)
