"""Calendar periods: days, weeks (from Monday) and months as the clocks of a time zone show them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo, available_timezones

import numpy as np

from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import I64
from desireline.engine.rules.errors import did_you_mean

Period: TypeAlias = Literal["day", "week", "month"]
PERIODS: tuple[Period, ...] = get_args(Period)
MOST_PERIODS = 50_000
"""137 years of days: more periods between two events are refused."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FIRST_DAY = dt.date(1970, 1, 1).toordinal()
_MONDAY = 3
"""1970-01-01 was a Thursday, three days after the beginning of week 0."""


class PeriodsImpossible(DesirelineError):
    """Calendar periods that cannot be told apart: an unknown kind or zone, or far too many."""


@dataclass(frozen=True)
class Calendar:
    """Numbers periods one after the other; the number of a period is the same for all data.

    A period begins when the clocks of the zone show midnight for the first time, so days are 23 or
    25 hours long where the clocks are changed. Raises PeriodsImpossible.
    """

    period: Period = "week"
    time_zone: str = "UTC"

    def __post_init__(self) -> None:
        if self.period not in PERIODS:
            raise PeriodsImpossible(
                f"{self.period!r} is no period.", hint=f"There are: {', '.join(PERIODS)}."
            )
        if self.time_zone not in _zones():
            raise PeriodsImpossible(
                f"There is no time zone {self.time_zone!r}.",
                hint=f"{did_you_mean(self.time_zone, sorted(_zones()))} They are called as in"
                " Europe/Warsaw.".strip(),
            )

    def number(self, time: int) -> int:
        """The number of the period that a time (microseconds) falls into. PeriodsImpossible."""
        try:
            day = (_EPOCH + dt.timedelta(microseconds=time)).astimezone(self._zone).date()
        except OverflowError:
            raise PeriodsImpossible(
                f"{np.datetime64(time, 'us')} is in no year from 1 to 9999.",
                hint="Leave such events out by a filter.",
            ) from None
        return self.number_of_day(day)

    def number_of_day(self, day: dt.date) -> int:
        """The number of the period that a day of the zone falls into."""
        days = day.toordinal() - _FIRST_DAY
        weeks = (days + _MONDAY) // 7
        return {"day": days, "week": weeks, "month": day.year * 12 + day.month - 1}[self.period]

    def first_day(self, number: int) -> dt.date:
        """The day on which a period begins."""
        if self.period == "month":
            return dt.date(number // 12, number % 12 + 1, 1)
        days = number if self.period == "day" else number * 7 - _MONDAY
        return dt.date.fromordinal(days + _FIRST_DAY)

    def begin(self, number: int) -> int:
        """When a period begins, in microseconds since 1970 UTC."""
        return _begin(self, number)

    def bounds(self, first: int, last: int) -> tuple[int, I64]:
        """The number of the period of `first`, and when it and all up to that of `last` begin.

        Raises PeriodsImpossible.
        """
        one, end = self.number(first), self.number(last)
        if end - one >= MOST_PERIODS:
            raise PeriodsImpossible(
                f"From {self.first_day(one)} to {self.first_day(end)} there are"
                f" {end - one + 1:,} {self.period}s, and at most {MOST_PERIODS:,} are counted.",
                hint="Take longer periods, or leave odd dates out by a filter.",
            )
        return one, np.array([self.begin(n) for n in range(one, end + 1)], np.int64)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


@lru_cache(MOST_PERIODS)
def _begin(calendar: Calendar, number: int) -> int:
    midnight = dt.datetime.combine(calendar.first_day(number), dt.time())
    passed = midnight.replace(tzinfo=ZoneInfo(calendar.time_zone)) - _EPOCH
    return passed // dt.timedelta(microseconds=1)


@lru_cache(1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
