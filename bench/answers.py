"""Whether two sides gave the same answer. A difference stops the benchmark."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MEAN_TOLERANCE = 1e-9
"""Relative. Peers add up in floating point; ours adds up whole numbers."""
RANK_TOLERANCE = 0.02
"""A t-digest promises no bound; this is what a quantile's rank may miss, beside whole ranks."""
RANKS_BESIDE = 2
"""Ranks that a quantile may miss anyway: with a few waits, one rank is more than 2 %."""
QUANTILES = (0.5, 0.9)


class AnswersDiffer(Exception):
    """Two sides do not agree on what they were asked."""


Row = Sequence[Any]
"""From, to, count, then seconds as far as they are told: mean, p50, p90."""


def same_pairs(who: str, ours: Sequence[Row], theirs: Sequence[Row]) -> dict[str, Any]:
    """How close two lists of transitions are: counts must be equal, means too up to rounding.

    Raises AnswersDiffer. Means are compared where both sides tell them.
    """
    a, b = ({(r[0], r[1]): r[2:] for r in rows} for rows in (ours, theirs))
    if a.keys() != b.keys():
        odd = min(a.keys() ^ b.keys())
        raise AnswersDiffer(f"{who}: the transition {odd} is known to one side only.")
    worst = 0.0
    for pair, (n, *seconds) in a.items():
        m, *others = b[pair]
        if n != m:
            raise AnswersDiffer(f"{who}: {pair} was counted {n} times by us and {m} times there.")
        if seconds and others:
            worst = max(worst, abs(seconds[0] - others[0]) / max(abs(seconds[0]), 1e-300))
            if not math.isclose(seconds[0], others[0], rel_tol=MEAN_TOLERANCE, abs_tol=1e-12):
                raise AnswersDiffer(
                    f"{who}: {pair} takes {seconds[0]} s by us, {others[0]} s there."
                )
    return {"pairs": len(a), "worst_mean_error": worst}


def same_counts(who: str, ours: Sequence[int], theirs: Sequence[int]) -> dict[str, Any]:
    """The counts, which must be equal. Raises AnswersDiffer."""
    if list(ours) != list(theirs):
        raise AnswersDiffer(f"{who}: we count {list(ours)}, they count {list(theirs)}.")
    return {"counts": list(ours)}


@dataclass(frozen=True, slots=True)
class ExactWaits:
    """All waits of each pair, sorted, in seconds: against these every quantile is judged."""

    of: Mapping[tuple[str, str], NDArray[np.float64]]

    @classmethod
    def from_arrays(
        cls,
        person: NDArray[np.int64],
        time: NDArray[np.int64],
        code: NDArray[np.uint16],
        names: Sequence[str],
    ) -> ExactWaits:
        """From events in the order of (person, time), by sorting: slow and obvious."""
        follows = person[1:] == person[:-1]
        pair = (code[:-1].astype(np.int64) * len(names) + code[1:])[follows]
        wait = np.diff(time)[follows]
        order = np.lexsort((wait, pair))
        pair, wait = pair[order], wait[order]
        found, start = np.unique(pair, return_index=True)
        parts = np.split(wait / 1e6, start[1:])
        keys = [(names[p // len(names)], names[p % len(names)]) for p in found.tolist()]
        return cls(dict(zip(keys, parts, strict=True)))

    def relative_error(self, who: str, rows: Sequence[Row], stated: float) -> float:
        """The largest relative error of the quantiles. Raises AnswersDiffer above `stated`."""
        worst = 0.0
        for a, b, _, _, *told in rows:
            exact = np.quantile(self.of[a, b], QUANTILES)
            worst = max(worst, float(np.max(np.abs(np.array(told) - exact) / exact)))
        if worst > stated:
            raise AnswersDiffer(f"{who}: a quantile is {worst:.2%} off, more than {stated:.2%}.")
        return worst

    def rank_error(self, who: str, rows: Sequence[Row]) -> float:
        """How far from its rank the worst quantile lies, as a share. Raises AnswersDiffer."""
        worst = 0.0
        for a, b, n, _, *told in rows:
            for q, value in zip(QUANTILES, told, strict=True):
                low, high = (
                    np.searchsorted(self.of[a, b], value * f) for f in (1 - 1e-6, 1 + 1e-6)
                )
                rank = q * (n - 1)
                missed = max(low - rank - RANKS_BESIDE, rank - high - RANKS_BESIDE + 1, 0.0) / n
                worst = max(worst, float(missed))
        if worst > RANK_TOLERANCE:
            raise AnswersDiffer(f"{who}: a quantile misses its rank by {worst:.2%}.")
        return worst
