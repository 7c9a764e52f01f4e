"""``GET /v1/models``: the cards of what a service offers; `capabilities.from_card` reads one."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from transcripts.speech.call import Call
from transcripts.speech.errors import SpeechModelUnknown, SpeechRequestRejected, SpeechResponseInvalid
from transcripts.speech.retry import RetryPolicy, with_retries
from transcripts.speech.transport import Transport

_PATH = "/v1/models"


class OfferedModels:
    """The models of one service, of every kind (chat too)."""

    def __init__(self, transport: Transport, retry: RetryPolicy) -> None:
        self._transport = transport
        self._retry = retry

    def list(self) -> tuple[dict[str, Any], ...]:
        """All cards, as the service wrote them."""
        cards = self._object(_PATH).get("data")
        if not isinstance(cards, list):
            raise SpeechResponseInvalid
        return tuple(card for card in cards if isinstance(card, dict))

    def retrieve(self, model: str) -> dict[str, Any]:
        """One card. Raises `SpeechModelUnknown` when the service has no such model."""
        if not model.strip(". "):
            raise SpeechModelUnknown
        try:
            return self._object(f"{_PATH}/{quote(model, safe='')}")
        except SpeechRequestRejected as refusal:
            if refusal.status != 404:
                raise
            raise SpeechModelUnknown(
                detail=refusal.detail, status=404, request_id=refusal.request_id
            ) from refusal

    def _object(self, path: str) -> dict[str, Any]:
        def attempt() -> dict[str, Any]:
            with self._transport.open(Call("GET", path)) as reply:
                return reply.json_object()

        return with_retries(self._retry, attempt)
