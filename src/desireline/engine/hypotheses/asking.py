"""The analysis: comings since the claim, day by day, until it is decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Literal

from desireline.engine import effects
from desireline.engine.effects.counting import DAY, Partial
from desireline.engine.hypotheses.limits import always_limits
from desireline.engine.hypotheses.planning import MOST, needed, until_decided
from desireline.engine.hypotheses.query import Query
from desireline.engine.hypotheses.result import Hypothesis, Point
from desireline.engine.journeys import Journeys

Verdict = Literal["holds", "refuted", "undecided"]


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes. Raises EffectImpossible, and what the rules raise."""
    return effects.partial(journeys, query.comings)


def again(partial: Partial, query: Query) -> Query | None:
    """The query of the second look: now the end of the log is known."""
    return None if query.until is not None else replace(query, until=partial.last or 0)


def finish(partial: Partial, query: Query) -> Hypothesis:
    """The answer. A claim that was decided stays so, whatever comes later."""
    series = _series(partial, query)
    decided = next(
        ((p, v) for p in series if (v := _verdict(p.low, p.high, query)) != "undecided"), None
    )
    n, count = (series[-1].n, series[-1].count) if series else (0, 0)
    low, high = (series[-1].low, series[-1].high) if series else (0.0, 1.0)
    plan = needed(query.number, query.margin)
    return Hypothesis(
        verdict=decided[1] if decided else "undecided",
        claims=query.claims,
        number=query.number,
        n=n,
        count=count,
        share=count / n if n else None,
        low=low,
        high=high,
        left_out=partial.left_out,
        needed=plan,
        more=0 if decided else _more(n, count, plan, query),
        decided_at=decided[0].begins + DAY if decided else None,
        series=tuple(series),
    )


def _series(partial: Partial, query: Query) -> list[Point]:
    """The limits at the end of each day, each within those of the days before."""
    came: Counter[int] = Counter()
    counts: Counter[int] = Counter()
    for cell, sums in partial.cells.items():
        came[cell.day] += sums[0]
        counts[cell.day] += sums[1]
    points, n, count, low, high = [], 0, 0, 0.0, 1.0
    for day in sorted(came):
        n, count = n + came[day], count + counts[day]
        now_low, now_high = always_limits(count, n)
        low, high = max(low, now_low), min(high, now_high)
        points.append(Point(query.since + day * DAY, n, count, low, high))
    return points


def _verdict(low: float, high: float, query: Query) -> Verdict:
    if low <= query.number <= high:
        return "undecided"
    return "holds" if (low > query.number) == (query.claims == "at_least") else "refuted"


def _more(n: int, count: int, plan: int, query: Query) -> int:
    """Where the share is the number itself, no end is in sight: what was planned."""
    if not n:
        return plan
    until = until_decided(query.number, count / n)
    return max(1, (plan if until >= MOST else until) - n)
