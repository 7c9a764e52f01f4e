"""One realtime session: its settings, its limits and its text. Knows events, not sockets."""

from __future__ import annotations

import base64
import binascii
import uuid
from typing import Any

from transcripts.engine.captions import Captions
from transcripts.engine.errors import EngineError
from transcripts.engine.live_recognition import Utterance
from transcripts.engine.model_card import LANGUAGE
from transcripts.engine.pcm import BYTES_PER_SAMPLE, SAMPLE_RATE_HZ
from transcripts.engine.recogniser import LiveRecogniser, LiveUpdate, RecogniserPool
from transcripts.engine.segmenter import readable_segment, readable_texts
from transcripts.engine.transcription_reply import segment_objects, usage

LARGEST_APPEND_BYTES = 262_144
_LOWEST_RATE_HZ, _HIGHEST_RATE_HZ = 8_000, 48_000
_DEFAULT_DELAY_MS = 480
_UNSUPPORTED = ("context_bias", "speaker_references", "turn_detection", "diarize")
_WHOLE = frozenset({"segment"})
_WITH_WORDS = frozenset({"segment", "word"})
_MOST_FINAL_SEGMENTS = 3000

INVALID_REQUEST = 3051
FROZEN = 3052

Events = list[dict[str, Any]]


class SessionRefusal(EngineError):
    """A message that was not obeyed; the session goes on. ``number`` is what the error event carries."""

    code = "session_refusal"

    def __init__(self, message: str, number: int = INVALID_REQUEST) -> None:
        super().__init__(message)
        self.number = number


class LiveSession:
    """Calls block while the recogniser works and must not overlap. ``close`` frees the recogniser."""

    def __init__(self, model: str, pool: RecogniserPool) -> None:
        self._model = model
        self._request_id = f"ws-{uuid.uuid4()}"
        self._rate_hz = SAMPLE_RATE_HZ
        self._language: str | None = None
        self._recogniser: LiveRecogniser = pool.open_live()
        self._captions = Captions(_DEFAULT_DELAY_MS)
        self._odd_byte = b""
        self._taken_bytes = 0
        self._text = ""
        self._words = 0
        self._segments: Events = []

    def created(self) -> dict[str, Any]:
        """The greeting."""
        return {"type": "session.created", "session": self._settings()}

    def update(self, wishes: Any) -> Events:
        """Takes new settings, all or none; they are frozen once there is sound."""
        if self._taken_bytes or self._odd_byte:
            raise SessionRefusal("Session fields cannot be changed after audio has started", FROZEN)
        if not isinstance(wishes, dict):
            raise SessionRefusal("session.update needs an object 'session'")
        for name in _UNSUPPORTED:
            if wishes.get(name) not in (None, False, [], {}) or (
                name == "turn_detection" and wishes.get(name) == {}
            ):
                raise SessionRefusal(f"The built-in engine does not support {name} in realtime sessions")
        rate_hz, delay_ms, language = _rate(wishes), _delay(wishes), _language(wishes)
        self._rate_hz = self._recogniser.sample_rate_hz = rate_hz or self._rate_hz
        self._captions.delay_ms = delay_ms or self._captions.delay_ms
        self._language = language or self._language
        return [{"type": "session.updated", "session": self._settings()}]

    def append(self, audio: Any) -> Events:
        """Takes one base64 piece of sound; a sample may be split between two pieces."""
        pcm = self._odd_byte + _decoded(audio)
        whole = len(pcm) - len(pcm) % BYTES_PER_SAMPLE
        pcm, self._odd_byte = pcm[:whole], pcm[whole:]
        if not pcm:
            return []
        update = self._recogniser.append(pcm)
        self._taken_bytes += len(pcm)
        return self._events(update)

    def flush(self) -> Events:
        """Ends the running utterance; there is no `done` for it."""
        return self._events(self._recogniser.flush()) if self._taken_bytes else []

    def end(self) -> Events:
        """The last utterance and the one `transcription.done`."""
        events = self.flush()
        done = {
            "type": "transcription.done",
            "model": self._model,
            "text": self._text,
            "language": LANGUAGE,
            "segments": self._segments if len(self._segments) <= _MOST_FINAL_SEGMENTS else [],
            "usage": usage(self._position_ms(), self._words),
        }
        return [*events, done]

    def close(self) -> None:
        """Frees the recogniser; may be called twice."""
        self._recogniser.close()

    def _settings(self) -> dict[str, Any]:
        return {
            "request_id": self._request_id,
            "model": self._model,
            "audio_format": {"encoding": "pcm_s16le", "sample_rate": self._rate_hz},
            "target_streaming_delay_ms": self._captions.delay_ms,
            "diarize": False,
            "context_bias": None,
            "language": self._language,
            "speaker_references": None,
            "turn_detection": None,
        }

    def _position_ms(self) -> int:
        return self._taken_bytes * 1000 // (self._rate_hz * BYTES_PER_SAMPLE)

    def _events(self, update: LiveUpdate) -> Events:
        events: Events = []
        for utterance in update.utterances:
            events += self._ended(utterance)
        if update.partial:
            before = len(self._captions.given)
            if self._captions.look(self._position_ms(), update.partial):
                texts = readable_texts(self._captions.given)
                events.append(self._delta(" ".join(texts[before:])))
        return events

    def _ended(self, utterance: Utterance) -> Events:
        given = len(self._captions.given)
        words = self._captions.end(utterance)
        if not words:
            return []
        segment = readable_segment(words)
        self._words += len(words)
        rest = [word.text for word in segment.words[given:]]
        # When every word was given out already, only the full stop is left to say.
        events = [self._delta(" ".join(rest))] if rest else [self._delta(".", joined=True)]
        # The last message repeats the segments without their words, since clients take 1 MiB at most.
        self._segments += segment_objects(segment, _WHOLE)
        for whole in segment_objects(segment, _WITH_WORDS):
            events.append({**whole, "type": "transcription.segment"})
        return events

    def _delta(self, text: str, joined: bool = False) -> dict[str, Any]:
        piece = text if joined or not self._text else f" {text}"
        self._text += piece
        return {"type": "transcription.text.delta", "text": piece}


def _decoded(audio: Any) -> bytes:
    if not isinstance(audio, str):
        raise SessionRefusal("input_audio.append needs 'audio', the base64 of raw PCM")
    if len(audio) > LARGEST_APPEND_BYTES * 4 // 3 + 8:
        raise SessionRefusal(f"One message may hold {LARGEST_APPEND_BYTES} bytes of audio at most")
    try:
        pcm = base64.b64decode(audio, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SessionRefusal("'audio' is not valid base64") from error
    if len(pcm) > LARGEST_APPEND_BYTES:
        raise SessionRefusal(f"One message may hold {LARGEST_APPEND_BYTES} bytes of audio at most")
    return pcm


def _rate(wishes: dict[str, Any]) -> int | None:
    audio_format = wishes.get("audio_format")
    if audio_format is None:
        return None
    if not isinstance(audio_format, dict) or audio_format.get("encoding", "pcm_s16le") != "pcm_s16le":
        raise SessionRefusal("The built-in engine takes audio as pcm_s16le only")
    rate_hz = audio_format.get("sample_rate", SAMPLE_RATE_HZ)
    if type(rate_hz) is not int or not _LOWEST_RATE_HZ <= rate_hz <= _HIGHEST_RATE_HZ:
        raise SessionRefusal(f"sample_rate must be from {_LOWEST_RATE_HZ} to {_HIGHEST_RATE_HZ}")
    return rate_hz


def _delay(wishes: dict[str, Any]) -> int | None:
    delay_ms = wishes.get("target_streaming_delay_ms")
    if delay_ms is None:
        return None
    if type(delay_ms) is not int or not (80 <= delay_ms <= 1200 or delay_ms == 2400):
        raise SessionRefusal("target_streaming_delay_ms must be from 80 to 1200, or 2400")
    return delay_ms


def _language(wishes: dict[str, Any]) -> str | None:
    language = wishes.get("language")
    if language not in (None, LANGUAGE):
        raise SessionRefusal("The built-in engine understands only English (en)")
    return language
