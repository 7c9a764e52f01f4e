"""``make bench``: every measurement, one after the other."""

from __future__ import annotations

from . import big_upload, error_rates, long_file


def main() -> int:
    results = [error_rates.main([]), big_upload.main([]), long_file.main([])]
    return max(results)


if __name__ == "__main__":
    raise SystemExit(main())
