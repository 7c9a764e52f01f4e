"""One's own account: name, password, REST tokens, ending every session."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..forms import NameForm
from ..models import ApiToken, User
from .reader import reader

MOST_TOKENS = 50


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    person = reader(request)
    form = NameForm(request.POST) if request.method == "POST" else name_form(person)
    if form.is_valid():
        person.name = form.cleaned_data["name"]
        person.save(update_fields=["name"])
        messages.success(request, "Your name is saved.")
        return redirect("account")
    return render_account(request, form)


def name_form(person: User) -> NameForm:
    return NameForm(initial={"name": person.name})


def render_account(request: HttpRequest, form: NameForm, new_token: str = "") -> HttpResponse:
    tokens = ApiToken.objects.filter(user=reader(request)).order_by("-created_at", "-pk")
    context = {"here": "account", "form": form, "tokens": tokens, "new_token": new_token}
    return render(request, "transcripts/account.html", context)


@never_cache
@require_POST
@login_required
def create_token(request: HttpRequest) -> HttpResponse:
    """Show the new token in this one answer: it is not kept anywhere it could be read again."""
    person = reader(request)
    if person.api_tokens.count() >= MOST_TOKENS:
        messages.error(request, f"You have {MOST_TOKENS} tokens, which is the most. Delete one first.")
        return redirect("account")
    return render_account(request, name_form(person), ApiToken.issue(person))


@require_POST
@login_required
def delete_token(request: HttpRequest, pk: int) -> HttpResponse:
    deleted, _ = ApiToken.objects.filter(user=reader(request), pk=pk).delete()
    if not deleted:
        raise Http404("No such token.")
    messages.success(request, "The token is deleted. Programs that used it can no longer sign in.")
    return redirect("account")


@require_POST
@login_required
def log_out_everywhere(request: HttpRequest) -> HttpResponse:
    reader(request).log_out_everywhere()
    logout(request)
    messages.success(request, "You are signed out on every device.")
    return redirect("account_login")
