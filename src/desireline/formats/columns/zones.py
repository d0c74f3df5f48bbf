"""Times of a place, without a zone of their own, as times in UTC."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from desireline.engine.journeys import I64

QUARTER = 900_000_000
"""Clocks are changed at whole quarters of an hour."""
_BEGIN = datetime(1970, 1, 1)  # noqa: DTZ001 - the zone is what is asked for


def in_utc(local: I64, zone: ZoneInfo) -> I64:
    """Microseconds of a zone's clocks as microseconds in UTC.

    Of the hour that clocks show twice, the first is meant; one that they leave out is read as if
    they had not been changed.
    """
    met, which = np.unique(local // QUARTER, return_inverse=True)
    offsets = np.array([_offset(int(quarter), zone) for quarter in met], np.int64)
    moved: I64 = local - offsets[which]
    return moved


def _offset(quarter: int, zone: ZoneInfo) -> int:
    shown = (_BEGIN + timedelta(microseconds=quarter * QUARTER)).replace(tzinfo=zone)
    offset = shown.utcoffset() or timedelta()
    return round(offset.total_seconds() * 1_000_000)
