"""What is asked of retention, and what a shard contributes to it."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral
from typing import Literal, TypeAlias, get_args

import numpy as np

from desireline.engine.analyses.breakdown import choices_of, values_at
from desireline.engine.analyses.flags import Flags, kept, spelled_out
from desireline.engine.analyses.tally import Tally
from desireline.engine.calendar import Calendar, Period
from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import I64, Bools, Journeys
from desireline.engine.kernels.retention import NEVER, count_returns, find_entries
from desireline.engine.rules.matching import clock_of
from desireline.engine.vocabulary import extended

Kind: TypeAlias = Literal["on", "on_or_after"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST_COLUMNS = 1000
LATEST = np.iinfo(np.int64).max
SPAN = 1 << 32
"""Keys are `group * SPAN + cohort + SPAN // 2`: a cohort is the number of a period, of any sign."""

Values: TypeAlias = tuple[str | None, ...]


class RetentionImpossible(DesirelineError):
    """Retention that cannot be asked for."""


@dataclass(frozen=True, eq=False)
class Query:
    """Who begins, what brings them back, and how it is counted. Raises RetentionImpossible."""

    begins: Flags = None
    """The first event at which this holds is the entry; without it, the first event."""
    back: Flags = None
    """A later event at which this holds is a return; without it, any."""
    period: Period = "week"
    time_zone: str = "UTC"
    kind: Kind = "on"
    periods: int = 8
    """Periods after the cohort's own that are told."""
    since: int | None = None
    """Microseconds: entries before count in no cohort (and are entries all the same)."""
    as_of: int | None = None
    """Microseconds: later events do not count. None: the last time there is."""
    by: str | None = None
    """Break down by `channel`, `actor`, a trait, or a property of the entry."""
    most_groups: int = 20
    """So many groups of a breakdown are told, the largest first; the rest together as one."""

    def __post_init__(self) -> None:
        _ = self.calendar  # which refuses odd periods and zones
        if self.kind not in KINDS:
            raise RetentionImpossible(
                f"Returns are not counted {self.kind!r}.", hint=f"There are: {', '.join(KINDS)}."
            )
        if not (isinstance(self.periods, Integral) and 1 <= self.periods <= MOST_COLUMNS):
            raise RetentionImpossible(
                f"Retention over {self.periods!r} periods cannot be told.",
                hint=f"Give a whole number from 1 to {MOST_COLUMNS:,}.",
            )

    @property
    def calendar(self) -> Calendar:
        """How its periods are told apart. Raises PeriodsImpossible."""
        return Calendar(self.period, self.time_zone)


@dataclass(frozen=True, eq=False)
class Partial:
    """What a shard contributes."""

    last_time: int | None
    values: Values
    """The groups by number; one, None, without a breakdown."""
    table: Tally
    """By group and cohort: journeys that began, and returns in period 0, 1, 2 ..."""
    choices: tuple[str, ...]
    """What the shard can be broken down by."""


@dataclass(frozen=True, eq=False)
class Entered:
    """Who entered: journeys, their entries, cohorts and groups, one of each."""

    journey: I64
    entry: I64
    cohort: I64
    place: I64
    """Of the cohort in `bound`."""
    group: I64
    values: Values
    bound: I64
    """When the periods of the shard begin."""


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes. Raises PeriodsImpossible."""
    last = journeys.period[1] if journeys.period else None
    found = entered(journeys, query)
    key = found.group * SPAN + found.cohort + SPAN // 2
    distinct, row = np.unique(key, return_inverse=True)
    counts = returns(journeys, query, found, row.astype(np.int64), len(distinct))
    size = np.bincount(row, minlength=len(distinct)).astype(np.int64)
    table = Tally(distinct, np.column_stack([size, counts]))
    return Partial(last, found.values, table, choices_of(journeys))


def entered(journeys: Journeys, query: Query) -> Entered:
    """Who entered within what is asked. Raises PeriodsImpossible."""
    clock, mask = clock_of(journeys), kept(journeys)
    entry: I64 = np.empty(len(journeys), np.int64)
    begins = _flags(query.begins, journeys)
    find_entries(journeys.offset, mask.event, mask.journey, begins, entry)
    at = clock[np.maximum(entry, 0)] if len(clock) else entry
    in_time = (at <= _latest(query)) & (at >= (-LATEST if query.since is None else query.since))
    journey = np.flatnonzero((entry != NEVER) & in_time)
    entry, at = entry[journey], at[journey]
    if not len(journey):
        none = np.zeros(0, np.int64)
        return Entered(none, none, none, none, none, (None,), none)
    end = min(_latest(query), int(clock[journeys.offset[0] : journeys.offset[-1]].max()))
    first, bound = query.calendar.bounds(int(at.min()), end)
    place = np.searchsorted(bound, at, side="right") - 1
    group: I64 = np.zeros(len(entry), np.int64)
    values: list[str | None] = [None]
    if query.by is not None:
        group, values = values_at(journeys, query.by, entry, journey)
    return Entered(journey, entry, place + first, place, group, tuple(values), bound)


def returns(journeys: Journeys, query: Query, found: Entered, row: I64, rows: int) -> I64:
    """Those of each row who came back in period 0, 1, 2 ...; a row for each who entered."""
    mask = kept(journeys)
    table = np.zeros((rows, query.periods + 1), np.int64)
    per_journey = np.full((3, len(journeys)), NEVER, np.int64)
    per_journey[:, found.journey] = found.entry, found.place, row
    count_returns(
        journeys.offset,
        clock_of(journeys),
        mask.event,
        _flags(query.back, journeys),
        per_journey[0],
        per_journey[1],
        per_journey[2],
        found.bound,
        _latest(query),
        query.kind == "on_or_after",
        table,
    )
    return table


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards together."""
    times = [t for t in (a.last_time, b.last_time) if t is not None]
    values = a.values if a.values == b.values else _in_common(a.values, b.values)
    table = _renumbered(a, values).merge(_renumbered(b, values))
    return Partial(max(times, default=None), values, table, extended((a.choices, b.choices)))


def _in_common(a: Values, b: Values) -> Values:
    return tuple(sorted({*a, *b}, key=lambda value: (value is None, value or "")))


def _renumbered(partial: Partial, values: Values) -> Tally:
    if partial.values == values:
        return partial.table
    place = {value: number for number, value in enumerate(values)}
    moved = np.array([place[value] for value in partial.values], np.int64)
    group, cohort = np.divmod(partial.table.key, SPAN)
    return partial.table.regrouped(moved[group] * SPAN + cohort)


def _latest(query: Query) -> int:
    return LATEST if query.as_of is None else query.as_of


def _flags(flags: Flags, journeys: Journeys) -> Bools:
    return np.ones(len(journeys.time), np.bool_) if flags is None else spelled_out(flags, journeys)
