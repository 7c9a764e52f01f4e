"""Who opens a WebSocket, and whether they still may: a page by its session, a program by a REST token.

Channels' own stack would take four thread hops per connection; everything is read in one here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from ..actions.live.database import in_database
from ..models import ApiToken, User
from ..models.api_token import digest_of

TAKEN_OVER = 4001
"""A newer socket records this take."""
BAD_MESSAGE = 4400
SIGN_IN = 4401
NOT_ALLOWED = 4403
"""The right was taken away while the socket was open."""
NOT_FOUND = 4404
TOO_MANY = 4429
DISK_FULL = 4507

LOCAL_HOSTS = [".localhost", "127.0.0.1", "[::1]"]
"""What Django answers to while it debugs without ALLOWED_HOSTS."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A person and the way they came in: exactly one of ``session_key`` and ``token_digest`` is given."""

    user: User
    session_key: str | None
    token_digest: str | None


@dataclass(frozen=True, slots=True)
class _Ticket:
    """What a session says about who is signed in; not believed before the user's own hash agrees."""

    user_pk: str
    auth_hash: str


async def caller_of(scope: Mapping[str, Any]) -> Caller | None:
    """Return who opens the socket of this ASGI ``scope``, or None where nobody may be believed.

    None means: nobody signed in, session gone, unknown token, inactive user, or a cookie that came with
    the Origin of another site or with none, since browsers send cookies along from anywhere.
    """
    authorization = _header(scope, b"authorization")
    if authorization:
        scheme, _space, token = authorization.partition(" ")
        return await in_database(_by_token, token.strip()) if scheme.lower() == "bearer" else None
    key = parse_cookie(_header(scope, b"cookie", "; ")).get(settings.SESSION_COOKIE_NAME, "")
    return await in_database(_by_session, key) if key and _is_from_our_pages(scope) else None


def still_valid(callers: Sequence[Caller]) -> set[Caller]:
    """Return those of ``callers`` whose session or token still stands; three queries at most. Blocks."""
    tickets = _tickets({caller.session_key for caller in callers if caller.session_key})
    digests = _known_digests({caller.token_digest for caller in callers if caller.token_digest})
    users = _active_users({str(caller.user.pk) for caller in callers})
    return {
        caller
        for caller in callers
        if (user := users.get(str(caller.user.pk))) is not None
        and (caller.token_digest in digests or _is_signed_in(user, tickets.get(caller.session_key or "")))
    }


# -- who it is -----------------------------------------------------------------------------------


def _by_token(token: str) -> Caller | None:
    user = ApiToken.owner_of(token)
    return Caller(user, None, digest_of(token)) if user else None


def _by_session(key: str) -> Caller | None:
    ticket = _tickets({key}).get(key)
    user = _active_users({ticket.user_pk}).get(ticket.user_pk) if ticket else None
    return Caller(user, key, None) if user and _is_signed_in(user, ticket) else None


def _is_signed_in(user: User, ticket: _Ticket | None) -> bool:
    """A changed password changes the hash, and with it ends every session that was begun before."""
    if ticket is None or ticket.user_pk != str(user.pk):
        return False
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(ticket.auth_hash, known) for known in hashes)


def _tickets(keys: Collection[str]) -> dict[str, _Ticket]:
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()) if keys else []
    return dict(_read_tickets(rows))


def _read_tickets(rows: Iterable[Session]) -> Iterable[tuple[str, _Ticket]]:
    for row in rows:
        data = row.get_decoded()
        if data.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS and SESSION_KEY in data:
            yield row.session_key, _Ticket(str(data[SESSION_KEY]), str(data.get(HASH_SESSION_KEY, "")))


def _known_digests(digests: Collection[str]) -> set[str]:
    rows = ApiToken.objects.filter(digest__in=digests) if digests else ApiToken.objects.none()
    return set(rows.values_list("digest", flat=True))


def _active_users(pks: Collection[str]) -> dict[str, User]:
    return {str(user.pk): user for user in User.objects.filter(pk__in=pks, is_active=True)} if pks else {}


# -- where it comes from -------------------------------------------------------------------------


def _is_from_our_pages(scope: Mapping[str, Any]) -> bool:
    origin = _header(scope, b"origin")
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    host = _header(scope, b"host").lower()
    try:
        page = urlsplit(origin.lower())
    except ValueError:
        return False
    return page.scheme in _schemes(scope) and bool(host) and page.netloc == host and _is_allowed(host)


def _schemes(scope: Mapping[str, Any]) -> set[str]:
    """A page without TLS may be anybody's in between: it opens no socket of a site that has TLS."""
    is_secure = scope.get("scheme") == "wss" or settings.SESSION_COOKIE_SECURE
    return {"https"} if is_secure else {"http", "https"}


def _is_allowed(host: str) -> bool:
    domain, _port = split_domain_port(host)
    allowed = settings.ALLOWED_HOSTS or (LOCAL_HOSTS if settings.DEBUG else [])
    return bool(domain) and validate_host(domain, allowed)


def _header(scope: Mapping[str, Any], name: bytes, joined_by: str = "") -> str:
    """Several cookie headers are one; of any other header that comes twice nothing is believed."""
    found = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
    return joined_by.join(found) if joined_by or len(found) == 1 else ""
