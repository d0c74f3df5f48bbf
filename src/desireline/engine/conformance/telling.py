"""From counts to the answer."""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

import numpy as np

from desireline.engine.analyses.shares import share
from desireline.engine.conformance.counting import Counts, Partial, What
from desireline.engine.conformance.effects import effects_of
from desireline.engine.conformance.laying import KINDS, aligned
from desireline.engine.conformance.plan import Plan, plan_of
from desireline.engine.conformance.query import Query
from desireline.engine.conformance.result import (
    Conformance,
    Count,
    Deviation,
    Effect,
)
from desireline.engine.conformance.routes import Routes, unreached
from desireline.engine.journeys import F64, I64, U8
from desireline.engine.kernels.precision import count_escapes

T = TypeVar("T")
TOP = 5
"""Touchpoints before a deviation that are told."""


def finish(partial: Partial, query: Query) -> Conformance:
    """The answer."""
    plan, ways = plan_of(query.journey_map), partial.ways
    cost, fitted = aligned(ways, plan)
    weight, with_outcome = ways.total[:, 0], ways.total[:, 1]
    cases, known = int(weight.sum()), query.journey_map.goal.outcome is not None
    worst = np.diff(ways.offset) + plan.shortest
    walked, routes = unreached(ways, plan, fitted), Routes.of(ways, plan)
    return Conformance(
        cases=cases,
        events=partial.events,
        set_aside=partial.set_aside,
        cost=int(weight @ cost),
        fitting=share(int(weight[cost == 0].sum()), cases),
        fitness=_mean(1 - cost / np.maximum(worst, 1), weight),
        log_fitness=1 - int(weight @ cost) / max(int(weight @ worst), 1) if cases else None,
        fitness_walked=_mean(1 - (cost - walked) / np.maximum(worst - walked, 1), weight),
        precision=_precision(partial, plan, fitted),
        base=share(int(with_outcome.sum()), cases) if known else None,
        deviations=_deviations(partial.counts, plan, query, cases),
        ways=routes.told(query.ways, cases, beside=False, known=known),
        desire_lines=routes.told(query.ways, cases, beside=True, known=known),
    )


def _mean(values: F64, weight: I64) -> float | None:
    total = int(weight.sum())
    return float(values @ weight) / total if total else None


def _precision(partial: Partial, plan: Plan, fitted: U8) -> float | None:
    ways = partial.ways
    if not len(plan.touchpoints):
        return None
    may, escapes = count_escapes(
        ways.offset, ways.code, np.ascontiguousarray(ways.total[:, 0]), fitted, plan.slot_of,
        plan.repeatable, plan.required, plan.block_of, plan.begins,
    )  # fmt: skip
    return 1 - escapes / may if may else None


def _deviations(counts: Counts, plan: Plan, query: Query, cases: int) -> tuple[Deviation, ...]:
    block_of = {t.key: int(plan.block_of[plan.slot_of[n]]) for n, t in enumerate(plan.touchpoints)}
    known = query.journey_map.goal.outcome is not None
    effects = effects_of(counts, block_of) if known else {}
    told = _Telling(counts, plan, query, cases, effects)
    found = [told.deviation(what) for what in counts.journeys]
    found.sort(key=lambda d: (-d.journeys.count, -d.left, d.kind, d.touchpoint or d.event or ""))
    return tuple(found)


class _Telling:
    """Counts by what deviated, so that each deviation can be told by itself."""

    def __init__(
        self,
        counts: Counts,
        plan: Plan,
        query: Query,
        cases: int,
        effects: dict[What, Effect],
    ) -> None:
        self.counts, self.plan, self.query = counts, plan, query
        self.cases, self.effects = cases, effects
        self.names = {t.key: t.name for t in plan.touchpoints}
        self.owner = {t.key: t.owner for t in plan.touchpoints}
        self.channels: dict[What, Counter[str]] = {}
        self.periods: dict[What, Counter[int]] = {}
        self.after: dict[What, Counter[int]] = {}
        for (what, channel, period), n in counts.events.items():
            self.channels.setdefault(what, Counter())[channel] += n
            self.periods.setdefault(what, Counter())[period] += n
        for (what, after), n in counts.after.items():
            self.after.setdefault(what, Counter())[after] += n

    def deviation(self, what: What) -> Deviation:
        """One of them."""
        n, left = self.counts.journeys[what], self.counts.left[what]
        known = self.query.journey_map.goal.outcome is not None
        calendar = self.query.calendar
        channels, periods = self.channels.get(what, Counter()), self.periods.get(what, Counter())
        return Deviation(
            kind=KINDS[what.kind],
            touchpoint=None if what.stranger else what.name,
            event=what.name if what.stranger else None,
            name=what.name if what.stranger else self.names[what.name],
            department=None if what.stranger else self.owner[what.name],
            journeys=share(n - left, self.cases),
            left=left,
            events=sum(channels.values()),
            outcome=share(self.counts.with_outcome[what], n) if known else None,
            effect=self.effects.get(what),
            after=tuple(
                Count(self._name(at), n) for at, n in _most(self.after.get(what, Counter()))
            ),
            channels=tuple(Count(name, n) for name, n in _most(channels, None)),
            periods=tuple(
                Count(calendar.first_day(p).isoformat(), n) for p, n in sorted(periods.items())
            ),
        )

    def _name(self, touchpoint: int) -> str | None:
        return None if touchpoint < 0 else self.plan.touchpoints[touchpoint].key


def _most(counted: Counter[T], top: int | None = TOP) -> list[tuple[T, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], str(item[0])))[:top]
