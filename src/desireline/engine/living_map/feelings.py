"""How people felt at each touchpoint: the marks that they gave there, from -2 to +2."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.journeys import F64
from desireline.engine.living_map.figures import Emotion
from desireline.engine.marks import SCORES, marks, scale_of
from desireline.engine.telling import Told

N, SUM, JOURNEYS, N_N, N_SUM, SUM_SUM = range(6)
"""Marks, their sum, journeys with any; and over these journeys the sums of the squares of how many
each gave, of their products with what each gave together, and of the squares of that."""
LOWEST, HIGHEST, ODD = range(3)
"""The lowest mark, the highest, and how many marks are no halves."""


@dataclass(frozen=True, eq=False)
class Given:
    """The marks of a shard."""

    sums: F64
    """`sums[touchpoint, property of SCORES, N .. SUM_SUM]`."""
    bounds: F64
    """`bounds[touchpoint, property, LOWEST .. ODD]`."""

    def merge(self, other: Given) -> Given:
        """Both together."""
        both = _widest(np.stack([self.bounds, other.bounds]))
        return Given(self.sums + other.sums, both)


def _widest(bounds: F64) -> F64:
    """Bounds that hold all along the first axis."""
    lowest, highest = bounds[..., LOWEST].min(axis=0), bounds[..., HIGHEST].max(axis=0)
    return np.stack([lowest, highest, bounds[..., ODD].sum(axis=0)], axis=-1)


def given(told: Told, n_touchpoints: int) -> Given:
    """The marks at touchpoints of the journeys of a shard."""
    sums: F64 = np.zeros((n_touchpoints, len(SCORES), 6))
    bounds: F64 = np.tile([np.inf, -np.inf, 0.0], (n_touchpoints, len(SCORES), 1))
    walked, offset = told.journeys, told.journeys.offset
    assert walked.mask is not None  # noqa: S101 - telling sets it
    for number, name in enumerate(SCORES):
        column = marks(told.log.columns.get(name))
        if column is None:
            continue
        at = np.flatnonzero(walked.mask.event & ~np.isnan(column))
        if not len(at):
            continue
        mark = column[at]
        place = walked.code[at].astype(np.int64)
        np.minimum.at(bounds[:, number, LOWEST], place, mark)
        np.maximum.at(bounds[:, number, HIGHEST], place, mark)
        np.add.at(bounds[:, number, ODD], place, mark * 2 % 1 != 0)
        journey = np.searchsorted(offset, at, side="right") - 1
        pair, which = np.unique(place * len(offset) + journey, return_inverse=True)
        n, total = np.bincount(which).astype(np.float64), np.bincount(which, mark)
        of_journeys = (n, total, np.ones(len(n)), n * n, n * total, total * total)
        for what, values in enumerate(of_journeys):
            sums[:, number, what] = np.bincount(pair // len(offset), values, n_touchpoints)
    return Given(sums, bounds)


def emotions(found: Given) -> tuple[Emotion | None, ...]:
    """How people felt at each touchpoint; None where nobody gave a mark.

    Of several properties with marks the one that was given most there. The scale is that of the
    marks there: one name may stand for stars and for a question from 0 to 10. Where all gave the
    same mark it is that of all touchpoints. The interval is that of a
    mean over clusters, the journeys, by the t distribution (J. M. Wooldridge, "Cluster-Sample
    Methods in Applied Econometrics", American Economic Review 93, 2003); None for one journey.
    """
    if not len(found.sums):
        return ()
    anywhere = [_scale(*bounds) for bounds in _widest(found.bounds).tolist()]
    told: list[Emotion | None] = []
    for sums, bounds in zip(found.sums, found.bounds.tolist(), strict=True):
        here = [_scale(*one) or other for one, other in zip(bounds, anywhere, strict=True)]
        known = np.array([scale is not None for scale in here])
        chosen = int(np.argmax(np.where(known, sums[:, N], 0.0)))
        scale = here[chosen]
        told.append(None if scale is None or not sums[chosen, N] else _emotion(sums[chosen], scale))
    return tuple(told)


def _scale(lowest: float, highest: float, odd: float) -> tuple[float, float] | None:
    return scale_of(lowest, highest) if odd == 0 and lowest <= highest else None


def _emotion(sums: F64, scale: tuple[float, float]) -> Emotion:
    n, total, journeys, n_n, n_sum, sum_sum = sums.tolist()
    begin, end = scale
    mean = total / n
    felt = -2 + 4 * (mean - begin) / (end - begin)
    if journeys < 2:
        return Emotion(n=int(n), mean=felt, low=None, high=None)
    from scipy.special import stdtrit  # noqa: PLC0415 - not on the way to a map without marks

    spread = max(sum_sum - 2 * mean * n_sum + mean * mean * n_n, 0.0)
    error = 4 / (end - begin) * np.sqrt(spread * journeys / (journeys - 1)) / n
    half = float(stdtrit(journeys - 1, 0.975)) * float(error)
    return Emotion(n=int(n), mean=felt, low=max(felt - half, -2.0), high=min(felt + half, 2.0))
