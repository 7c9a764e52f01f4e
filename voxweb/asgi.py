"""The ASGI application that ``voxweb.server`` runs."""

from __future__ import annotations

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

from . import celery

__all__ = ["application", "celery"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voxweb.settings")

django_application = get_asgi_application()

from transcripts.routing import websocket_urlpatterns  # noqa: E402 - needs Django's apps to be loaded

application = ProtocolTypeRouter({"http": django_application, "websocket": URLRouter(websocket_urlpatterns)})
