"""Times and amounts for people: clocks, moments, hours and sizes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def clock(duration_ms: int | None) -> str:
    """Milliseconds as h:mm:ss; empty while the length is unknown."""
    if duration_ms is None:
        return ""
    minutes, seconds = divmod(duration_ms // 1000, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


@register.filter
def spoken_length(duration_ms: int | None) -> str:
    """A rough length in words: 40 seconds, 12 minutes, 96 hours."""
    seconds = round((duration_ms or 0) / 1000)
    if seconds < 90:
        return _count(seconds, "second")
    if seconds < 90 * 60:
        return _count(round(seconds / 60), "minute")
    return _count(round(seconds / 3600), "hour")


def length_of(done_ms: int, total_ms: int) -> str:
    """34 of 61 minutes, 12 of 40 seconds: both in the unit that suits the whole."""
    unit_ms, noun = (1000, "seconds") if total_ms < 90_000 else (60_000, "minutes")
    return f"{done_ms // unit_ms:,} of {round(total_ms / unit_ms):,} {noun}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@register.simple_tag
def moment(when: datetime, *, inside: bool = False) -> SafeString:
    """Relative for a week, then a date; the exact time on hover. A script moves it to the reader's zone.

    ``inside`` a sentence, today and yesterday begin small.
    """
    local = timezone.localtime(when)
    words = relative(local, timezone.localtime())
    return format_html(
        '<vox-moment{}><time datetime="{}" title="{}">{}</time></vox-moment>',
        mark_safe(" data-inside") if inside else "",
        when.isoformat(timespec="seconds"),
        date_format(local, "j F Y, H:i"),
        words.replace("Today", "today").replace("Yesterday", "yesterday") if inside else words,
    )


def relative(when: datetime, now: datetime) -> str:
    """Today, 09:14 · Yesterday, 18:02 · Monday · 12 Nov · 12 Nov 2025 (both times in the same zone)."""
    days = (now.date() - when.date()).days
    if days in {0, 1}:
        return f"{'Today' if days == 0 else 'Yesterday'}, {when:%H:%M}"
    if timedelta(days=2) <= timedelta(days=days) < timedelta(days=7):
        return date_format(when, "l")
    return date_format(when, "j M" if when.year == now.year else "j M Y")
