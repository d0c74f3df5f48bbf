"""The kernels of discovery once more, slow and obvious."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from tests.engine.factories import walks_of

from desireline.engine.discovery.slotted import GRAIN, LOG_GRAIN, LONGEST, RECENT
from desireline.engine.journeys import I64, Journeys

Slotted = list[tuple[int, int, float]]
"""One journey: slot, time, value."""
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def types_counted(journeys: Journeys) -> tuple[list[int], list[int]]:
    """Events and journeys of each event type."""
    walks = [[name for name, _ in walk] for walk in walks_of(journeys)]
    events = [sum(walk.count(name) for walk in walks) for name in journeys.events]
    reach = [sum(name in walk for walk in walks) for name in journeys.events]
    return events, reach


def ways_counted(
    journeys: Journeys, slot: I64, k: int, unit: float, burst_us: int
) -> tuple[list[list[list[int]]], list[list[list[int]]], list[list[float]]]:
    """Counts (follows, firsts, bursts), waits, and figures of single slots, as `ways` has them."""
    counts = np.zeros((3, k + 1, k + 1), int)
    waits, single = np.zeros((2, k, k), int), np.zeros((3, k))
    for walk in filter(None, _slotted(journeys, slot)):
        names = [s for s, _, _ in walk]
        counts[0, k, names[0]] += 1
        counts[0, names[-1], k] += 1
        counts[0, k, k] += 1
        _add_followings(walk, unit, counts[0], waits)
        _add_firsts(names, counts[1], single)
        _add_bursts(walk, burst_us, counts[2])
        for s, _, value in walk:
            single[1:, s] += 0 if math.isnan(value) else np.array([value, 1])
    return counts.tolist(), waits.tolist(), single.tolist()


def _add_followings(walk: Slotted, unit: float, follows: Ints, waits: Ints) -> None:
    for (a, start, _), (b, stop, _) in pairwise(walk):
        wait = max(stop - start, 0) / (1e6 * unit)
        follows[a, b] += 1
        waits[0, a, b] += int(math.log1p(wait) * LOG_GRAIN)
        waits[1, a, b] += int(min(wait, LONGEST) * GRAIN)


def _add_firsts(names: list[int], before: Ints, single: Floats) -> None:
    first = {s: names.index(s) for s in set(names)}
    for a, at in first.items():
        before[a, -1] += 1
        single[0, a] += sum(other < at for other in first.values())
        for b, later in first.items():
            before[a, b] += at < later


def _add_bursts(walk: Slotted, burst_us: int, bursts: Ints) -> None:
    for i, (b, stop, _) in enumerate(walk):
        for a, start, _ in reversed(walk[max(i - RECENT, 0) : i]):
            if stop - start > burst_us:
                break
            bursts[a, b] += 1


def furthest_counted(journeys: Journeys, rank: I64, ranks: int) -> list[int]:
    """Journeys by the furthest rank."""
    found = [0] * ranks
    for walk in walks_of(journeys):
        far = max((int(rank[journeys.code_of[name]]) for name, _ in walk), default=-1)
        if far >= 0:
            found[far] += 1
    return found


def _slotted(journeys: Journeys, slot: I64) -> list[Slotted]:
    """Slot, time and value of what a filter leaves of each journey."""
    out = []
    for j in range(len(journeys)):
        walk = []
        for i in range(int(journeys.offset[j]), int(journeys.offset[j + 1])):
            s = int(slot[journeys.code[i]])
            mask = journeys.mask
            kept = mask is None or bool(mask.journey[j] and mask.event[i])
            if s >= 0 and kept:
                value = math.nan if journeys.value is None else float(journeys.value[i])
                walk.append((s, int(journeys.time[i]), value))
        out.append(walk)
    return out
