"""Touchpoints: how journeys come to each, stay, come back, go on, and end.

Over journeys relabelled to touchpoints these are the figures of a map, over journeys relabelled to
stages those of its stages, and over journeys as they are those of each event type.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from desireline.engine.analyses.exact_sums import sum_of
from desireline.engine.analyses.result import Result
from desireline.engine.analyses.shares import Share, share
from desireline.engine.analyses.times import iso
from desireline.engine.analyses.touchpoint_counts import Partial, Query, merge, partial
from desireline.engine.analyses.waits import Wait
from desireline.engine.journeys import I64, Bools
from desireline.engine.kernels import touchpoints as kernel

__all__ = [
    "Neighbour",
    "Partial",
    "Query",
    "Touchpoint",
    "Touchpoints",
    "Value",
    "finish",
    "merge",
    "partial",
]


@dataclass(frozen=True)
class Value:
    """What events at a touchpoint were worth: how many had a value, their exact sum, the mean."""

    n: int
    sum: float
    mean: float | None


@dataclass(frozen=True)
class Neighbour:
    """Where visits came from or went to; `event` is None where the journey starts or ends."""

    event: str | None
    count: int
    share: float
    """Of the visits."""


@dataclass(frozen=True)
class Touchpoint:
    """The figures of a touchpoint. A visit is a run of events here with none elsewhere between."""

    event: str
    journeys: int
    persons: int
    events: int
    visits: int
    repeated_visits: int
    """Visits beyond the first of their journey."""
    starts: int
    ends: int
    reach: Share
    """Journeys that came here, of all."""
    exit: Share
    """Of the journeys that came here: those that ended here and never had the outcome."""
    loop: Share
    """Of the journeys that came here: those that came back after they had left."""
    outcome: Share | None
    """Of the journeys that came here: those with the outcome at their first visit or later."""
    outcome_base: Share | None
    """Of all journeys: those with the outcome."""
    wait_before: Wait
    """From the last event of the visit before to the first of this one."""
    wait_after: Wait
    duration: Wait
    """From the first to the last event here within a journey."""
    value: Value
    previous: tuple[Neighbour, ...]
    next: tuple[Neighbour, ...]
    first_at: str | None
    last_at: str | None


@dataclass(frozen=True)
class Touchpoints(Result):
    """All touchpoints: those that most journeys came to first, then by name."""

    cases: int
    """Journeys with at least one event that the filter leaves: what `reach` is of."""
    persons: int
    events: int
    touchpoints: tuple[Touchpoint, ...]

    @cached_property
    def by_event(self) -> dict[str, Touchpoint]:
        """The figures by name."""
        return {touchpoint.event: touchpoint for touchpoint in self.touchpoints}

    def rows(self) -> list[dict[str, Any]]:
        """One row a touchpoint: all but the neighbours."""
        return [_as_row(touchpoint) for touchpoint in self.touchpoints]


def _as_row(touchpoint: Touchpoint) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, told in vars(touchpoint).items():
        if isinstance(told, Share):
            row[name] = told.share
        elif isinstance(told, Wait):
            figures = {"mean": told.mean, "p50": told.p50, "p90": told.p90}
            row.update({f"{name}_{k}_seconds": v for k, v in figures.items()})
        elif isinstance(told, Value):
            row.update({f"{name}_{k}": v for k, v in asdict(told).items()})
        elif not isinstance(told, tuple):
            row[name] = told
    return row


def finish(partial: Partial, query: Query) -> Touchpoints:
    """The answer."""
    told = _Telling(partial, query)
    found = [told.touchpoint(code) for code in range(len(partial.transitions.events))]
    found.sort(key=lambda touchpoint: (-touchpoint.journeys, touchpoint.event))
    return Touchpoints(told.cases, told.persons, told.n_events, tuple(found))


class _Telling:
    """A partial taken apart, so that each touchpoint can be told by itself."""

    def __init__(self, partial: Partial, query: Query) -> None:
        walked = partial.transitions
        self.partial, self.events, self.query = partial, walked.events, query
        n = len(walked.events)
        self.source, self.target = np.divmod(walked.waits.series, max(n, 1))
        self.times = walked.waits.n
        self.moves = self.source != self.target
        self.before = walked.waits.regrouped(np.where(self.moves, self.target, -1))
        self.after = walked.waits.regrouped(np.where(self.moves, self.source, -1))
        self.visits = walked.starts + self._count(self.target, self.moves, n)
        self.n_of = walked.starts + self._count(self.target, self.moves | True, n)
        self.cases, self.n_events = int(walked.starts.sum()), int(self.n_of.sum())
        edge = Counter(name for _, name in partial.edge)
        figures = partial.figures
        # Without edges journeys are persons.
        by_session = bool(len(partial.edge)) or partial.persons > 0
        self.persons = partial.persons + edge[None] if by_session else self.cases
        counted = figures[:, kernel.PERSONS] + [edge[name] for name in self.events]
        self.persons_of = counted if by_session else figures[:, kernel.JOURNEYS]
        self.previous = self._neighbours(self.target, self.source, walked.starts)
        self.next = self._neighbours(self.source, self.target, walked.ends)

    def _count(self, code: I64, which: Bools, n: int) -> I64:
        return np.bincount(code[which], self.times[which], minlength=n).astype(np.int64)

    def _neighbours(self, here: I64, there: I64, outside: I64) -> list[tuple[Neighbour, ...]]:
        found: list[list[tuple[str | None, int]]] = [[] for _ in self.events]
        columns = (here[self.moves], there[self.moves], self.times[self.moves])
        for at, other, count in zip(*(c.tolist() for c in columns), strict=True):
            found[at].append((self.events[other], count))
        for at in np.flatnonzero(outside).tolist():
            found[at].append((None, int(outside[at])))
        for neighbours in found:
            neighbours.sort(key=lambda item: (-item[1], item[0] or ""))
        return [
            tuple(Neighbour(name, count, count / visits) for name, count in neighbours)
            for neighbours, visits in zip(found, self.visits.tolist(), strict=True)
        ]

    def touchpoint(self, code: int) -> Touchpoint:
        walked = self.partial.transitions
        figures = self.partial.figures[code].tolist()
        journeys = figures[kernel.JOURNEYS]
        visits, first_last = int(self.visits[code]), self.partial.period[code].tolist()
        known = self.query.outcome is not None
        return Touchpoint(
            event=self.events[code],
            journeys=journeys,
            persons=int(self.persons_of[code]),
            events=int(self.n_of[code]),
            visits=visits,
            repeated_visits=visits - journeys,
            starts=int(walked.starts[code]),
            ends=int(walked.ends[code]),
            reach=share(journeys, self.cases),
            exit=share(figures[kernel.EXITS], journeys),
            loop=share(figures[kernel.LOOPS], journeys),
            outcome=share(figures[kernel.WITH_OUTCOME], journeys) if known else None,
            outcome_base=share(self.partial.with_outcome, self.cases) if known else None,
            wait_before=self.before.of_series(code),
            wait_after=self.after.of_series(code),
            duration=self.partial.stays.of_series(code),
            value=_value(figures[kernel.VALUES], self.partial.limbs[code].tolist()),
            previous=self.previous[code],
            next=self.next[code],
            first_at=iso(first_last[0]) if journeys else None,
            last_at=iso(first_last[1]) if journeys else None,
        )


def _value(n: int, limbs: list[int]) -> Value:
    total = sum_of(limbs)
    return Value(n, total, total / n if n else None)
