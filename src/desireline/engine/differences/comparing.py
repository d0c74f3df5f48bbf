"""One analysis of two groups, and each figure of the first beside that of the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

import numpy as np

from desireline.engine.analyses import ANALYSES
from desireline.engine.analyses.result import Result
from desireline.engine.analyses.shares import Z_95
from desireline.engine.differences.by_person import Uneven, uneven
from desireline.engine.differences.figures import FIGURES, Counted, Figure, Unit, Waited
from desireline.engine.differences.intervals import (
    Apart,
    Estimate,
    apart,
    at_once,
    more_of_quantiles,
    more_of_shares,
    of_quantile,
    of_share,
)
from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import I64, Bools, Journeys
from desireline.engine.kernels.waits import bucket_bounds
from desireline.engine.scope import Asked, brings_together

Q = TypeVar("Q")
LEVEL = 0.05
FAR = 10
"""Where more than so many times the journeys there are would be needed, no more are asked for."""
LEAST = 10
"""Independent ones counted in a group, below which nothing is said."""
Verdict = Literal["higher", "lower", "too_few", "alike"]


class ComparisonImpossible(DesirelineError):
    """Two groups that cannot be compared, or by an analysis that has nothing to compare."""


@dataclass(frozen=True)
class ComparedQuery(Generic[Q]):
    """The same question about two groups."""

    a: Asked[Q]
    b: Asked[Q]
    most: int = 200
    """So many differences are told, those most surely there first."""


@dataclass(frozen=True)
class Side:
    """A figure of one group: how many it is of, and for a share how many it counts."""

    n: int
    count: int | None
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Difference:
    """A figure of both groups, and how far they are apart."""

    figure: str
    of: dict[str, str | int | None]
    unit: Unit
    a: Side
    b: Side
    difference: float
    """a - b, in the unit: 0.05 is five percentage points."""
    low: float
    high: float
    p: float
    """The level at which the interval of this difference alone just touches 0."""
    q: float
    """The same among all that were compared (Benjamini and Hochberg): up to 0.05 it is found."""
    verdict: Verdict
    more: int
    """Of `too_few`: how many more journeys, both groups together, would show this difference."""


@dataclass(frozen=True)
class Comparison(Result):
    """The answer."""

    analysis: str
    persons_a: int
    persons_b: int
    in_both: int
    """Persons who are in both groups: with many of them the intervals are wider than need be."""
    compared: int
    """Figures that both groups have; `q` is among these."""
    found: int
    differences: tuple[Difference, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One row a difference."""
        return [
            {
                "figure": one.figure,
                "of": " ".join(f"{k}={v}" for k, v in one.of.items()),
                "unit": one.unit,
                **{f"a_{k}": getattr(one.a, k) for k in ("n", "count", "value", "low", "high")},
                **{f"b_{k}": getattr(one.b, k) for k in ("n", "count", "value", "low", "high")},
                **{k: getattr(one, k) for k in ("difference", "low", "high", "p", "q")},
                "verdict": one.verdict,
                "more": one.more,
            }
            for one in self.differences
        ]


@dataclass(frozen=True)
class Partial:
    """What a shard contributes: to each group, and how many persons are in the one, other, both."""

    a: Any
    b: Any
    persons: I64
    uneven: tuple[Uneven, Uneven]
    """How unevenly persons contribute to the figures of each group."""


@dataclass(frozen=True)
class Compared(Generic[Q]):
    """An analysis of two groups, as an analysis of its own. Raises ComparisonImpossible."""

    analysis: str
    """The name of the one that is asked of each group."""

    def __post_init__(self) -> None:
        if self.analysis not in FIGURES:
            raise ComparisonImpossible(
                f"Two groups are not compared by {self.analysis!r}.",
                hint=f"There are: {', '.join(FIGURES)}.",
            )

    def partial(self, journeys: Journeys, query: ComparedQuery[Q]) -> Partial:
        """What one shard contributes to each group."""
        parts = [asked.scope.part(journeys) for asked in (query.a, query.b)]
        a, b = (_held(part) for part in parts)
        persons = np.array([a.sum(), b.sum(), (a & b).sum()], np.int64)
        analysis = ANALYSES[self.analysis]
        told = [
            asked.scope.told_of(part, asked.query)
            for asked, part in zip((query.a, query.b), parts, strict=True)
        ]
        ours, theirs = (analysis.partial(*one) for one in told)
        by_person = uneven(self.analysis, *told[0]), uneven(self.analysis, *told[1])
        return Partial(ours, theirs, persons, by_person)

    def merge(self, a: Partial, b: Partial) -> Partial:
        """Two shards together."""
        merge = ANALYSES[self.analysis].merge
        by_person = a.uneven[0].merge(b.uneven[0]), a.uneven[1].merge(b.uneven[1])
        return Partial(merge(a.a, b.a), merge(a.b, b.b), a.persons + b.persons, by_person)

    def brings_together(self, query: ComparedQuery[Q]) -> bool:
        """Whether a journey of either group may be of several persons."""
        return brings_together(query.a.scope) or brings_together(query.b.scope)

    def gather(
        self, parts: Sequence[Journeys], query: ComparedQuery[Q]
    ) -> tuple[list[Journeys], ComparedQuery[Q]]:
        """The parts as they are; groups of journeys that several persons share are refused."""
        if self.brings_together(query):
            raise ComparisonImpossible(
                "Groups are of persons, and these journeys belong to several persons each.",
                hint="Compare a map whose journeys are persons or sessions.",
            )
        return list(parts), query

    def finish(self, partial: Partial, query: ComparedQuery[Q]) -> Comparison:
        """The differences."""
        figures = FIGURES[self.analysis]
        by_a, by_b = partial.uneven
        ours = {_address(one): one[2] for one in figures(partial.a, query.a.query, by_a)}
        theirs = {_address(one): one[2] for one in figures(partial.b, query.b.query, by_b)}
        found = _differences(ours, theirs)
        found.sort(key=lambda one: (one.q, one.p))
        in_a, in_b, in_both = partial.persons.tolist()
        return Comparison(
            analysis=self.analysis,
            persons_a=in_a,
            persons_b=in_b,
            in_both=in_both,
            compared=len(found),
            found=sum(one.q <= LEVEL for one in found),
            differences=tuple(found[: query.most]),
        )


Address = tuple[str, tuple[tuple[str, str | int | None], ...]]


def _address(figure: Figure) -> Address:
    return figure[0], figure[1]


def _differences(
    ours: dict[Address, Counted | Waited], theirs: dict[Address, Counted | Waited]
) -> list[Difference]:
    """One for each figure that both groups have, in the order of the first."""
    both = [key for key in ours if key in theirs and ours[key].n and theirs[key].n]
    a, b = ([_estimate(side[key]) for key in both] for side in (ours, theirs))
    found = [apart(x, y) for x, y in zip(a, b, strict=True)]
    level = at_once([one.p for one in found])
    told = zip(both, a, b, found, level, strict=True)
    return [
        _difference(key, (x, y), one, q, (ours[key], theirs[key])) for key, x, y, one, q in told
    ]


def _difference(
    address: Address,
    sides: tuple[Estimate, Estimate],
    found: Apart,
    q: float,
    counted: tuple[Counted | Waited, Counted | Waited],
) -> Difference:
    a, b = sides
    share = isinstance(counted[0], Counted)
    more = more_of_shares(a, b) if share else more_of_quantiles(a, b, found)
    verdict = _verdict(a, b, found, q, more)
    return Difference(
        figure=address[0],
        of=dict(address[1]),
        unit="share" if share else "seconds",
        a=_side(a, counted[0]),
        b=_side(b, counted[1]),
        difference=found.difference,
        low=found.low,
        high=found.high,
        p=found.p,
        q=q,
        verdict=verdict,
        more=more if verdict == "too_few" else 0,
    )


def _verdict(a: Estimate, b: Estimate, found: Apart, q: float, more: int) -> Verdict:
    least = min(a.independent, b.independent)
    if q <= LEVEL and least >= LEAST:
        return "higher" if found.difference > 0 else "lower"
    few = 0 < more <= FAR * (a.n + b.n) or least < LEAST
    return "too_few" if few else "alike"


def _side(told: Estimate, counted: Counted | Waited) -> Side:
    low, high = told.limits(Z_95)
    count = counted.count if isinstance(counted, Counted) else None
    return Side(told.n, count, told.value, low, high)


def _estimate(counted: Counted | Waited) -> Estimate:
    if isinstance(counted, Counted):
        return of_share(counted.count, counted.n, counted.independent)
    return of_quantile(*bucket_bounds(), counted.buckets, counted.q, counted.independent)


def _held(part: Journeys) -> Bools:
    """The persons of a group: those with an event in view."""
    walked: Bools = np.diff(part.offset) > 0
    return walked if part.keep_journey is None else walked & part.keep_journey
