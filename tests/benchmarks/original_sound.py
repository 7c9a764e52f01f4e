"""The archive of a take as anybody gets it from a server, decoded."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.stack import Stack
from transcripts.audio.pcm import read_pcm, stream_pcm


def archive_of(stack: Stack, code: str) -> tuple[str, int]:
    """Download the original of a transcript; returns the SHA-256 of its PCM and how many bytes that is."""
    with downloaded(stack, code) as path:
        return digest_of(path)


def archived_pcm(stack: Stack, code: str) -> bytes:
    """The same as bytes."""
    with downloaded(stack, code) as path:
        return read_pcm(path).astype("<i2").tobytes()


@contextmanager
def downloaded(stack: Stack, code: str) -> Iterator[Path]:
    """The file as it is kept, fetched piece by piece."""
    with tempfile.NamedTemporaryFile(suffix=".flac") as file:
        offset, total = 0, 1
        while offset < total:
            ranged = {"Range": f"bytes={offset}-"}
            answer = stack.client.get(
                f"transcripts/{code}/media", params={"original": 1}, headers=ranged
            ).raise_for_status()
            file.write(answer.content)
            offset += len(answer.content)
            total = int(answer.headers.get("Content-Range", f"/{offset}").rsplit("/", 1)[-1])
        file.flush()
        yield Path(file.name)


def digest_of(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for block in stream_pcm(path):
        digest.update(block.astype("<i2").tobytes())
        size += 2 * len(block)
    return digest.hexdigest(), size
