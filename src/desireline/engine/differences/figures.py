"""Which figures of an analysis two groups can be compared by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from desireline.engine.analyses import (
    funnel,
    paths,
    positions,
    retention,
    touchpoints,
    transitions,
    variants,
)
from desireline.engine.analyses.shares import ByPerson, Share, independent_of
from desireline.engine.analyses.waits import Waits
from desireline.engine.differences.by_person import EVERY, Key, Uneven
from desireline.engine.journeys import I64
from desireline.engine.kernels.waits import BUCKETS

Of: TypeAlias = Mapping[str, str | int | None]
"""Which one: a step and its name, a touchpoint, a cohort and a period."""
QUANTILES = (0.5, 0.9)
MOST_NEIGHBOURS = 100
"""Events next to an anchor that are compared, the most frequent."""


@dataclass(frozen=True)
class Counted:
    """A share of one group."""

    count: int
    n: int
    independent: float | None = None
    """So many independent ones say as much; None: all `n`."""


@dataclass(frozen=True)
class Waited:
    """A quantile of the waits of one group, by their histogram."""

    buckets: I64
    """Waits by bucket."""
    q: float
    independent: float | None = None
    """As of shares."""

    @property
    def n(self) -> int:
        """How many waits."""
        return int(self.buckets.sum())


Figure: TypeAlias = tuple[str, tuple[tuple[str, str | int | None], ...], Counted | Waited]
"""Its name, which one, and what was counted of it."""
Unit = Literal["share", "seconds"]


def of_funnel(partial: funnel.Partial, query: funnel.Query, by: Uneven) -> Iterator[Figure]:
    """Conversion to each step, from the first and from the one before, and the times it took."""
    told = funnel.finish(partial, query)
    for s, step in enumerate(told.steps[1:], 1):
        of = (("step", s), ("name", step.name))
        first, previous = ("first", 0), ("first", query.required_before[s])
        yield "share_of_first", of, _counted(step.share_of_first, by, ("first", s), first)
        if s > 1:
            told_of = _counted(step.share_of_previous, by, ("previous", s), previous)
            yield "share_of_previous", of, told_of
        waited = _Series(partial.waits, s, by, ("first", s))
        yield from waited.quantiles("time_from_previous", of)
    converted = _Series(partial.waits, 0, by, ("first", query.last_required))
    yield from converted.quantiles("time_to_convert", ())


def of_touchpoints(
    partial: touchpoints.Partial, query: touchpoints.Query, by: Uneven
) -> Iterator[Figure]:
    """Reach, exit, loop and outcome of each, and how long a stay there is."""
    code_of = {name: code for code, name in enumerate(partial.transitions.events)}
    for one in touchpoints.finish(partial, query).touchpoints:
        of, came = (("event", one.event),), ("reach", one.event)
        yield "reach", of, _counted(one.reach, by, came, EVERY)
        for name, told in (("exit", one.exit), ("loop", one.loop), ("outcome", one.outcome)):
            if told is not None:
                yield name, of, _counted(told, by, (name, one.event), came)
        stays = _Series(partial.stays, code_of[one.event], by, came)
        yield from stays.quantiles("duration", of)


def of_transitions(
    partial: transitions.Partial, query: transitions.Query, by: Uneven
) -> Iterator[Figure]:
    """Of all journeys, those that take a step at least once; and the waits of the step.

    Shares of steps would count one journey several times; counted once, a difference is surest.
    """
    told = transitions.finish(partial, query)
    n = len(partial.events)
    for one in (*told.transitions, *told.starts, *told.ends):
        of = (("from", one.source), ("to", one.target))
        step, count = ("step", one.source, one.target), one.journeys or 0
        independent = by.independent(count, told.cases, step, EVERY)
        yield "journeys_with_step", of, Counted(count, told.cases, independent)
    for source, target in zip(told.source.tolist(), told.target.tolist(), strict=True):
        names = told.events[source], told.events[target]
        of = (("from", names[0]), ("to", names[1]))
        waited = _Series(partial.waits, source * n + target, by, ("wait", *names))
        yield from waited.quantiles("wait", of)


def of_variants(partial: variants.Partial, query: variants.Query, _by: Uneven) -> Iterator[Figure]:
    """The share of each variant."""
    told = variants.finish(partial, query)
    for number, one in zip(variants.told_of(partial, query), told.variants, strict=True):
        by = variants.by_person(partial, number)
        independent = independent_of(one.count, told.cases, by)
        of = (("variant", " > ".join(one.events)),)
        yield "share", of, Counted(one.count, told.cases, independent)


def of_retention(
    partial: retention.Partial, query: retention.Query, by: Uneven
) -> Iterator[Figure]:
    """The cells that are over, of all cohorts together and of each."""
    told = retention.finish(partial, query)
    tables = [(None, told.cells), *((c.begins_on, c.cells) for c in told.cohorts)]
    for cohort, cells in tables:
        began = EVERY if cohort is None else ("began", cohort)
        for cell in cells:
            if cell.state == "over":
                of = (("cohort", cohort), ("period", cell.period))
                yield "returned", of, Counted(cell.count, cell.n, by.alike(cell.n, began))


def of_positions(
    partial: positions.Partial, query: positions.Query, by: Uneven
) -> Iterator[Figure]:
    """Of the open journeys, those that stand at each place."""
    told = positions.finish(partial, query)
    for one in told.positions:
        of, place = (("event", one.event),), ("stands", one.event)
        yield "stands_at", of, _counted(one.share, by, place, EVERY)


def of_paths(partial: paths.Partial, query: paths.Query, _by: Uneven) -> Iterator[Figure]:
    """What comes next after the anchor, and what came right before it."""
    if isinstance(query.anchor, str):
        paths.check_anchor(query.anchor, partial.events)
    for name, levels in (("followed_by", partial.after), ("preceded_by", partial.before)):
        nearest = paths.neighbours(levels[0], partial.events)[:MOST_NEIGHBOURS]
        for event, count, square, cross in nearest:
            by = ByPerson(square, cross, partial.base)
            independent = independent_of(count, partial.anchors, by)
            yield name, (("event", event),), Counted(count, partial.anchors, independent)


def _counted(told: Share, by: Uneven, of: Key, among: Key) -> Counted:
    return Counted(told.count, told.n, by.independent(told.count, told.n, of, among))


@dataclass(frozen=True)
class _Series:
    """One series of waits, and what persons count in who have several."""

    waits: Waits
    series: int
    by: Uneven
    key: Key

    def quantiles(
        self, name: str, of: tuple[tuple[str, str | int | None], ...]
    ) -> Iterator[Figure]:
        """The figures; none where nobody waited."""
        bucket, begin = self.waits.bucket, self.series * BUCKETS
        first, stop = np.searchsorted(bucket.key, [begin, begin + BUCKETS])
        if first == stop:
            return
        histogram = np.zeros(BUCKETS, np.int64)
        histogram[bucket.key[first:stop] - begin] = bucket.count[first:stop, 0]
        independent = self.by.alike(int(histogram.sum()), self.key)
        for q in QUANTILES:
            yield f"{name}_p{q * 100:.0f}", of, Waited(histogram, q, independent)


FIGURES: Mapping[str, Callable[[Any, Any, Uneven], Iterator[Figure]]] = {
    "funnel": of_funnel,
    "touchpoints": of_touchpoints,
    "transitions": of_transitions,
    "variants": of_variants,
    "retention": of_retention,
    "positions": of_positions,
    "paths": of_paths,
}
"""By the name of the analysis."""
