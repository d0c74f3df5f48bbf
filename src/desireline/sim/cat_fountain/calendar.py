"""The shop's year: when visitors come, and when people and offices are awake."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import F64

BEGINS = np.datetime64("2025-01-01T00:00:00")
ENDS = np.datetime64("2026-01-01T00:00:00")
FIX_DEPLOYED = np.datetime64("2025-07-01T08:00:00")

HOURS = (
    *(2, 1, 1, 1, 1, 2, 5, 9, 12, 13, 14, 14),
    *(15, 14, 13, 13, 14, 16, 18, 21, 23, 21, 14, 6),
)
"""How busy each hour of the day is (UTC), most in the evening."""
WEEKDAYS = (1.0, 0.95, 0.95, 1.0, 0.9, 1.15, 1.25)
"""Monday to Sunday."""
MONTHS = (0.9, 0.85, 0.9, 0.95, 0.95, 0.85, 0.75, 0.8, 0.95, 1.05, 1.5, 1.55)
"""January to December: summers are quiet, gifts are bought before Christmas."""
OFFICE = range(8, 18)
DELIVERY = range(8, 20)


def awake() -> F64:
    """The weight of each hour of the week, from Monday 0:00, for what customers do."""
    return np.outer(WEEKDAYS, HOURS).astype(np.float64).ravel()


def office() -> F64:
    """The weight of each hour of the week for what staff do: ten hours on five days."""
    open_hours = np.array([hour in OFFICE for hour in range(24)], np.float64)
    return np.outer((1, 1, 1, 1, 1, 0, 0), open_hours).astype(np.float64).ravel()


def post() -> F64:
    """The weight of each hour of the week for the parcel service: by day, not on Sundays."""
    by_day = np.array([hour in DELIVERY for hour in range(24)], np.float64)
    return np.outer((1, 1, 1, 1, 1, 1, 0), by_day).astype(np.float64).ravel()


def arrivals() -> F64:
    """The weight of each hour of the year for the first visit."""
    hours = np.arange(BEGINS, ENDS, np.timedelta64(1, "h"))
    weekday = (hours.astype("datetime64[D]").astype(np.int64) + 3) % 7
    hour = hours.astype("datetime64[h]").astype(np.int64) % 24
    month = hours.astype("datetime64[M]").astype(np.int64) % 12
    weights: F64 = awake().reshape(7, 24)[weekday, hour] * np.array(MONTHS)[month]
    return weights
