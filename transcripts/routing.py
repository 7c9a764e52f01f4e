"""Every WebSocket address of the product."""

from __future__ import annotations

from django.urls import URLPattern, path

from .actions.live.desk import LiveDesk
from .consumers.live import LiveEndpoint
from .consumers.watch import WatchEndpoint

websocket_urlpatterns: list[URLPattern] = [
    path("ws/live", LiveEndpoint(LiveDesk())),  # type: ignore[arg-type] # an ASGI application, not a view
    path("ws/transcripts/<slug:code>", WatchEndpoint()),  # type: ignore[arg-type] # an ASGI application, not a view
]
