"""The sums of a whole log as arrays, and what they say period by period."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from desireline.engine.effects.counting import DAY, Partial
from desireline.engine.effects.observing import MOMENTS, TICKS
from desireline.engine.effects.query import Query
from desireline.engine.journeys import F64, I64, Bools

LEAST_SPREAD = 1e-3
"""Of the spread over all, that of a group is taken to be at least this: in a few, all may agree."""


def scale_of(query: Query) -> float:
    """How many of the whole numbers that were added up make one: a currency's unit, a second."""
    if query.metric.kind == "time":
        return MOMENTS / query.metric.within_seconds
    return 1.0 if query.metric.kind == "rate" else float(TICKS)


@dataclass(frozen=True, eq=False)
class Table:
    """One row a cell. `after` and `before` are means of the metric over the rows' comings."""

    group: I64
    day: I64
    unit: I64
    units: tuple[str, ...]
    like: I64
    sums: F64
    """(rows, 6): as `counting.Sums`, values in their own unit."""
    weight: F64
    """What a coming of the row counts for."""

    @classmethod
    def of(cls, partial: Partial, query: Query) -> Table:
        """The cells in one order, whatever the parts were."""
        cells = sorted(partial.cells)
        units = tuple(sorted({cell.unit for cell in cells}))
        likes = {like: n for n, like in enumerate(sorted({cell.like for cell in cells}))}
        number = {unit: n for n, unit in enumerate(units)}
        scale = scale_of(query)
        sums = np.array([partial.cells[cell] for cell in cells], np.float64).reshape(-1, 6)
        return cls(
            group=np.array([cell.group for cell in cells], np.int64),
            day=np.array([cell.day for cell in cells], np.int64),
            unit=np.array([number[cell.unit] for cell in cells], np.int64),
            units=units,
            like=np.array([likes[cell.like] for cell in cells], np.int64),
            sums=sums / np.array([1, scale, scale**2, scale, scale**2, scale**2]),
            weight=np.ones(len(cells)),
        )

    def only(self, rows: Bools) -> Table:
        """Some of the rows."""
        picked = {name: getattr(self, name)[rows] for name in ("group", "day", "unit", "like")}
        return replace(self, **picked, sums=self.sums[rows], weight=self.weight[rows])

    def n(self, rows: Bools) -> int:
        """How many comings."""
        return int(self.sums[rows, 0].sum())

    def mean(self, rows: Bools) -> float | None:
        """Their weighted mean; None of none."""
        n = float(self.weight[rows] @ self.sums[rows, 0])
        return float(self.weight[rows] @ self.sums[rows, 1]) / n if n else None

    def deviation(self) -> float:
        """The standard deviation of one coming, over all of them; 0 of none."""
        n, total, square = self.sums[:, :3].sum(axis=0)
        return math.sqrt(max(float(square / n - (total / n) ** 2), 0.0)) if n else 0.0

    def a_day(self) -> float | None:
        """How many come a day, over the days from the first coming to the last."""
        if not len(self.day):
            return None
        return float(self.sums[:, 0].sum() / (self.day.max() - self.day.min() + 1))

    @property
    def reached(self) -> Bools:
        """Rows of those whom the change reaches."""
        rows: Bools = self.group == 1
        return rows

    @property
    def after(self) -> Bools:
        """Rows from the moment of the change on."""
        rows: Bools = self.day >= 0
        return rows

    def matched(self) -> Table:
        """The rows for which both groups have like ones, the control weighted as the reached are.

        The weight of a kind is its share among the reached over its share in the control.
        """
        kinds = int(self.like.max(initial=0)) + 1
        n = np.zeros((2, kinds))
        np.add.at(n, (self.group, self.like), self.sums[:, 0])
        both: Bools = np.logical_and(n[0] > 0, n[1] > 0)
        ratio = np.divide(n[1], n[0], out=np.zeros(kinds), where=both)
        ratio *= n[0][both].sum() / max(n[1][both].sum(), 1.0)
        weight = np.where(self.group == 1, 1.0, ratio[self.like])
        return replace(self, weight=weight).only(both[self.like])

    def periods(self, days: int) -> tuple[int, int]:
        """The first period and the one behind the last, of so many days; 0 begins at the change."""
        if not len(self.day):
            return 0, 0
        return int(self.day.min()) // days, int(self.day.max()) // days + 1

    def series(self, rows: Bools, days: int) -> Series:
        """Some rows, period by period."""
        first, stop = self.periods(days)
        at = self.day[rows] // days - first
        sums, weight = self.sums[rows], self.weight[rows]
        n, size, size2, total, square = (np.zeros(stop - first) for _ in range(5))
        np.add.at(n, at, sums[:, 0])
        np.add.at(size, at, weight * sums[:, 0])
        np.add.at(size2, at, weight**2 * sums[:, 0])
        np.add.at(total, at, weight * sums[:, 1])
        np.add.at(square, at, weight * sums[:, 2])
        mean = np.divide(total, size, out=np.full(len(n), np.nan), where=size > 0)
        variance = np.full(len(n), np.nan)
        for side in (np.arange(first, stop) < 0, np.arange(first, stop) >= 0):
            everybody = size[side].sum()
            if everybody:
                spread = square[side].sum() / everybody - (total[side].sum() / everybody) ** 2
                held = np.divide(size2, size**2, out=np.full(len(n), np.nan), where=size > 0)
                variance[side] = spread * held[side]
        return Series(first, n, mean, variance)

    def least_variance(self) -> float:
        """Of the mean over one coming: what no variance is taken to be below."""
        n = self.sums[:, 0].sum()
        spread = self.sums[:, 2].sum() / n - (self.sums[:, 1].sum() / n) ** 2
        return LEAST_SPREAD * float(spread)


@dataclass(frozen=True, eq=False)
class Series:
    """A figure period by period; NaN where nobody came."""

    first: int
    """The number of the first period; that of the change is 0."""
    n: F64
    mean: F64
    variance: F64
    """Of the mean, as if comings were independent."""

    @property
    def number(self) -> I64:
        """The number of each period."""
        return np.arange(self.first, self.first + len(self.n))


def begins(number: int, days: int, deployed: int) -> int:
    """When a period begins, in microseconds since 1970."""
    return deployed + number * days * DAY
