"""Which touchpoint is the outcome: what the journey is for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.discovery import lexicon
from desireline.engine.discovery.ways import Ways
from desireline.engine.journeys import F64, Bools

OVER = 0.1
"""Share of journeys that may go on to something later, after an end of the way."""
VALUED_FEW = 0.5
"""A value tells the outcome only where fewer than half of the touchpoints carry one."""
VALUED = 0.5
"""Share of a touchpoint's events that must have a value."""
BEGINS = 0.5
"""A touchpoint with which more of its journeys begin is no goal, unless there is no other."""
COMMON = 0.5
"""Least reach of a candidate, as a share of that of the most common candidate."""
PASSED = 0.9
"""Share of all journeys from which on a touchpoint is a step that all take: it tells none apart."""
ONWARD = 0.5
"""Share of them that must go on to a later goal, so that the step is one toward it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The slots of the outcome (several where they stand for each other), and why."""

    slots: tuple[int, ...]
    reason: str


def outcome(
    ways: Ways, places: list[list[int]], alike: Bools, names: list[tuple[str, ...]]
) -> Chosen | None:
    """The outcome among the slots in their places; None without any.

    The first rule that finds one decides: 1. touchpoints with a value, where only few have one:
    the most common whose name speaks of a goal, else the latest; but none that nearly all journeys
    pass on the way to a later one whose name speaks of a goal. 2. names that speak of a goal at an
    end or in the second half of the way, the most common. 3. other ends of the way, the most
    common. An end of the way is a touchpoint after which at most a tenth of its journeys go on to a
    later one. Where journeys begin, and what names call a failure, is no goal while there is
    another. Alternatives of the one found, (k, k) `alike`, belong to the outcome too if the same
    rule speaks for them.
    """
    order = [slot for place in places for slot in place]
    if not order:
        return None
    usable = ways.starts <= BEGINS * ways.reach
    usable &= [not any(map(lexicon.misses, names[s])) for s in range(ways.size)]
    speaks = usable & [any(map(lexicon.reaches, names[s])) for s in range(ways.size)]
    valued, ending = _valued(ways) & usable & ~_passed(ways, order, speaks), _ending(ways, order)
    late = np.isin(np.arange(ways.size), order[len(order) // 2 :])
    rules = (
        (valued & speaks, "It carries the value, and its name speaks of a goal reached."),
        (valued, "It carries the value, which few touchpoints do."),
        ((ending | late) & speaks, "It comes late, and its name speaks of a goal reached."),
        (ending & usable, "It is the most common end of the way: hardly anything comes after it."),
        (ending, "It is the most common end of the way: hardly anything comes after it."),
    )
    among, reason = next((among, why) for among, why in rules if among.any())
    by_value = among is rules[1][0]
    best = (_latest if by_value else _most_reached)(ways, order, among)
    more = [s for s in order if s != best and among[s] and alike[best, s]]
    return Chosen((best, *more), reason)


def _latest(ways: Ways, order: list[int], among: Bools) -> int:
    common = among & (ways.reach >= COMMON * ways.reach[among].max())
    return [slot for slot in order if common[slot]][-1]


def _valued(ways: Ways) -> Bools:
    carries = ways.value_count >= VALUED * np.maximum(ways.events, 1)
    few = 0 < carries.sum() < max(VALUED_FEW * ways.size, 1.5)
    found: Bools = carries & (ways.value_sum > 0) & few
    return found


def _passed(ways: Ways, order: list[int], speaks: Bools) -> Bools:
    """Slots that nearly all journeys meet, most before a later one that speaks of a goal."""
    onward = np.zeros(ways.size)
    for at, slot in enumerate(order):
        goals = [later for later in order[at + 1 :] if speaks[later]]
        onward[slot] = ways.before[slot, goals].max(initial=0)
    found: Bools = (ways.reach >= PASSED * ways.journeys) & (onward >= ONWARD * ways.reach)
    return found


def _ending(ways: Ways, order: list[int]) -> Bools:
    """Slots after which at most OVER of their journeys meet a later slot for the first time."""
    onward = np.zeros(ways.size)
    for at, slot in enumerate(order[:-1]):
        onward[slot] = ways.before[slot, order[at + 1 :]].max()
    found: Bools = onward <= OVER * np.maximum(ways.reach, 1)
    return found


def _most_reached(ways: Ways, order: list[int], among: Bools) -> int:
    reach: F64 = np.where(among, ways.reach, -1).astype(np.float64)
    return max(order, key=lambda slot: reach[slot])
