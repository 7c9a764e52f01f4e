"""How the voices of one version are called."""

from __future__ import annotations

from collections.abc import Sequence

from ...document.content import DocVoice

HUES = 8
UNKNOWN = "Unknown voice"


class VoiceNames:
    """Names and hues as the page shows them; a voice without a name is called by its place."""

    def __init__(self, voices: Sequence[DocVoice]) -> None:
        self._names = {voice.id: voice.name or f"Speaker {place}" for place, voice in enumerate(voices, 1)}
        self._hues = {voice.id: voice.hue or place % HUES + 1 for place, voice in enumerate(voices)}

    def name(self, voice_id: str) -> str:
        return self._names.get(voice_id, UNKNOWN)

    def hue(self, voice_id: str) -> int:
        """1 to 8, 0 where nobody knows who it is."""
        return self._hues.get(voice_id, 0)

    def differences(self, after: VoiceNames) -> list[tuple[str, str]]:
        """Names before and after, where they differ; "" where there is no such voice."""
        ids = dict.fromkeys([*self._names, *after._names])
        pairs = [(self._names.get(key, ""), after._names.get(key, "")) for key in ids]
        return [(old, new) for old, new in pairs if old != new]
