"""REST tokens: shown once, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from .user import User

PREFIX = "vx_"


def digest_of(token: str) -> str:
    """SHA-256 is enough for a random 256-bit token: there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiToken(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[ApiToken]] = models.Manager()

    def __str__(self) -> str:
        return f"{PREFIX}…{self.hint}"

    @classmethod
    def issue(cls, user: User) -> str:
        """Create a token for ``user`` and return it; it cannot be read again later."""
        token = PREFIX + secrets.token_urlsafe(32)
        cls.objects.create(user=user, digest=digest_of(token), hint=token[-4:])
        return token

    @classmethod
    def owner_of(cls, token: str) -> User | None:
        """Return the active owner of ``token`` or None, and note the use (at most once a minute)."""
        row = cls.objects.select_related("user").filter(digest=digest_of(token), user__is_active=True).first()
        if row is None:
            return None
        now = timezone.now()
        if row.last_used_at is None or (now - row.last_used_at).total_seconds() > 60:
            cls.objects.filter(pk=row.pk).update(last_used_at=now)
        return row.user
