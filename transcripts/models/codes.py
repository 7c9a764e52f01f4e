"""Random codes: the ids that people and programs see."""

from __future__ import annotations

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""31 characters that survive being read aloud or typed from paper (no 0/o, 1/l/i)."""


def random_code(length: int = 16) -> str:
    """Return an unguessable code; 16 characters carry 79 bits (log2(31) = 4.95 bits each)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def segment_key() -> str:
    """Return a key for a segment: unique inside its transcript, stable through edits."""
    return random_code(10)
