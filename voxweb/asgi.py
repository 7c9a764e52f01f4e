"""The ASGI application that ``voxweb.server`` runs."""

from __future__ import annotations

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

from . import celery

__all__ = ["application", "celery"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voxweb.settings")

application = ProtocolTypeRouter({"http": get_asgi_application()})
