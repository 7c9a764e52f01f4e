"""First visit: create the first account, which administers the server."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ..actions.first_account import FirstAccountExistsError, create_first_account
from ..forms import FirstAccountForm
from ..models import User

PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"  # noqa: S105


@sensitive_post_parameters("password", "password_again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    if User.objects.exists():
        return redirect("library")
    form = FirstAccountForm(request.POST or None)
    if not form.is_valid():
        return render(request, "transcripts/welcome.html", {"form": form})
    given = form.cleaned_data
    try:
        user = create_first_account(given["email"], given["password"], given["name"])
    except FirstAccountExistsError:
        return redirect("library")
    login(request, user, backend=PASSWORD_BACKEND)
    return redirect("library")
