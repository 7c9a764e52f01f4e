"""Every address of the site, in one table of contents."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from transcripts.views.health import health

urlpatterns = [
    path("healthz", health),
    path("", include("transcripts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
