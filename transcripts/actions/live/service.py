"""From the choices of a take to a realtime service that a relay can use."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

from ... import conf
from ...relay.relay import Service
from ...speech.capabilities import ENGINE_MODEL
from ...speech.realtime import RealtimeSession
from ...speech.realtime_options import LiveOptions
from .options import NO_CAPTIONS

USUAL_DELAY_MS = 480


def live_service(options: Mapping[str, Any]) -> Service | None:
    """None where the person wants no live captions."""
    model = options.get("live_model") or NO_CAPTIONS
    if model == NO_CAPTIONS:
        return None
    plain, chosen = LiveOptions(model=model), _chosen(model, options)

    def open_it(plainly: bool) -> AbstractAsyncContextManager[RealtimeSession]:
        return conf.live_session(plain if plainly else chosen)

    return Service(open_it, options.get("delay_ms") or USUAL_DELAY_MS, gives_segments=model == ENGINE_MODEL)


def _chosen(model: str, options: Mapping[str, Any]) -> LiveOptions:
    return LiveOptions(
        model=model,
        language=options.get("language") or None,
        delay_ms=options.get("delay_ms"),
        diarize=bool(options.get("diarize")),
        context_bias=tuple(options.get("context_bias") or ()),
        turn_detection=bool(options.get("turn_detection")),
    )
