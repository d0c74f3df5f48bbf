"""Transitions: which event directly follows which, how often, and after what wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from desireline.engine.analyses.result import Result
from desireline.engine.analyses.shares import ByPerson, Share, share_by_person
from desireline.engine.analyses.tally import Tally
from desireline.engine.analyses.transition_counts import (
    Partial,
    Query,
    VocabularyTooLarge,
    Walked,
    check_dense,
    count_steps,
    merge,
    rarest_steps,
    steps_by_journey,
    uneven_steps,
)
from desireline.engine.analyses.waits import WAIT_ERROR, Wait, Waits
from desireline.engine.journeys import F64, I64, Journeys

__all__ = [
    "Partial",
    "Query",
    "Transition",
    "Transitions",
    "VocabularyTooLarge",
    "again",
    "finish",
    "merge",
    "partial",
    "step_as_dict",
]


@dataclass(frozen=True)
class Transition:
    """One step: from an event type (None: the journey starts) to another (None: it ends)."""

    source: str | None
    target: str | None
    count: int
    share: float
    """Of the transitions that leave `source`; of the journeys, for a start or an end."""
    wait: Wait
    journeys: int | None = None
    with_outcome: int | None = None
    among: Share | None = None
    """The same share with its n and interval; persons are drawn, who may walk it several times."""
    hides: int | None = None
    """Journeys whose rarest step (start and end included) is this rare or rarer."""


@dataclass(frozen=True, eq=False)
class Transitions(Result):
    """Directly-follows counts and waits, the most frequent first, then by name."""

    events: tuple[str, ...]
    cases: int
    """Journeys with at least one event that the filter leaves."""
    n_events: int
    source: I64
    """Codes; as `target`, `count`, `share` one entry for each transition that occurs."""
    target: I64
    count: I64
    share: F64
    waits: Waits
    start_counts: I64
    """Journeys by the code that they start with; `end_counts` by that they end with."""
    end_counts: I64
    negative_waits: int
    query: Query
    steps: Tally
    uneven: Tally
    leaving: Tally
    rarest: Tally

    @cached_property
    def transitions(self) -> tuple[Transition, ...]:
        """All transitions, without starts and ends."""
        columns = (self.source, self.target, self.count, self.share)
        return tuple(self._step(*step) for step in zip(*(c.tolist() for c in columns), strict=True))

    @cached_property
    def starts(self) -> tuple[Transition, ...]:
        """The steps into journeys: `source` is None."""
        outside = len(self.events)
        return tuple(
            self._step(outside, code, n, n / self.cases)
            for code, n in _counted(self.start_counts, self.events)
        )

    @cached_property
    def ends(self) -> tuple[Transition, ...]:
        """The steps out of journeys: `target` is None."""
        outside = len(self.events)
        return tuple(
            self._step(code, outside, n, n / self.cases)
            for code, n in _counted(self.end_counts, self.events)
        )

    def _step(self, source: int, target: int, count: int, share: float) -> Transition:
        n = len(self.events)
        inside = source < n and target < n
        wait = self.waits.of_series(source * n + target) if inside else Wait()
        names = (
            self.events[source] if source < n else None,
            self.events[target] if target < n else None,
        )
        more = self._by_journey.get(source * (n + 1) + target, (0, 0))
        return Transition(
            *names,
            count,
            share,
            wait,
            journeys=more[0] if self.query.journeys else None,
            with_outcome=more[1]
            if self.query.journeys and self.query.outcome is not None
            else None,
            among=self._among(source, target, count) if self.query.intervals else None,
            hides=self._as_rare(count) if self.query.rarity else None,
        )

    def _among(self, source: int, target: int, count: int) -> Share:
        n = len(self.events)
        left = source if max(source, target) < n else n
        square, cross = self._unevenly.get(source * (n + 1) + target, (0, 0))
        base = self._left_by.get(left, 0)
        times = self.cases if left == n else self._times_left[left]
        return share_by_person(count, times, ByPerson(square, cross, base))

    @cached_property
    def _times_left(self) -> list[int]:
        times = np.bincount(self.source, weights=self.count, minlength=len(self.events))
        return [int(n) for n in times.tolist()]

    @cached_property
    def _unevenly(self) -> dict[int, tuple[int, int]]:
        return _pairs(self.uneven)

    @cached_property
    def _left_by(self) -> dict[int, int]:
        rows = zip(self.leaving.key.tolist(), self.leaving.count[:, 0].tolist(), strict=True)
        return dict(rows)

    @cached_property
    def _by_journey(self) -> dict[int, tuple[int, int]]:
        return _pairs(self.steps)

    def _as_rare(self, count: int) -> int:
        return int(self.rarest.count[: np.searchsorted(self.rarest.key, count, side="right")].sum())

    def to_dict(self) -> dict[str, Any]:
        """Everything; figures that were not asked for are left out."""
        return {
            "cases": self.cases,
            "events": self.n_events,
            "transitions": [step_as_dict(t) for t in self.transitions],
            "starts": {str(t.target): t.count for t in self.starts},
            "ends": {str(t.source): t.count for t in self.ends},
            "negative_waits": self.negative_waits,
            "error": WAIT_ERROR,
        }

    def rows(self) -> list[dict[str, Any]]:
        """One row a transition."""
        return [_as_row(step_as_dict(t)) for t in self.transitions]


def _pairs(tally: Tally) -> dict[int, tuple[int, int]]:
    rows = zip(tally.key.tolist(), tally.count.tolist(), strict=True)
    return {key: (a, b) for key, (a, b) in rows}


def step_as_dict(t: Transition) -> dict[str, Any]:
    """A step as plain data; figures that were not asked for are left out."""
    wait = {"mean": t.wait.mean, "p50": t.wait.p50, "p90": t.wait.p90}
    told = {"from": t.source, "to": t.target, "count": t.count, "share": t.share}
    if t.among is not None:
        told |= {"n": t.among.n, "low": t.among.low, "high": t.among.high}
    asked = {"journeys": t.journeys, "with_outcome": t.with_outcome, "hides": t.hides}
    return {**told, "wait_seconds": wait, **{k: v for k, v in asked.items() if v is not None}}


def _as_row(told: Mapping[str, Any]) -> dict[str, Any]:
    row = {k: v for k, v in told.items() if k != "wait_seconds"}
    return {**row, **{f"wait_{k}_seconds": v for k, v in told["wait_seconds"].items()}}


def _counted(counts: I64, events: tuple[str, ...]) -> list[tuple[int, int]]:
    found = [(int(code), int(counts[code])) for code in np.flatnonzero(counts)]
    return sorted(found, key=lambda item: (-item[1], events[item[0]]))


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes. Raises VocabularyTooLarge for figures by journey or person."""
    n = len(journeys.events)
    zeros = np.zeros(n, np.int64)
    if query.walked is not None:
        return Partial(journeys.events, zeros, zeros, rarest=rarest_steps(journeys, query.walked))
    counted = count_steps(journeys, query)
    if query.journeys:
        counted = replace(counted, steps=steps_by_journey(journeys, query.outcome))
    if query.intervals:
        uneven, leaving = uneven_steps(journeys)
        counted = replace(counted, uneven=uneven, leaving=leaving)
    return counted


def again(partial: Partial, query: Query) -> Query | None:
    """The query for a second look, once the counts over all shards are known; None for none."""
    if not query.rarity or query.walked is not None:
        return None
    n = len(partial.events)
    check_dense(n)
    square = np.zeros((n + 1, n + 1), np.int64)
    square[n, :n], square[:n, n] = partial.starts, partial.ends
    source, target = np.divmod(partial.waits.series, max(n, 1))
    square[source, target] = partial.waits.n
    return replace(query, walked=Walked(partial.events, square))


def finish(partial: Partial, query: Query) -> Transitions:
    """The answer."""
    waits, n = partial.waits, len(partial.events)
    source, target = np.divmod(waits.series, max(n, 1))
    leaving = np.bincount(source, weights=waits.n, minlength=n)
    by_name = np.empty(n, np.int64)
    by_name[sorted(range(n), key=partial.events.__getitem__)] = np.arange(n)
    order = np.lexsort((by_name[target], by_name[source], -waits.n))
    cases = int(partial.starts.sum())
    return Transitions(
        events=partial.events,
        cases=cases,
        n_events=cases + int(waits.n.sum()),
        source=source[order],
        target=target[order],
        count=waits.n[order],
        share=(waits.n / leaving[source])[order],
        waits=waits,
        start_counts=partial.starts,
        end_counts=partial.ends,
        negative_waits=partial.negative,
        query=query,
        steps=partial.steps,
        uneven=partial.uneven,
        leaving=partial.leaving,
        rarest=partial.rarest,
    )
