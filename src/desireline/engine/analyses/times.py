"""Times as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def iso(time: int) -> str:
    """ISO 8601 in UTC of a time in microseconds since 1970, for example 2026-01-31T09:00:00Z."""
    return (_EPOCH + timedelta(microseconds=time)).isoformat().replace("+00:00", "Z")
