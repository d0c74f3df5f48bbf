"""Which figures of an analysis two groups can be compared by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
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
from desireline.engine.analyses.shares import Share
from desireline.engine.analyses.waits import Waits
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


@dataclass(frozen=True)
class Waited:
    """A quantile of the waits of one group, by their histogram."""

    buckets: I64
    """Waits by bucket."""
    q: float

    @property
    def n(self) -> int:
        """How many waits."""
        return int(self.buckets.sum())


Figure: TypeAlias = tuple[str, tuple[tuple[str, str | int | None], ...], Counted | Waited]
"""Its name, which one, and what was counted of it."""
Unit = Literal["share", "seconds"]


def of_funnel(partial: funnel.Partial, query: funnel.Query) -> Iterator[Figure]:
    """Conversion to each step, from the first and from the one before, and the times it took."""
    told = funnel.finish(partial, query)
    for s, step in enumerate(told.steps[1:], 1):
        of = (("step", s), ("name", step.name))
        yield "share_of_first", of, _counted(step.share_of_first)
        if s > 1:
            yield "share_of_previous", of, _counted(step.share_of_previous)
        yield from _waits("time_from_previous", of, partial.waits, s)
    yield from _waits("time_to_convert", (), partial.waits, 0)


def of_touchpoints(partial: touchpoints.Partial, query: touchpoints.Query) -> Iterator[Figure]:
    """Reach, exit, loop and outcome of each, and how long a stay there is."""
    code_of = {name: code for code, name in enumerate(partial.transitions.events)}
    for one in touchpoints.finish(partial, query).touchpoints:
        of = (("event", one.event),)
        for name, told in (("reach", one.reach), ("exit", one.exit), ("loop", one.loop)):
            yield name, of, _counted(told)
        if one.outcome is not None:
            yield "outcome", of, _counted(one.outcome)
        yield from _waits("duration", of, partial.stays, code_of[one.event])


def of_transitions(partial: transitions.Partial, query: transitions.Query) -> Iterator[Figure]:
    """Of all journeys, those that take a step at least once; and the waits of the step.

    Shares of steps would count one journey several times; counted once, a difference is surest.
    """
    told = transitions.finish(partial, query)
    n = len(partial.events)
    for one in (*told.transitions, *told.starts, *told.ends):
        of = (("from", one.source), ("to", one.target))
        yield "journeys_with_step", of, Counted(one.journeys or 0, told.cases)
    for source, target in zip(told.source.tolist(), told.target.tolist(), strict=True):
        of = (("from", told.events[source]), ("to", told.events[target]))
        yield from _waits("wait", of, partial.waits, source * n + target)


def of_variants(partial: variants.Partial, query: variants.Query) -> Iterator[Figure]:
    """The share of each variant."""
    told = variants.finish(partial, query)
    for one in told.variants:
        yield "share", (("variant", " > ".join(one.events)),), Counted(one.count, told.cases)


def of_retention(partial: retention.Partial, query: retention.Query) -> Iterator[Figure]:
    """The cells that are over, of all cohorts together and of each."""
    told = retention.finish(partial, query)
    tables = [(None, told.cells), *((c.begins_on, c.cells) for c in told.cohorts)]
    for cohort, cells in tables:
        for cell in cells:
            if cell.state == "over":
                of = (("cohort", cohort), ("period", cell.period))
                yield "returned", of, Counted(cell.count, cell.n)


def of_positions(partial: positions.Partial, query: positions.Query) -> Iterator[Figure]:
    """Of the open journeys, those that stand at each place."""
    told = positions.finish(partial, query)
    for one in told.positions:
        yield "stands_at", (("event", one.event),), Counted(one.open, told.open)


def of_paths(partial: paths.Partial, query: paths.Query) -> Iterator[Figure]:
    """What comes next after the anchor, and what came right before it. Raises PathsImpossible."""
    if query.every:
        raise paths.PathsImpossible(
            "Several occurrences in one journey are alike, which no interval allows for.",
            hint="Compare the first occurrence of each journey: leave out `every`.",
        )
    told = paths.finish(partial, replace(query, top=MOST_NEIGHBOURS))
    for name, tree in (("followed_by", told.after), ("preceded_by", told.before)):
        for one in tree.children:
            if one.kind == "event":
                yield name, (("event", one.event),), Counted(one.count, told.anchors)


def _counted(told: Share) -> Counted:
    return Counted(told.count, told.n)


def _waits(
    name: str, of: tuple[tuple[str, str | int | None], ...], waits: Waits, series: int
) -> Iterator[Figure]:
    first, stop = np.searchsorted(waits.bucket.key, [series * BUCKETS, (series + 1) * BUCKETS])
    if first == stop:
        return
    histogram = np.zeros(BUCKETS, np.int64)
    at = waits.bucket.key[first:stop] - series * BUCKETS
    histogram[at] = waits.bucket.count[first:stop, 0]
    for q in QUANTILES:
        yield f"{name}_p{q * 100:.0f}", of, Waited(histogram, q)


FIGURES: Mapping[str, Callable[[Any, Any], Iterator[Figure]]] = {
    "funnel": of_funnel,
    "touchpoints": of_touchpoints,
    "transitions": of_transitions,
    "variants": of_variants,
    "retention": of_retention,
    "positions": of_positions,
    "paths": of_paths,
}
"""By the name of the analysis."""
