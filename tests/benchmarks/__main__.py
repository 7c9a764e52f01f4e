"""``make bench``: every measurement, one after the other."""

from __future__ import annotations

from . import (
    big_upload,
    caption_delay,
    co_editing,
    edited_words,
    editor_speed,
    error_rates,
    killed_while_typing,
    long_file,
    long_take,
    many_takes,
    new_pass,
    relay_cost,
    spoken_browser,
)

MEASUREMENTS = (
    error_rates,
    big_upload,
    long_file,
    editor_speed,
    edited_words,
    killed_while_typing,
    co_editing,
    spoken_browser,
    caption_delay,
    relay_cost,
    new_pass,
    many_takes,
    long_take,
)


def main() -> int:
    results: list[int] = [each.main([]) for each in MEASUREMENTS]
    return max(results)


if __name__ == "__main__":
    raise SystemExit(main())
