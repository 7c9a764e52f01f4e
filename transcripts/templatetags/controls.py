"""``{% control field %}``: a form field with its label, hint and errors."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput

register = template.Library()


@register.inclusion_tag("includes/_control.html")
def control(field: BoundField) -> dict[str, Any]:
    """The label says what the field is, so a placeholder that repeats it is dropped."""
    field.field.widget.attrs.pop("placeholder", None)
    is_check = isinstance(field.field.widget, CheckboxInput)
    attrs: dict[str, str | bool] = {} if is_check else {"class": "input"}
    return {"field": field, "is_check": is_check, "box": field.as_widget(attrs=attrs)}
