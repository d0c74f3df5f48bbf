"""Which event types are noise: whether one comes does not depend on where a journey stands."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from desireline.engine.discovery.ways import Ways
from desireline.engine.journeys import F64, Bools

NOISE_BELOW = 0.06
"""Share of its uncertainty that the place must explain; below it an event type is noise.

Measured: noise planted in every gap explains 0.00, noise even in time 0.00 to 0.04; the least
dependent true step of the simulated worlds explains 0.19, of five public logs 0.09."""
TIMED_BELOW = 0.3
"""The same for what is even in time: a step that follows the longest wait looks even in time, but
the step before it explains more than half of it."""
REGULAR = 0.1
"""Share of journeys by which a slot may reach more than if it came by chance."""
FEWEST = 10
"""Events below which nothing is called noise: the estimate is too rough."""


class Dependence(NamedTuple):
    """How much the place explains of whether an event type comes: 0 is noise, 1 is certain."""

    by_step: F64
    """Where noise would come with one chance in each gap between two events."""
    by_time: F64
    """Where noise would come at one rate in time."""

    @property
    def least(self) -> F64:
        """The lower of the two for each slot: noise need only be one of them."""
        return np.minimum(self.by_step, self.by_time)


class _Side(NamedTuple):
    """What stands on one side of the gaps: the left (then `edge` is the start) or the right."""

    gaps: F64
    """Gaps by neighbour."""
    inner: F64
    """Gaps by neighbour that have an event on the other side too."""
    seconds: F64
    """Time in the gaps by neighbour."""
    pairs: F64
    """(k, k): how often a slot (column) stands next to a neighbour (row)."""
    pair_seconds: F64
    edge: F64
    """How often each slot stands at the edge."""
    journeys: float


def dependence(ways: Ways) -> Dependence:
    """The uncertainty coefficient of each slot given its neighbour, the larger of both sides.

    Every event of another slot opens a gap, which slot v fills or leaves empty. With X the slot on
    the left of the gap (or the start), I(v; X) / H(v) is the share of the uncertainty about v that
    X explains (Theil, "On the estimation of relationships involving qualitative variables", 1970),
    corrected for its bias (Miller 1955); the same for the right side (or the end). It is 0 if and
    only if v comes with the same chance everywhere, however frequent it is. `by_time` is the
    divergence from a rate that is even in time, in the same unit.
    """
    sides = _sides(ways)
    both = np.array(
        [[_judged(side, v) for side in sides] for v in range(ways.size)], np.float64
    ).reshape(ways.size, 2, 2)
    return Dependence(both[:, :, 0].max(axis=1), both[:, :, 1].max(axis=1))


def _sides(ways: Ways) -> tuple[_Side, _Side]:
    k = ways.size
    pairs = ways.follows[:k, :k].astype(np.float64)
    events, journeys = ways.events.astype(np.float64), float(ways.journeys)
    starts, ends = ways.starts.astype(np.float64), ways.ends.astype(np.float64)
    after, until = ways.wait.sum(axis=1), ways.wait.sum(axis=0)
    left = _Side(events, events - ends, after, pairs, ways.wait, starts, journeys)
    right = _Side(events, events - starts, until, pairs.T, ways.wait.T, ends, journeys)
    return left, right


def _judged(side: _Side, v: int) -> tuple[float, float]:
    """What one side explains of slot v: by step and by time."""
    others = np.arange(len(side.gaps)) != v
    filled = side.pairs[others, v]
    by_step = min(
        explained(*_with_edge(gaps[others], filled, side, v)) for gaps in (side.gaps, side.inner)
    )
    own = side.seconds[v] * filled / max(side.gaps[v], 1.0)
    by_time = _divergence(side.seconds[others] + own, filled, side.gaps[others].sum())
    edge = explained(
        *_with_edge(np.array([side.gaps[others].sum()]), filled.sum(keepdims=True), side, v)
    )
    return by_step, max(by_time, edge)


def _with_edge(gaps: F64, filled: F64, side: _Side, v: int) -> tuple[F64, F64]:
    """Adds the edge as a kind of gap where v stands there more often than elsewhere.

    Noise may be written only between the events of a journey, so that a lack there tells nothing.
    """
    everywhere = filled.sum() / max(gaps.sum(), 1.0)
    if side.edge[v] <= everywhere * side.journeys:
        return gaps, filled
    return np.append(gaps, side.journeys), np.append(filled, side.edge[v])


def explained(gaps: F64, filled: F64) -> float:
    """I(filled; kind of gap) / H(filled), 0 to 1, for counts by kind; 0 where none varies."""
    seen = gaps > 0
    gaps, filled = gaps[seen], np.minimum(filled[seen], gaps[seen])
    total = gaps.sum()
    chance = filled.sum() / total if total else 0.0
    if not 0 < chance < 1:
        return 0.0
    left = float((gaps * _entropy(filled / gaps)).sum() / total)
    whole = float(_entropy(np.array([chance]))[0])
    bias = (len(gaps) - 1) / (2 * total * np.log(2))
    return float(max(whole - left - bias, 0.0) / whole)


def _entropy(chance: F64) -> F64:
    safe = np.clip(chance, 1e-12, 1 - 1e-12)
    bits: F64 = -(safe * np.log2(safe) + (1 - safe) * np.log2(1 - safe))
    return bits


def _divergence(seconds: F64, filled: F64, gaps: float) -> float:
    """Divergence of the places of v from evenness in time, over the entropy of a rare event.

    1 where there is no time to compare with (all waits 0).
    """
    n, whole = filled.sum(), seconds.sum()
    if n == 0 or whole <= 0:
        return 1.0
    share, even = filled / n, (seconds + 1e-9 * whole) / (whole * (1 + 1e-9 * len(seconds)))
    seen = share > 0
    bits = float((share[seen] * np.log2(share[seen] / even[seen])).sum())
    bias = (len(filled) - 1) / (2 * n * np.log(2))
    return float(max(bits - bias, 0.0) / np.log2(np.e * max(gaps / n, 1.0)))


def is_noise(found: Dependence, ways: Ways) -> Bools:
    """Which slots are noise: their place explains next to nothing of them, by step or by time.

    A slot that is alone has no place among others, and is none. Nor is one that comes about once
    in a journey, more regularly than independent chances would have it (Poisson), whatever its
    place: a step that comes in any order among few others.
    """
    by_step = found.by_step < NOISE_BELOW
    by_time = (found.by_time < NOISE_BELOW) & (found.by_step < TIMED_BELOW)
    each = ways.events / max(ways.journeys, 1)
    regular = ways.reach / max(ways.journeys, 1) - (1 - np.exp(-each)) > REGULAR
    noisy: Bools = (by_step | by_time) & ~regular & (ways.events >= FEWEST) & (ways.size > 1)
    return noisy
