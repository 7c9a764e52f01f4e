"""A small tus client, so that tests read as a conversation."""

from __future__ import annotations

import base64
from typing import Any

from django.test import Client

PIECE = "application/offset+octet-stream"
TUS = {"Tus-Resumable": "1.0.0"}


def coded(**metadata: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items())


def begin(client: Client, size: int, piece: bytes = b"", /, **metadata: str) -> Any:
    headers = {
        **TUS,
        "Upload-Length": str(size),
        "Upload-Metadata": coded(**{"filename": "a.wav", **metadata}),
    }
    kind = PIECE if piece else "text/plain"
    return client.post("/api/v1/uploads", piece, content_type=kind, headers=headers)


def send(client: Client, location: str, offset: int, piece: bytes, **headers: str) -> Any:
    extra = {name.replace("_", "-"): value for name, value in headers.items()}
    headers = {**TUS, "Upload-Offset": str(offset), **extra}
    return client.patch(location, piece, headers=headers, CONTENT_TYPE=PIECE)


def offset_of(client: Client, location: str) -> int:
    return int(client.head(location, headers=TUS)["Upload-Offset"])
