"""Hints to watchers: sent where there is a layer, missed where it is away."""

from __future__ import annotations

import pytest
from channels.layers import get_channel_layer
from django.conf import LazySettings

from transcripts.actions.live.watchers import tell_watchers
from transcripts.broadcast import group_of


async def test_it_works(settings: LazySettings) -> None:
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    layer = get_channel_layer()
    channel = await layer.new_channel()
    await layer.group_add(group_of("abc"), channel)
    await tell_watchers("abc", {"type": "caption", "text": "so"})
    assert (await layer.receive(channel))["body"] == {"type": "caption", "text": "so"}


async def test_a_layer_that_is_away_costs_the_hint_only(
    settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": ["redis://127.0.0.1:9"]},
        }
    }
    await tell_watchers("abc", {"type": "caption", "text": "so"})
    assert "could not tell the watchers" in caplog.text
