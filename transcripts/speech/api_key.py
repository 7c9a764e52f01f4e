"""The API key, held so that it cannot be printed by accident."""

from __future__ import annotations

from transcripts.speech.errors import SpeechKeyRejected

_SHOWN_INSTEAD = "[key]"


class ApiKey:
    """A key that shows itself only in `authorization`; empty means none is sent (a server of one's own)."""

    __slots__ = ("_secret",)

    def __init__(self, key: str) -> None:
        secret = key.strip().removeprefix("Bearer ").strip()
        if not all("!" <= character <= "~" for character in secret):
            # Sent as it is, the HTTP library would refuse it with a message that quotes the whole header.
            raise SpeechKeyRejected(
                "The API key of the speech service contains characters that no key has "
                "(a space, a line break or a letter with an accent). Copy the key again."
            )
        self._secret = secret

    def __repr__(self) -> str:
        return "ApiKey(***)" if self._secret else "ApiKey(none)"

    def authorization(self) -> dict[str, str]:
        """The request header that carries the key, or nothing."""
        return {"Authorization": f"Bearer {self._secret}"} if self._secret else {}

    def hidden_in(self, body: bytes) -> bytes:
        """The same bytes with the key replaced: services quote a wrong key in their answers."""
        return body.replace(self._secret.encode(), _SHOWN_INSTEAD.encode()) if self._secret else body
