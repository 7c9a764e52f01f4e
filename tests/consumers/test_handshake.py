"""Who may open a socket, and who may keep it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.consumers.handshakes import HOST, OURS, cookie_of, page_scope, scope_of, session_of
from transcripts.consumers.handshake import Caller, caller_of, still_valid
from transcripts.models import ApiToken, User
from transcripts.models.api_token import digest_of

# The sockets read on threads of their own, which see only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

NOBODY: set[Caller] = set()


def caller_by_session(user: User) -> Caller:
    return Caller(user, session_of(user), None)


def caller_by_token(user: User) -> Caller:
    return Caller(user, None, digest_of(ApiToken.issue(user)))


async def test_a_page_comes_with_its_session(owner: User) -> None:
    key = session_of(owner)

    assert await caller_of(page_scope(key)) == Caller(owner, key, None)


async def test_a_program_comes_with_a_token_and_needs_no_origin(owner: User) -> None:
    token = ApiToken.issue(owner)

    assert await caller_of(scope_of(authorization=f"Bearer {token}")) == Caller(owner, None, digest_of(token))
    assert ApiToken.objects.get().last_used_at is not None


async def test_nobody(owner: User) -> None:
    assert await caller_of(scope_of(origin=OURS)) is None
    assert await caller_of(scope_of(origin=OURS, cookie="csrftoken=abc")) is None
    assert await caller_of(page_scope("not-a-session")) is None


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost:9000",
        "http://localhost",
        "http://evil.localhost:8000",
        "http://localhost:8000.evil.example",
        "http://person@localhost:8000",
        "ftp://localhost:8000",
        "http://[broken",
        "null",
    ],
)
async def test_a_cookie_from_another_site_is_not_believed(owner: User, origin: str) -> None:
    assert await caller_of(page_scope(session_of(owner), origin)) is None


async def test_a_cookie_without_an_origin_is_not_believed(owner: User) -> None:
    assert await caller_of(scope_of(cookie=cookie_of(session_of(owner)))) is None


async def test_a_host_that_is_not_ours_is_not_believed(owner: User) -> None:
    assert await caller_of(page_scope(session_of(owner), "http://evil.example", host="evil.example")) is None


async def test_two_origins_are_not_believed(owner: User) -> None:
    scope = page_scope(session_of(owner))
    scope["headers"].append((b"origin", b"https://evil.example"))

    assert await caller_of(scope) is None


async def test_cookies_in_several_headers_are_read(owner: User) -> None:
    scope = page_scope(session_of(owner))
    scope["headers"].insert(0, (b"cookie", b"other=1"))

    assert await caller_of(scope) is not None


async def test_the_public_address_is_ours_whatever_the_proxy_calls_us(
    owner: User, settings: LazySettings
) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://vox.example.org"]

    scope = page_scope(session_of(owner), "https://vox.example.org", host="inner:8000")

    assert await caller_of(scope) is not None


async def test_a_page_without_tls_opens_no_socket_of_a_site_with_tls(
    owner: User, settings: LazySettings
) -> None:
    key = session_of(owner)

    assert await caller_of(page_scope(key, scheme="wss")) is None
    assert await caller_of(page_scope(key, f"https://{HOST}", scheme="wss")) is not None
    settings.SESSION_COOKIE_SECURE = True
    assert await caller_of(page_scope(key)) is None


async def test_the_cookie_has_the_configured_name(owner: User, settings: LazySettings) -> None:
    settings.SESSION_COOKIE_NAME = "other"

    assert await caller_of(page_scope(session_of(owner))) is not None
    assert await caller_of(scope_of(origin=OURS, cookie=f"sessionid={session_of(owner)}")) is None


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer ", "Bearer", "Basic abc", "vx_only"])
async def test_a_wrong_token_is_refused_even_beside_a_good_session(owner: User, header: str) -> None:
    assert await caller_of(page_scope(session_of(owner), authorization=header)) is None


async def test_an_inactive_person_is_nobody(owner: User) -> None:
    key, token = session_of(owner), ApiToken.issue(owner)
    User.objects.update(is_active=False)

    assert await caller_of(page_scope(key)) is None
    assert await caller_of(scope_of(authorization=f"Bearer {token}")) is None


async def test_a_session_of_an_unknown_backend_is_nothing(owner: User, settings: LazySettings) -> None:
    settings.AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

    assert await caller_of(page_scope(session_of(owner))) is None


def end_session(caller: Caller) -> None:
    Session.objects.filter(session_key=caller.session_key).delete()


def expire_session(caller: Caller) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def change_password(caller: Caller) -> None:
    user = User.objects.get(pk=caller.user.pk)
    user.set_password("another battery staple")
    user.save()


def sign_out_everywhere(caller: Caller) -> None:
    User.objects.get(pk=caller.user.pk).log_out_everywhere()


def deactivate(caller: Caller) -> None:
    User.objects.filter(pk=caller.user.pk).update(is_active=False)


def delete_person(caller: Caller) -> None:
    User.objects.filter(pk=caller.user.pk).delete()


ENDS = [end_session, expire_session, change_password, sign_out_everywhere, deactivate, delete_person]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
async def test_a_session_that_has_ended_opens_nothing(owner: User, end: Callable[[Caller], None]) -> None:
    caller = caller_by_session(owner)
    end(caller)

    assert await caller_of(page_scope(caller.session_key or "")) is None
    assert still_valid([caller]) == NOBODY


def test_a_caller_stays_valid(owner: User, viewer: User) -> None:
    callers = [caller_by_session(owner), caller_by_token(owner), caller_by_session(viewer)]

    assert still_valid(callers) == set(callers)
    assert still_valid([]) == NOBODY


def test_a_token_that_was_deleted_is_not_valid_any_more(owner: User) -> None:
    kept, gone = caller_by_token(owner), caller_by_token(owner)
    ApiToken.objects.filter(digest=gone.token_digest).delete()

    assert still_valid([kept, gone]) == {kept}


def test_a_changed_password_leaves_tokens_alone(owner: User) -> None:
    page, program = caller_by_session(owner), caller_by_token(owner)
    change_password(page)

    assert still_valid([page, program]) == {program}


def test_a_session_that_somebody_else_has_now_is_not_valid(owner: User, viewer: User) -> None:
    taken = Caller(owner, session_of(viewer), None)

    assert still_valid([taken]) == NOBODY


def test_a_session_survives_a_new_secret_key(owner: User, settings: LazySettings) -> None:
    caller = caller_by_session(owner)
    data = Session.objects.get().get_decoded()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a fresh one"
    Session.objects.update(session_data=Session.objects.encode(data))

    assert still_valid([caller]) == {caller}


def test_the_number_of_queries_does_not_grow(
    owner: User, viewer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    callers = [caller_by_session(person) for person in (owner, viewer) for _ in range(5)]
    callers += [caller_by_token(owner) for _ in range(5)]

    with django_assert_max_num_queries(3):
        assert len(still_valid(callers)) == 15
