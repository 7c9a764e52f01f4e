"""Django's settings for the engine's endpoints: no database, no sessions, uploads straight to disk."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

LARGEST_FIELDS_BYTES = 16 * 2**20
_MOST_FIELDS = 1000


def engine_settings(spool: Path) -> dict[str, Any]:
    """What to give to ``settings.configure``; ``spool`` is the folder for uploads on their way in."""
    return {
        # Nothing is signed with it; Django wants one.
        "SECRET_KEY": secrets.token_urlsafe(32),
        # The gate has looked at the Host header already.
        "ALLOWED_HOSTS": ["*"],
        "ROOT_URLCONF": "transcripts.engine.urls",
        "INSTALLED_APPS": [],
        "MIDDLEWARE": [],
        "DATABASES": {},
        "USE_TZ": True,
        "APPEND_SLASH": False,
        "LOGGING_CONFIG": None,
        "FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.TemporaryFileUploadHandler"],
        "FILE_UPLOAD_TEMP_DIR": str(spool),
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 256 * 1024,
        "FILE_UPLOAD_PERMISSIONS": 0o600,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": LARGEST_FIELDS_BYTES,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": _MOST_FIELDS,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 16,
    }
