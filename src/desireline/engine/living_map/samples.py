"""A few real journeys behind the figures, some for every touchpoint, always the same ones."""

from __future__ import annotations

import math

import numpy as np

from desireline.engine.analyses.times import iso
from desireline.engine.journeys import Bools, Journeys
from desireline.engine.kernels.living_map import choose_journeys
from desireline.engine.living_map.figures import SampleJourney

MOST_JOURNEYS = 300
MOST_STEPS = 200
"""Visits of a journey that are shown; a note tells where some are not."""


def sample(visits: Journeys, with_outcome: Bools) -> tuple[tuple[SampleJourney, ...], bool]:
    """At most `MOST_JOURNEYS` journeys, and whether some of them are cut at `MOST_STEPS`.

    `visits` are journeys in the words of the map, filtered to the first event of each visit;
    `with_outcome` has one bool a journey. The journeys come from all parts of the log.
    """
    assert visits.mask is not None  # noqa: S101 - relabelled journeys have a mask
    n, codes = len(visits), len(visits.events)
    quota = np.full(codes, max(1, MOST_JOURNEYS // max(codes, 1)), np.int64)
    chosen = np.empty(min(n, MOST_JOURNEYS), np.int64)
    mask = visits.mask
    found = choose_journeys(
        visits.offset,
        visits.code,
        mask.event,
        mask.journey,
        _step(n),
        int(quota.sum()),
        quota,
        chosen,
    )
    numbers = np.sort(chosen[:found]).tolist()
    told = [_journey(visits, j, outcome=bool(with_outcome[j])) for j in numbers]
    cut = any(len(steps) > MOST_STEPS for _, _, steps in told)
    return tuple(
        SampleJourney(id=name, outcome=outcome, steps=tuple(steps[:MOST_STEPS]))
        for name, outcome, steps in told
    ), cut


def by_touchpoint(
    keys: tuple[str, ...], journeys: tuple[SampleJourney, ...]
) -> dict[str, tuple[int, ...]]:
    """For each touchpoint the indexes of the sample journeys that visit it."""
    found: dict[str, list[int]] = {key: [] for key in keys}
    for index, journey in enumerate(journeys):
        for key in dict.fromkeys(key for key, _ in journey.steps):
            found[key].append(index)
    return {key: tuple(indexes) for key, indexes in found.items()}


def _step(n: int) -> int:
    """About 0.618 of `n`, without a common factor: multiples spread evenly (Weyl's sequence)."""
    step = max(1, int(n * 0.6180339887498949))
    while math.gcd(step, n) != 1:
        step += 1
    return step


def _journey(visits: Journeys, j: int, *, outcome: bool) -> tuple[str, bool, list[tuple[str, str]]]:
    assert visits.mask is not None  # noqa: S101
    span = slice(int(visits.offset[j]), int(visits.offset[j + 1]))
    kept = np.flatnonzero(visits.mask.event[span])[: MOST_STEPS + 1] + span.start
    steps = [(visits.events[int(visits.code[i])], iso(int(visits.time[i]))) for i in kept.tolist()]
    return visits.journey_id(j), outcome, steps
