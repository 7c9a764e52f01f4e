"""What the side bar counts."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from ..models import Transcript, User

register = template.Library()


@register.inclusion_tag("includes/_side.html", takes_context=True)
def side_bar(context: dict[str, Any]) -> dict[str, Any]:
    """Two counting queries a page; anonymous people get the name of the product only."""
    request: HttpRequest = context["request"]
    person = request.user
    given = {"request": request, "person": person, "here": context.get("here", "")}
    if not isinstance(person, User):
        return given
    alive = Transcript.objects.in_library()
    return given | {"mine": alive.owned_by(person).count(), "shared": alive.shared_with(person).count()}
