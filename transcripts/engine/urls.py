"""The HTTP paths of the engine."""

from __future__ import annotations

from django.urls import URLPattern, path

from transcripts.engine import answers, file_views, session_views, transcription_view

urlpatterns: list[URLPattern] = [
    path("v1/models", session_views.models),
    path("v1/models/<path:model_id>", session_views.model),
    path("v1/client/sessions", session_views.client_sessions),
    path("v1/audio/transcriptions", transcription_view.transcriptions),
    path("v1/files", file_views.files),
    path("v1/files/<str:file_id>", file_views.file),
    path("v1/files/<str:file_id>/content", file_views.content),
    path("v1/files/<str:file_id>/url", file_views.signed_url),
    path("v1/files/<str:file_id>/signed", file_views.signed),
]
handler404 = answers.not_found
