"""People on pages."""

from __future__ import annotations

from django import template

from ..models import User

register = template.Library()

HUES = 8


@register.filter
def person_hue(user: User) -> int:
    """The colour of a person, 1 to 8: the same as that of their caret."""
    return user.pk % HUES + 1
