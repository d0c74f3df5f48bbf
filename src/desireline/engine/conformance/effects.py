"""What a deviation costs: its journeys against like ones."""

from __future__ import annotations

from collections import Counter

import numpy as np

from desireline.engine.conformance.counting import Counts, What
from desireline.engine.conformance.result import Effect
from desireline.engine.differences.intervals import at_once, more_of_shares
from desireline.engine.inference.strata import Matched, matched
from desireline.engine.kernels.deviations import MISSING

__all__ = ["effects_of"]


ROUNDING = 1e-12
"""Differences below this come of adding up weights."""


def effects_of(counts: Counts, block_of: dict[str, int]) -> dict[What, Effect]:
    """The effect of each deviation for which there are like journeys, tested all at once.

    `block_of` says in which block of the plan a touchpoint stands.
    """
    strata: dict[What, dict[tuple[int, str], tuple[int, int]]] = {}
    for (what, block, channel), n in counts.strata.items():
        reached = counts.strata_reached[what, block, channel]
        strata.setdefault(what, {})[block, channel] = (n, reached)
    alike = {
        what: found
        for what, mine in strata.items()
        if (found := _matched(what, mine, counts, block_of)) is not None
    }
    levels = at_once([found.found.p for found in alike.values()])
    return {what: _effect(found, q) for (what, found), q in zip(alike.items(), levels, strict=True)}


def _matched(
    what: What,
    mine: dict[tuple[int, str], tuple[int, int]],
    counts: Counts,
    block_of: dict[str, int],
) -> Matched | None:
    mine, all_of, reached_of = _like(what, mine, counts, block_of)
    rows = np.array(
        [
            (many, had, all_of[stratum] - many, reached_of[stratum] - had)
            for stratum, (many, had) in mine.items()
        ],
        np.int64,
    ).reshape(-1, 4)
    return matched(*rows.T)


def _like(
    what: What,
    mine: dict[tuple[int, str], tuple[int, int]],
    counts: Counts,
    block_of: dict[str, int],
) -> tuple[
    dict[tuple[int, str], tuple[int, int]], Counter[tuple[int, str]], Counter[tuple[int, str]]
]:
    """The strata of a deviation, and who is in them: of what is missing, all that got beyond."""
    if what.kind != MISSING:
        return mine, counts.stood, counts.stood_reached
    block, moved = block_of[what.name], dict[tuple[int, str], tuple[int, int]]()
    for (_, channel), (n, reached) in mine.items():
        before = moved.get((block, channel), (0, 0))
        moved[block, channel] = (before[0] + n, before[1] + reached)
    return moved, counts.beyond, counts.beyond_reached


def _effect(alike: Matched, q: float) -> Effect:
    one, other, found = alike.one, alike.other, alike.found
    return Effect(
        n=one.n,
        like=alike.like,
        with_deviation=one.value,
        without=other.value,
        difference=found.difference,
        low=found.low,
        high=found.high,
        q=q,
        more=more_of_shares(one, other) if q > 0.05 and abs(found.difference) > ROUNDING else 0,
    )
