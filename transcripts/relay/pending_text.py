"""The provisional text of a session."""

from __future__ import annotations

from transcripts.timing.tokens import comparison_key

SPOKEN_MS_PER_CHARACTER = 60
"""About 15 characters a second: how far before its arrival a first piece of text began."""


class PendingText:
    """``start_ms`` is about when its first word was said, ``arrived_ms`` where the sound was
    when its last piece came."""

    def __init__(self, start_ms: int) -> None:
        self.clear(start_ms)

    def clear(self, reached_ms: int) -> None:
        """Nothing is provisional; the next text cannot begin before ``reached_ms``."""
        self._reached_ms = reached_ms
        self.start_ms = self.arrived_ms = reached_ms
        self.text = ""
        self.speaker = ""

    def add(self, piece: str, speaker: str, *, said_ms: int, arrived_ms: int) -> None:
        if not self.text:
            piece = piece.lstrip()
            self.start_ms = max(self._reached_ms, said_ms - SPOKEN_MS_PER_CHARACTER * len(piece))
        self.text += piece
        self.speaker = speaker or self.speaker
        self.arrived_ms = arrived_ms

    def drop(self, said: str, reached_ms: int) -> None:
        """Take away what a segment has made final; what follows stays provisional."""
        rest = _without_beginning(self.text, said)
        speaker, arrived_ms = self.speaker, self.arrived_ms
        self.clear(reached_ms)
        if rest:
            self.text, self.speaker, self.arrived_ms = rest, speaker, arrived_ms


def _without_beginning(text: str, beginning: str) -> str:
    """``text`` after the words of ``beginning``, or nothing where it does not begin with them."""
    words, said = text.split(), beginning.split()
    same = [comparison_key(word) for word in words[: len(said)]] == [comparison_key(word) for word in said]
    return " ".join(words[len(said) :]) if same else ""
