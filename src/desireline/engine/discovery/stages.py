"""Where one stage ends and the next begins: cuts of the order where the way changes its rhythm."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from desireline.engine.journeys import F64, I64

MOST, FEWEST = 7, 2
"""Stages of a map, where it has at least SHORT places."""
SHORT = 4
UP = 0.5
"""Nats by which a boundary must stand out from the cuts within both stages that it parts."""
SPREAD = (0.3, 1.0)
"""Least and most spread (nats) that scores within a stage are held to have."""
LONE = 3.0
"""Nats that a stage of a single place costs; half at either end of the map, where one is common."""
HINT = 0.5
"""Nats by which names may move the score of a cut: enough to break a tie."""
LEAST_BACK, LEAST_LEFT = 0.02, 0.01
"""Shares below which fewer steps back, or fewer who leave, tell nothing more."""


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
    stages, the one with the shortest description (Rissanen 1978; as a change-point problem Yao
    1988): for each number of stages the least squares by dynamic programming (Bellman 1961; Fisher
    1958), then the number. `hint` (+1, 0, -1) is what names say of each cut: it breaks ties, and
    decides alone where there are fewer than SHORT places, too few for the numbers.
    """
    m = len(score) + 1
    hint = np.zeros(m - 1) if hint is None else hint
    if m < SHORT:
        return [int(k) + 1 for k in np.flatnonzero(hint > 0)]
    score = score + HINT * hint
    options = [_described(score, found) for found in _best_splits(score) if found]
    return min(options)[1] if options else [int(np.argmax(score)) + 1]


def _described(score: F64, found: tuple[float, list[int]]) -> tuple[float, list[int]]:
    """The length in nats of the scores under a segmentation, and its boundaries."""
    loss, begins = found
    m, count = len(score) + 1, len(begins) + 1
    inner = m - count
    spread = float(np.clip(np.sqrt(loss / max(inner, 1)), *SPREAD))
    fit = inner * np.log(spread * np.sqrt(2 * np.pi)) + loss / (2 * spread**2)
    free = (count - 1) * np.log(max(np.ptp(score), 3.0))
    lone = sum(b - a == 1 for a, b in pairwise(begins))
    lone_ends = (begins[0] == 1) + (begins[-1] == m - 1)
    return float(fit + free + count / 2 * np.log(m) + LONE * (lone + lone_ends / 2)), begins


def _best_splits(score: F64) -> list[tuple[float, list[int]] | None]:
    """For 2 to 7 stages: the least loss (sum of squares within stages), and the boundaries."""
    m = len(score) + 1
    mean, loss = _within(score)
    usual = float(np.median(score))
    best: dict[tuple[int, int], tuple[float, list[int]]] = {
        (0, stop): (loss[0, stop], []) for stop in range(1, m + 1)
    }
    results: list[tuple[float, list[int]] | None] = []
    for _ in range(min(MOST, m) - 1):
        best = _one_more(score, best, mean, loss, usual)
        ends = [found for (_, stop), found in best.items() if stop == m]
        results.append(min(ends) if ends else None)
    return results


def _within(score: F64) -> tuple[F64, F64]:
    """Mean and sum of squares of the cuts inside places start..stop - 1 (mean NaN if none)."""
    m = len(score) + 1
    mean, loss = np.full((m + 1, m + 1), np.nan), np.zeros((m + 1, m + 1))
    for start in range(m):
        for stop in range(start + 2, m + 1):
            part = score[start : stop - 1]
            mean[start, stop] = part.mean()
            loss[start, stop] = ((part - mean[start, stop]) ** 2).sum()
    return mean, loss


def _one_more(
    score: F64,
    best: dict[tuple[int, int], tuple[float, list[int]]],
    mean: F64,
    loss: F64,
    usual: float,
) -> dict[tuple[int, int], tuple[float, list[int]]]:
    """The best segmentations with one stage more, by the last stage (start, stop)."""
    m = len(score) + 1
    found: dict[tuple[int, int], tuple[float, list[int]]] = {}
    for (start, middle), (cost, begins) in best.items():
        if middle == m:
            continue
        before = usual if np.isnan(mean[start, middle]) else mean[start, middle]
        if score[middle - 1] < before + UP:
            continue
        for stop in range(middle + 1, m + 1):
            after = usual if np.isnan(mean[middle, stop]) else mean[middle, stop]
            option = (cost + loss[middle, stop], [*begins, middle])
            if score[middle - 1] >= after + UP and option < found.get((middle, stop), (np.inf, [])):
                found[middle, stop] = option
    return found
