"""Where one stage ends and the next begins: cuts of the order where the way changes its rhythm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.journeys import F64, I64

MOST, FEWEST = 7, 2
"""Stages of a map, where it has at least SHORT places."""
SHORT = 4
UP = 0.5
"""Nats by which a boundary must stand out from the cuts within both stages that it parts."""
SPREADS = (0.3, 0.45, 0.67, 1.0)
"""Spreads (nats) that scores within a stage are held to have; the best of them is taken."""
WIDE = 3.0
"""Least range (nats) over which the score of a boundary is held to be free."""
LONE = 10.0
"""Nats that a stage of a single place costs; half at either end of the map, where one is common."""
HINT = 0.5
"""Nats by which names may move the score of a cut: enough to break a tie."""
LEAST_BACK, LEAST_LEFT = 0.02, 0.01
"""Shares below which fewer steps back, or fewer who leave, tell nothing more."""


Split = tuple[float, list[int]]
"""The length of a description in nats, and the boundaries."""


@dataclass(frozen=True)
class Cuts:
    """The evidence at each of the m - 1 cuts between m places, in nats: more for a boundary."""

    wait: F64
    """Mean log(1 + seconds) of the steps over the cut, near ones counted most."""
    leave: F64
    """Log of the share that went no further, of those who came so far."""
    stay: F64
    """Minus log of the steps back over the cut for each step forward."""

    @property
    def score(self) -> F64:
        """The sum: log of (longer waits x more leave x fewer return)."""
        return self.wait + self.leave + self.stay


def cuts(follows: F64, log_wait: F64, furthest: I64, reach: F64) -> Cuts:
    """The evidence for a boundary after each place but the last.

    `follows` and `log_wait` (m, m) over the places in order; `furthest` (m,): journeys by the
    furthest place that they came to. A step over several cuts speaks for each, by 1 / span^2.
    """
    m = len(follows)
    start, stop = np.mgrid[0:m, 0:m]
    near = 1.0 / np.maximum(np.abs(stop - start), 1) ** 2
    risk = np.maximum(np.cumsum(furthest[::-1])[::-1], 1)
    wait, stay = np.zeros(m - 1), np.zeros(m - 1)
    for k in range(m - 1):
        on, back = (start <= k) & (stop > k), (start > k) & (stop <= k)
        forward = max((follows * near)[on].sum(), 1e-9)
        wait[k] = (log_wait * near)[on].sum() / forward
        stay[k] = -np.log((follows * near)[back].sum() / forward + LEAST_BACK)
    on_way = np.clip((reach - furthest)[:-1] / np.maximum(risk[1:], 1), 0, 1)
    leave = np.log(on_way * furthest[:-1] / risk[:-1] + LEAST_LEFT)
    return Cuts(wait, leave, stay)


def boundaries(score: F64, hint: F64 | None = None) -> list[int]:
    """Positions in the order at which a new stage begins (0 not among them).

    The scores within a stage are held to be alike (normal, a mean for each stage, one spread),
    those at boundaries higher by UP at least and else free. Among the segmentations into 2 to 7
    stages and the spreads tried, the one with the shortest description in nats (Rissanen 1978; as a
    change-point problem Yao 1988), found by dynamic programming over the last stage (Bellman 1961;
    Fisher 1958). `hint` (+1, 0, -1) is what names say of each cut: it breaks ties, and decides
    alone where there are fewer than SHORT places, too few for the numbers.
    """
    m = len(score) + 1
    hint = np.zeros(m - 1) if hint is None else hint
    if m < SHORT:
        return [int(k) + 1 for k in np.flatnonzero(hint > 0)]
    score = score + HINT * hint
    found = [_shortest(score, spread) for spread in SPREADS]
    return min(found)[1] if found[0][1] else [int(np.argmax(score)) + 1]


def _shortest(score: F64, spread: float) -> Split:
    """The shortest description with this spread, and its boundaries (none: there is no way)."""
    m = len(score) + 1
    mean, cost = _within(score, spread)
    cut = np.append(score, np.inf)
    clear = cut[np.arange(m + 1) - 1][:, None] >= mean.T + UP  # [b, a]: a..b - 1 lies below cut b
    entry = np.where(mean + UP <= cut[np.arange(m + 1) - 1][:, None], cost, np.inf)
    each = float(np.log(max(np.ptp(score), WIDE)))
    best = cost.copy()
    best[1:] = np.inf
    back: list[I64] = []
    whole: Split = (np.inf, [])
    for _ in range(min(MOST, m) - 1):
        reached = np.where(clear.T, best, np.inf)
        back.append(reached.argmin(axis=0))
        best = reached.min(axis=0)[:, None] + entry + each
        best[[0, m]] = np.inf
        last = int(best[:, m].argmin())
        if best[last, m] < whole[0]:
            whole = (float(best[last, m]), _traced(back, last))
    return whole


def _traced(back: list[I64], last: int) -> list[int]:
    """The boundaries up to the one before the last stage, from where each came."""
    begins = [last]
    for came in reversed(back[1:]):
        begins.append(int(came[begins[-1]]))
    return begins[::-1]


def _within(score: F64, spread: float) -> tuple[F64, F64]:
    """Mean of the cuts inside places start..stop - 1, and the nats to describe them (else inf).

    A stage of a single place has no cuts inside: the median of all stands for their mean.
    """
    m = len(score) + 1
    mean, cost = np.full((m + 1, m + 1), np.median(score)), np.full((m + 1, m + 1), np.inf)
    total, squares = np.cumsum([0, *score]), np.cumsum([0, *score**2])
    for start in range(m):
        cost[start, start + 1] = (LONE / 2 if start in {0, m - 1} else LONE) + np.log(m) / 2
        n = np.arange(1, m - start)
        sums = total[start + n] - total[start]
        loss = np.maximum(squares[start + n] - squares[start] - sums**2 / n, 0)
        mean[start, start + 2 :] = sums / n
        cost[start, start + 2 :] = loss / (2 * spread**2) + np.log(m) / 2
        cost[start, start + 2 :] += n * np.log(spread * np.sqrt(2 * np.pi))
    return mean, cost
