"""From counts to the answer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

import numpy as np

from desireline.engine.analyses.shares import share
from desireline.engine.analyses.times import iso
from desireline.engine.differences.intervals import apart, at_once, of_share
from desireline.engine.endings.first_look import DAY, First
from desireline.engine.endings.query import Query
from desireline.engine.endings.reasons import reasons_of
from desireline.engine.endings.result import (
    LEVEL,
    Curve,
    Driver,
    Endings,
    Explained,
    LastPlace,
    Month,
    Move,
    Place,
    Point,
    StateCount,
)
from desireline.engine.endings.second_look import UNKNOWN, Second
from desireline.engine.endings.settled import LEAST, Settled
from desireline.engine.endings.states import NOT_YET, STATES
from desireline.engine.endings.units import NOBODY
from desireline.engine.inference.incidence import Incidence, incidences

POINTS = 40
TOLD_DRIVERS = 40


def told(
    first: First, second: Second, explained: Counter[int], settled: Settled, query: Query
) -> Endings:
    """The answer."""
    found = len(settled.found or ())
    return Endings(
        journeys=first.journeys,
        as_of=iso(settled.as_of),
        rhythm=settled.rhythm,
        rhythms=settled.rhythms,
        kinds=settled.kinds,
        asked=len(settled.suspicions),
        reasons=reasons_of(second, settled, query),
        explained=Explained(
            left=sum(explained.values()),
            by_reason=tuple(explained[place] for place in range(found)),
            unknown=explained[NOBODY],
        ),
        drivers=_drivers(second, query),
        places=tuple(_places(second, settled, query)),
        last_places=_last_places(second, query),
        states=_states(second.flow.now),
        months=_months(second, query),
        moves=_moves(second, query),
    )


def _places(second: Second, settled: Settled, query: Query) -> Iterator[Place]:
    touchpoints, stages = query.journey_map.touchpoints, query.journey_map.stages
    keys = [*(t.key for t in touchpoints), *(s.key for s in stages)]
    for place, key in enumerate(keys):
        length, kind = second.spells.of(place)
        if not len(length):
            continue
        stage = place - len(touchpoints)
        gone, stayed = (second.by_stage[stage, left] for left in (True, False))
        curves = incidences(length, kind, len(settled.kinds))
        yield Place(
            key=key,
            is_stage=stage >= 0,
            n=len(length),
            left=share(gone, gone + stayed) if stage >= 0 else None,
            curves=tuple(
                _curve(curves[number], name, settled)
                for number, name in enumerate(settled.kinds)
                if curves[number].events.sum()
            ),
        )


def _curve(found: Incidence, kind: str, settled: Settled) -> Curve:
    days = horizon_days(settled)
    at = np.linspace(0, days, POINTS + 1)
    steps = np.searchsorted(found.time, np.rint(at * DAY).astype(np.int64), side="right") - 1
    points = [
        Point(float(day), 0.0, 0.0, 0.0, 0.0, int(found.at_risk[0]))
        if step < 0
        else Point(
            day=float(day),
            share=float(found.share[step]),
            low=float(found.low[step]),
            high=float(found.high[step]),
            hazard=float(found.hazard[step]),
            at_risk=int(found.at_risk[step]),
        )
        for day, step in zip(at.tolist(), steps.tolist(), strict=True)
    ]
    passed = np.cumsum(found.events)
    middle = int(np.searchsorted(passed, passed[-1] / 2))
    return Curve(kind, int(passed[-1]), tuple(points), float(found.time[middle] / DAY))  # type: ignore[arg-type]


def horizon_days(settled: Settled) -> int:
    """How far curves are told: so far that a lapse has had the time to be one, twice over."""
    long = (settled.as_of - settled.first) / DAY
    return max(1, math.floor(min(2 * settled.longest / DAY, long)))


def _drivers(second: Second, query: Query) -> tuple[Driver, ...]:
    """What goes with leaving, stage by stage; the surest first."""
    keys = [s.key for s in query.journey_map.stages]
    asked = []
    names = {known for known, _ in second.by_driver}
    for known in sorted(names):
        left, stayed = (second.by_driver[known, gone] for gone in (True, False))
        every = second.by_stage[known.stage, True] + second.by_stage[known.stage, False]
        gone, n = second.by_stage[known.stage, True], left + stayed
        if known.value in (UNKNOWN, "no") or min(n, every - n) < LEAST:
            continue
        asked.append((known, left, n, gone, every))
    beside = [
        apart(of_share(left, n), of_share(gone - left, every - n))
        for _, left, n, gone, every in asked
    ]
    levels = at_once([one.p for one in beside])
    found = []
    for (known, left, n, gone, every), one, q in zip(asked, beside, levels, strict=True):
        found.append(
            Driver(
                stage=keys[known.stage],
                kind=known.kind,  # type: ignore[arg-type]
                name=known.name,
                value=known.value,
                base=share(gone, every),
                share=share(left, n),
                lift=(left / n) / (gone / every) if gone else None,
                difference=one.difference,
                low=one.low,
                high=one.high,
                q=q,
            )
        )
    sure = [d for d in found if d.q <= LEVEL]
    sure.sort(key=lambda d: -abs(d.difference) * math.sqrt(d.share.n))
    return tuple(sure[:TOLD_DRIVERS])


def _last_places(second: Second, query: Query) -> tuple[LastPlace, ...]:
    keys = [t.key for t in query.journey_map.touchpoints]
    found = [
        LastPlace(
            touchpoint=None if place < 0 else keys[place],
            said=second.last_places[place, True],
            silent=second.last_places[place, False],
        )
        for place in sorted({place for place, _ in second.last_places})
    ]
    return tuple(sorted(found, key=lambda p: -(p.said + p.silent)))


def _states(counts: Counter[int]) -> tuple[StateCount, ...]:
    return tuple(StateCount(name, counts[number]) for number, name in enumerate(STATES))


def _months(second: Second, query: Query) -> tuple[Month, ...]:
    months = second.flow.months
    return tuple(
        Month(
            query.calendar.first_day(month).isoformat(),
            _states(Counter({state: n for (at, state), n in months.items() if at == month})),
        )
        for month in sorted({month for month, _ in months})
    )


def _moves(second: Second, query: Query) -> tuple[Move, ...]:
    return tuple(
        Move(
            month=query.calendar.first_day(month).isoformat(),
            source=None if source == NOT_YET else STATES[source],
            target=STATES[target],
            count=n,
        )
        for (month, source, target), n in sorted(second.flow.moves.items())
    )
