"""Clocks in the margin of a transcript."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def line_clock(ms: int) -> str:
    """``724000`` → ``00:12:04``: always with hours, so that a column of times stands in line."""
    seconds = max(0, ms) // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
