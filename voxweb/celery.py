"""The Celery application; its settings are the CELERY_… names of ``voxweb.settings``."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voxweb.settings")

app = Celery("voxweb")
app.set_default()  # the current app is one thread's own, and requests run in many
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["transcripts"])
