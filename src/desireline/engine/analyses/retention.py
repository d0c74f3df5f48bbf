"""Retention: of those who began in a calendar period, how many came back in each period after it.

A journey's *entry* is its first event at which `begins` holds (without it, its first event at all);
the period of the entry is its *cohort*. A *return* is a later event of the journey at which `back`
holds (without it, any event). Period k is the k-th calendar period after the cohort's; period 0 is
the rest of the cohort's own, so there a return is a second event. `kind` says what a cell counts:

- `on`: a return in exactly period k (Amplitude: "return on"; PostHog: "on").
- `on_or_after`: a return in period k or any later one (Amplitude: "return on or after", also called
  unbounded or rolling). Such a cell can still grow when its period is over, and cohorts that began
  earlier have had more time: compare cells of equal k with that in mind.

A period that is not over at `as_of` says nothing yet: its cells have a count so far and no share.
Source of the two kinds: Amplitude, "Interpret your retention analysis"; PostHog, "Retention".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from desireline.engine.analyses.breakdown import check_choice
from desireline.engine.analyses.result import Result
from desireline.engine.analyses.retention_counts import (
    SPAN,
    Partial,
    Query,
    RetentionImpossible,
    Values,
    merge,
    partial,
)
from desireline.engine.analyses.shares import share
from desireline.engine.analyses.times import iso
from desireline.engine.journeys import I64

__all__ = [
    "Cell",
    "Cohort",
    "Partial",
    "Query",
    "Retention",
    "RetentionGroup",
    "RetentionImpossible",
    "finish",
    "merge",
    "partial",
]

State = Literal["over", "running", "ahead"]
"""Of the period of a cell at `as_of`: only one that is over has a share."""


@dataclass(frozen=True)
class Cell:
    """How many of `n` came back in the k-th period; share and 95 % interval once it is over."""

    period: int
    state: State
    n: int
    count: int
    """So far, where the period is not over."""
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Cohort:
    """Those whose entry fell into one period."""

    begins_on: str
    """The first day of the period, as the clocks of the zone show it: 2026-01-05."""
    begin: str
    """The same moment in UTC, ISO 8601."""
    n: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class RetentionGroup:
    """All cohorts of those with one value at the entry; value None: unknown."""

    value: str | None
    n: int
    cells: tuple[Cell, ...]
    rest: bool = False
    """This is not one value but all that are not listed."""


@dataclass(frozen=True)
class Retention(Result):
    """The answer; cohorts in which nobody began are not listed."""

    period: str
    time_zone: str
    kind: str
    as_of: str | None
    n: int
    """Journeys that began."""
    cohorts: tuple[Cohort, ...]
    cells: tuple[Cell, ...]
    """All cohorts together: each cell is of those cohorts whose k-th period is over."""
    groups: tuple[RetentionGroup, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One row a cohort and period; first those of all cohorts together, and of each group."""
        tables = [("all", self.n, self.cells)]
        tables += [(_named(group), group.n, group.cells) for group in self.groups]
        tables += [(cohort.begins_on, cohort.n, cohort.cells) for cohort in self.cohorts]
        return [
            {
                "cohort": name,
                "size": size,
                "period": cell.period,
                "state": cell.state,
                "n": cell.n,
                "count": cell.count,
                "share": cell.share,
                "low": cell.low,
                "high": cell.high,
            }
            for name, size, cells in tables
            for cell in cells
        ]


def _named(group: RetentionGroup) -> str:
    if group.rest:
        return "all: the rest"
    return f"all: {'unknown' if group.value is None else group.value}"


def finish(partial: Partial, query: Query) -> Retention:
    """The answer. Raises RetentionImpossible for an unknown breakdown."""
    check_choice(query.by, partial.choices, "retention", RetentionImpossible)
    as_of = partial.last_time if query.as_of is None else query.as_of
    group, cohort = np.divmod(partial.table.key, SPAN)
    telling = _Telling(query, as_of or 0, cohort - SPAN // 2, partial.table.count)
    every = np.arange(len(cohort))
    return Retention(
        period=query.period,
        time_zone=query.time_zone,
        kind=query.kind,
        as_of=None if as_of is None else iso(as_of),
        n=int(partial.table.count[:, 0].sum()),
        cohorts=tuple(telling.cohort(number) for number in np.unique(telling.cohorts).tolist()),
        cells=telling.cells(every),
        groups=() if query.by is None else telling.groups(group, partial.values),
    )


class _Telling:
    """The counts of all groups and cohorts, so that each can be told by itself.

    `cohorts` has the number of the period of each row of `counts`.
    """

    def __init__(self, query: Query, as_of: int, cohorts: I64, counts: I64) -> None:
        self.query, self.as_of, self.cohorts, self.counts = query, as_of, cohorts, counts
        self.calendar = query.calendar
        self.now = self.calendar.number(as_of + 1)
        """The first period that is not over: everything up to `as_of` is known."""

    def cohort(self, number: int) -> Cohort:
        rows = np.flatnonzero(self.cohorts == number)
        return Cohort(
            self.calendar.first_day(number).isoformat(),
            iso(self.calendar.begin(number)),
            int(self.counts[rows, 0].sum()),
            self.cells(rows),
        )

    def groups(self, group: I64, values: Values) -> tuple[RetentionGroup, ...]:
        size = np.bincount(group, self.counts[:, 0], len(values)).astype(np.int64)
        ranked = sorted(
            np.flatnonzero(size).tolist(),
            key=lambda g: (-int(size[g]), values[g] is None, values[g] or ""),
        )
        most = self.query.most_groups
        told = [self._group(values[g], np.flatnonzero(group == g)) for g in ranked[:most]]
        if ranked[most:]:
            rest = np.flatnonzero(np.isin(group, ranked[most:]))
            told.append(self._group(None, rest, rest=True))
        return tuple(told)

    def _group(self, value: str | None, rows: I64, *, rest: bool = False) -> RetentionGroup:
        return RetentionGroup(value, int(self.counts[rows, 0].sum()), self.cells(rows), rest)

    def cells(self, rows: I64) -> tuple[Cell, ...]:
        """The cells of some rows together, each of those whose period is over; if none, of all."""
        return tuple(self._cell(k, rows) for k in range(self.query.periods + 1))

    def _cell(self, k: int, rows: I64) -> Cell:
        when = self.cohorts[rows] + k
        over = rows[when < self.now]
        if len(over):
            told = share(int(self.counts[over, k + 1].sum()), int(self.counts[over, 0].sum()))
            return Cell(k, "over", told.n, told.count, told.share, told.low, told.high)
        state: State = "running" if (when == self.now).any() else "ahead"
        n, count = self.counts[rows, 0].sum(), self.counts[rows, k + 1].sum()
        return Cell(k, state, int(n), int(count), None, None, None)
