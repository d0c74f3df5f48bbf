"""Designs over time: the difference to a control, or the figure itself, before and after.

Difference in differences is one regression of the difference of both groups, period by period, on
"after": what moves both alike cancels out, and what noise is left speaks for itself in the errors.
An interrupted time series has no control: it goes on with the trend from before.

Sources: O. Ashenfelter, D. Card, "Using the longitudinal structure of earnings to estimate the
effect of training programs", Review of Economics and Statistics 67, 1985. M. Bertrand, E. Duflo,
S. Mullainathan, "How much should we trust differences-in-differences estimates?", Quarterly Journal
of Economics 119, 2004 (why errors over time). J. Lopez Bernal, S. Cummins, A. Gasparrini,
"Interrupted time series regression for the evaluation of public health interventions",
International Journal of Epidemiology 46, 2017. Errors: `inference.over_time`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.effects.lot import known
from desireline.engine.effects.measured import DOUBTFUL, Measured, Refused
from desireline.engine.effects.query import Query
from desireline.engine.effects.result import Check, Point
from desireline.engine.effects.table import Series, Table, begins
from desireline.engine.inference.least_squares import fitted
from desireline.engine.inference.over_time import (
    Coefficient,
    coefficient,
    memory_of,
    noise_like,
)
from desireline.engine.journeys import F64, I64, Bools

LEAST = 30
"""Comings of each side before, and after: with fewer nothing is said."""
LEAST_BEFORE, LEAST_AFTER = 6, 4
"""Periods of a comparison with a control."""
TREND_BEFORE = 12
"""Periods from which a trend can go on without a control."""
MONTH = 30.0
WEEK = 7


@dataclass(frozen=True, eq=False)
class Line:
    """A figure over periods in which it is known, with the variance of each."""

    number: I64
    y: F64
    variance: F64

    @property
    def after(self) -> Bools:
        """The periods from the change on."""
        return self.number >= 0

    @property
    def enough(self) -> bool:
        """Whether there are periods enough for a comparison with a control."""
        before = int((~self.after).sum())
        return before >= LEAST_BEFORE and len(self.y) - before >= LEAST_AFTER

    def before(self) -> Line:
        """What was before the change."""
        was = ~self.after
        return Line(self.number[was], self.y[was], self.variance[was])


def with_control(table: Table, query: Query) -> Measured | Refused:
    """The effect by difference in differences with a control that is alike."""
    table = table.matched()
    if (refused := too_few(table, (table.reached, ~table.reached))) is not None:
        return refused
    days = WEEK
    line = _difference(table, WEEK)
    if not line.enough:
        days, line = 1, _difference(table, 1)
    if not line.enough:
        return _too_short(line, LEAST_BEFORE, LEAST_AFTER, table)
    trend = _trend(line)
    slope = trend.value * MONTH / days
    place = placebo(line, trending=False)
    before = int((~line.after).sum())
    checks = (Check("pre_trend", trend.p >= DOUBTFUL, trend.p, slope, before), *place)
    if not all(check.passed for check in checks):
        return Refused("unlike_before", checks=checks)
    design = np.column_stack([np.ones(len(line.y)), line.after])
    found = coefficient(design, line.y, 1 / line.variance, 1, known=True)
    return _measured(found, checks, _two_lines(table, line, days, query), days)


def by_date(table: Table, query: Query) -> Measured | Refused:
    """The effect by an interrupted time series: there is nothing but a date."""
    if (refused := too_few(table, (table.reached,))) is not None:
        return refused
    line = _line(table.series(table.reached, WEEK), table)
    before = int((~line.after).sum())
    if before < TREND_BEFORE or len(line.y) - before < LEAST_AFTER:
        return _too_short(line, TREND_BEFORE, LEAST_AFTER, table)
    checks = placebo(line, trending=True)
    if not all(check.passed for check in checks):
        return Refused("unlike_before", checks=checks)
    design = np.column_stack([np.ones(len(line.y)), line.number, line.after]).astype(np.float64)
    found = coefficient(design, line.y, 1 / line.variance, 2, known=True)
    fit = fitted(design, line.y, 1 / line.variance)
    level, slope = fit.coefficients[:2]
    reached = table.series(table.reached, WEEK)
    points = tuple(
        Point(
            begins(int(number), WEEK, query.deployed), int(reached.n[at]), known(reached.mean, at),
            0, float(level + slope * number),
        )
        for at, number in enumerate(reached.number)
    )  # fmt: skip
    return _measured(found, checks, points, WEEK)


def too_few(table: Table, groups: tuple[Bools, ...]) -> Refused | None:
    """The refusal where a group has too few comings before or after."""
    sides = [group & when for group in groups for when in (table.after, ~table.after)]
    short = max(LEAST - table.n(rows) for rows in sides)
    return Refused("too_few", more=short * len(groups)) if short > 0 else None


def placebo(line: Line, *, trending: bool) -> tuple[Check, ...]:
    """Whether a change is found at dates before the change, when there was none.

    The largest of them in their own errors, beside the largest in noise like this.
    """
    was = line.before()
    dates = range(LEAST_AFTER, len(was.y) - LEAST_AFTER + 1)
    if not dates:
        return ()
    weights = 1 / was.variance
    columns = [np.ones(len(was.y)), was.number.astype(np.float64)][: 2 if trending else 1]
    base = fitted(np.column_stack(columns), was.y, weights)
    rows = np.array(
        [_row(np.column_stack([*columns, np.arange(len(was.y)) >= at]), weights) for at in dates]
    )
    size = np.sqrt((rows**2 / weights).sum(axis=1))
    noise = noise_like(base, memory_of(base))
    fits = noise - (noise * weights) @ base.design @ base.bread @ base.design.T
    spread = np.sqrt((fits**2 * weights).sum(axis=1))
    chance = (np.abs(noise @ rows.T) / size).max(axis=1) / spread
    found = rows @ was.y
    spread_seen = np.sqrt(float(weights @ base.residuals**2))
    largest = int(np.argmax(np.abs(found) / size))
    seen = abs(found[largest]) / size[largest] / spread_seen if spread_seen else 0.0
    p = (1 + int((chance >= seen).sum())) / (1 + len(chance))
    return (Check("placebo_dates", p >= DOUBTFUL, p, float(found[largest]), len(dates)),)


def _row(design: F64, weights: F64) -> F64:
    """What the last coefficient takes of each observation."""
    bread = np.linalg.inv((design * weights[:, None]).T @ design)
    found: F64 = (design @ bread[-1]) * weights
    return found


def _trend(line: Line) -> Coefficient:
    """How the figure moved before the change, a period."""
    was = line.before()
    design = np.column_stack([np.ones(len(was.y)), was.number]).astype(np.float64)
    return coefficient(design, was.y, 1 / was.variance, 1)


def _difference(table: Table, days: int) -> Line:
    one, other = (table.series(rows, days) for rows in (table.reached, ~table.reached))
    variance = one.variance + other.variance
    return _line(Series(one.first, one.n, one.mean - other.mean, variance), table)


def _line(series: Series, table: Table) -> Line:
    there = ~np.isnan(series.mean)
    least = table.least_variance() / np.maximum(series.n[there], 1)
    return Line(series.number[there], series.mean[there], np.maximum(series.variance[there], least))


def _too_short(line: Line, before: int, after: int, table: Table) -> Refused:
    """How many more comings until there are periods enough, if they come as they do."""
    was = int((~line.after).sum())
    missing = max(after - (len(line.y) - was), 0) if was >= before else 0
    a_period = table.n(table.after) / max(len(line.y) - was, 1)
    return Refused("too_short", more=round(missing * a_period))


def _two_lines(table: Table, line: Line, days: int, query: Query) -> tuple[Point, ...]:
    """The reached, and the control moved to their level before."""
    one, other = (table.series(rows, days) for rows in (table.reached, ~table.reached))
    was = line.before()
    gap = float(np.average(was.y, weights=1 / was.variance))
    moved = other.mean + gap
    return tuple(
        Point(
            begins(int(number), days, query.deployed), int(one.n[at]), known(one.mean, at),
            int(other.n[at]), known(moved, at),
        )
        for at, number in enumerate(one.number)
    )  # fmt: skip


def _measured(
    found: Coefficient, checks: tuple[Check, ...], series: tuple[Point, ...], days: int
) -> Measured:
    return Measured(
        estimate=found.value, low=found.low, high=found.high, p=found.p, checks=checks,
        series=series, period_days=days,
    )  # fmt: skip
