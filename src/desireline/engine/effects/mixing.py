"""A synthetic control: the mixture of other units that went along with the reached one before.

Weights are not negative and sum to one; levels may differ, only movements are matched; a small
penalty keeps the mixture from following noise. The same is done for every other unit as if the
change had come there: how large those effects are says what chance does.

Sources: A. Abadie, A. Diamond, J. Hainmueller, "Synthetic control methods for comparative case
studies", Journal of the American Statistical Association 105, 2010 (weights, permutation over
units). N. Doudchenko, G. Imbens, "Balancing, regression, difference-in-differences and synthetic
control methods", NBER 22791, 2016 (levels may differ). D. Arkhangelsky, S. Athey, D. Hirshberg,
G. Imbens, S. Wager, "Synthetic difference-in-differences", American Economic Review 111, 2021
(the penalty; the variance from placebo units, algorithm 4).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from desireline.engine.effects.lot import known
from desireline.engine.effects.measured import Measured, Refused
from desireline.engine.effects.over_time import LEAST_AFTER, LEAST_BEFORE, too_few
from desireline.engine.effects.query import Query
from desireline.engine.effects.result import Check, Point, Weight
from desireline.engine.effects.table import Table, begins
from desireline.engine.journeys import F64, Bools

LEAST_UNITS = 10
"""Other units from which the program takes this way by itself: with fewer, chance is not known."""
WEEK = 7
STEPS = 2_000
NEAR = 1e-9
TOLD = 8
RARE = 0.05
"""Where a change is found, at most such a share of units may show one as large: or none, if few."""
FAR_OFF = 2.0
"""So many times worse than the worst of the other units, a mixture does not fit."""


@dataclass(frozen=True, eq=False)
class Panel:
    """Means of units (rows) by period (columns): the reached first. `n` are the comings behind."""

    names: tuple[str, ...]
    first: int
    mean: F64
    n: F64
    spread: float
    """The variance of one coming."""

    @property
    def after(self) -> Bools:
        """The periods from the change on."""
        return np.arange(self.first, self.first + self.mean.shape[1]) >= 0


def panel(table: Table) -> Panel:
    """The units that have comings in every period in which the reached have."""
    rows = [table.reached]
    names = [""]
    for number, name in enumerate(table.units):
        mine = ~table.reached & (table.unit == number)
        if name and mine.any():
            rows.append(mine)
            names.append(name)
    series = [table.series(mine, WEEK) for mine in rows]
    n = np.array([one.n for one in series])
    full = _whole_periods(table)
    there = full & (n[0] > 0)
    held: Bools = n[:, there].min(axis=1, initial=np.inf) > 0
    total = table.sums[:, 0].sum()
    spread = table.sums[:, 2].sum() / total - (table.sums[:, 1].sum() / total) ** 2
    mean = np.array([one.mean for one in series])
    first = int(series[0].number[np.argmax(there)]) if there.any() else 0
    names = [name for name, holds in zip(names, held, strict=True) if holds]
    return Panel(tuple(names), first, mean[held][:, there], n[held][:, there], float(spread))


def _whole_periods(table: Table) -> Bools:
    """All periods but the first and the last, of which the log may hold a part only."""
    first, stop = table.periods(WEEK)
    whole = np.ones(stop - first, np.bool_)
    if len(whole) > 2:
        whole[0] = whole[-1] = False
    return whole


def by_mixture(table: Table, query: Query) -> Measured | Refused:
    """The effect by a synthetic control of other units."""
    if (refused := too_few(table, (table.reached, ~table.reached))) is not None:
        return refused
    found = panel(table)
    after = found.after
    before = int((~after).sum())
    if before < LEAST_BEFORE or int(after.sum()) < LEAST_AFTER:
        return Refused("too_short")
    if len(found.names) - 1 < LEAST_UNITS:
        return Refused("nobody_compared")
    alone = _against(found, 0, range(1, len(found.names)))
    placebos = [
        _against(found, unit, [u for u in range(1, len(found.names)) if u != unit])
        for unit in range(1, len(found.names))
    ]
    chance = np.array([one.effect / one.error for one in placebos])
    scale = math.sqrt(float((chance**2).mean()))
    half = _t(len(chance)) * scale * alone.error
    seen = alone.effect / alone.error
    rank = (1 + int((np.abs(chance) >= abs(seen)).sum())) / (1 + len(chance))
    worst = max(one.fit / one.error for one in placebos)
    found_it = abs(seen) > half / alone.error
    return Measured(
        estimate=alone.effect,
        low=alone.effect - half,
        high=alone.effect + half,
        p=_p(abs(seen) / scale, len(chance)) if scale else 1.0,
        checks=(
            Check(
                name="placebo_units",
                passed=rank <= max(RARE, 1 / (1 + len(chance))) or not found_it,
                p=rank,
                value=None,
                of=len(chance),
            ),
            Check(
                name="fit",
                passed=alone.fit / alone.error <= FAR_OFF * worst,
                p=None,
                value=alone.fit,
                of=before,
            ),
        ),
        series=_points(found, alone, query),
        weights=_told(found, alone.weights),
        period_days=WEEK,
    )


@dataclass(frozen=True, eq=False)
class _Against:
    """A unit beside its mixture."""

    effect: float
    error: float
    """What the effect would vary if comings were all that varied."""
    fit: float
    weights: F64
    """One a unit of the panel, 0 for itself."""


def _against(panel: Panel, unit: int, others: list[int] | range) -> _Against:
    after, pool = panel.after, np.array(list(others))
    before = ~after
    y, others_y = panel.mean[unit], panel.mean[pool]
    moved = y[before] - y[before].mean()
    moved_others = others_y[:, before] - others_y[:, before].mean(axis=1, keepdims=True)
    jumps = np.diff(others_y[:, before], axis=1)
    penalty = math.sqrt(float(after.sum())) * float(jumps.var()) * float(before.sum())
    shares = mixture(moved, moved_others.T, penalty)
    gap = y - shares @ others_y
    at = panel.n[unit]
    effect = _mean(gap, at, after) - _mean(gap, at, before)
    variance = sum(panel.spread / panel.n[unit][side].sum() for side in (before, after))
    for share, other in zip(shares, pool, strict=True):
        variance += share**2 * sum(panel.spread / panel.n[other][s].sum() for s in (before, after))
    left = gap[before] - gap[before].mean()
    weights = np.zeros(len(panel.names))
    weights[pool] = shares
    fit = math.sqrt(float((left**2).mean()))
    return _Against(float(effect), math.sqrt(float(variance)), fit, weights)


def mixture(y: F64, columns: F64, penalty: float) -> F64:
    """The shares of the columns, none negative and together 1, that come nearest to `y`.

    Minimises |y - columns w|^2 + penalty |w|^2 by projected gradient steps with momentum (A. Beck,
    M. Teboulle, "A fast iterative shrinkage-thresholding algorithm", SIAM Journal on Imaging
    Sciences 2, 2009).
    """
    k = columns.shape[1]
    cross = columns.T @ columns + penalty * np.eye(k)
    aim, step = columns.T @ y, 1 / max(float(np.linalg.norm(cross, 2)), 1e-300)
    shares = ahead = np.full(k, 1 / k)
    pace = 1.0
    for _ in range(STEPS):
        moved = _to_shares(ahead - step * (cross @ ahead - aim))
        faster = (1 + math.sqrt(1 + 4 * pace * pace)) / 2
        ahead = moved + (pace - 1) / faster * (moved - shares)
        near = float(np.abs(moved - shares).max()) < NEAR
        shares, pace = moved, faster
        if near:
            break
    return shares


def _to_shares(v: F64) -> F64:
    """The nearest point with no negative entry and sum 1 (J. Duchi and others, ICML 2008)."""
    falling = np.sort(v)[::-1]
    over = (np.cumsum(falling) - 1) / np.arange(1, len(v) + 1)
    found: F64 = np.maximum(v - over[np.flatnonzero(falling > over)[-1]], 0.0)
    return found


def _mean(values: F64, n: F64, which: Bools) -> float:
    return float(values[which] @ n[which] / n[which].sum())


def _points(panel: Panel, found: _Against, query: Query) -> tuple[Point, ...]:
    mixed = found.weights @ panel.mean
    before = ~panel.after
    gap = _mean(panel.mean[0] - mixed, panel.n[0], before)
    n = panel.n[found.weights > 0].sum(axis=0)
    return tuple(
        Point(
            begins(panel.first + at, WEEK, query.deployed), int(panel.n[0][at]),
            known(panel.mean[0], at), int(n[at]), float(mixed[at] + gap),
        )
        for at in range(panel.mean.shape[1])
    )  # fmt: skip


def _told(panel: Panel, weights: F64) -> tuple[Weight, ...]:
    order = sorted(range(len(weights)), key=lambda u: (-weights[u], panel.names[u]))[:TOLD]
    return tuple(Weight(panel.names[u], float(weights[u])) for u in order if weights[u] > 0.005)


def _t(degrees: int) -> float:
    """The 97.5th percentile of Student's distribution."""
    from scipy.special import stdtrit  # noqa: PLC0415 - not on the way to the map (50 ms)

    return float(stdtrit(degrees, 0.975))


def _p(t: float, degrees: int) -> float:
    """How often Student's distribution gives as much, on either side."""
    from scipy.special import stdtr  # noqa: PLC0415 - not on the way to the map

    return float(2 * stdtr(degrees, -t))
