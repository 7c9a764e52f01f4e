"""Who is asking: programs by a REST token, pages by their session with CSRF protection."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from ..models import ApiToken, User
from .errors import CsrfError


class BearerToken(HttpBearer):
    """``Authorization: Bearer vx_…`` as ``manage.py api_token`` prints it."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return ApiToken.owner_of(token.strip())


class SignedIn(APIKeyCookie):
    """The session of a page; requests that change something carry ``X-CSRFToken``."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> User | None:
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            return None
        if check_csrf(request):
            raise CsrfError
        return user

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        return self(request)


WAYS_IN = [BearerToken(), SignedIn()]
