"""From journeys to the draft: sift, group, order, cut into stages, find the outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from desireline.engine.discovery import lexicon, naming, ways
from desireline.engine.discovery.counts import Counts
from desireline.engine.discovery.draft import Draft, FoundOutcome, FoundTouchpoint, LeftOutType
from desireline.engine.discovery.order import consensus, contradicted
from desireline.engine.discovery.outcome import outcome
from desireline.engine.discovery.sifting import Sifted, sifted
from desireline.engine.discovery.stages import Cuts, boundaries, cuts
from desireline.engine.discovery.thinning import OPTIONAL, crowded, thinned
from desireline.engine.discovery.together import (
    alternatives,
    any_order,
    echoes,
    has_fine_time,
    joined,
    places,
)
from desireline.engine.discovery.ways import Ways
from desireline.engine.journeys import I64, Bools, Journeys

LAID = 64
"""Groups of event types that are put in order; a map shows fewer, chosen when all have a place."""
AT_ONCE = 0.03
"""Share of the median wait below which a wait counts as none."""
REPEATABLE = 1.1
"""Events a journey with the touchpoint from which on it is repeatable."""


@dataclass(frozen=True)
class Laid:
    """Groups of event types laid out along the way."""

    groups: list[tuple[int, ...]]
    ways: Ways
    places: list[list[int]]
    """Slots (indexes into `groups`) by place."""
    furthest: I64
    """Journeys by the furthest place that they came to."""
    alike: Bools
    """(k, k): alternatives of each other."""

    @property
    def order(self) -> list[int]:
        """The slots in order."""
        return [slot for place in self.places for slot in place]


def find(journeys: Journeys, touchpoints: int = 40) -> Draft:
    """The draft of the map of the journeys, as plain data, with at most so many touchpoints."""
    counts = Counts(journeys, max(ways.usual_wait(journeys) * AT_ONCE, 1e-6))
    found = sifted(counts)
    groups, crowded = _roomy(counts, found, _with_echoes(counts, found))
    found = replace(found, left_out=(*found.left_out, *crowded))
    return thinned(_draft(journeys, _laid(counts, groups), found), touchpoints)


def _with_echoes(counts: Counts, found: Sifted) -> list[tuple[int, ...]]:
    one_act = echoes(counts.of(found.groups), fine_time=has_fine_time(counts.journeys))
    return joined(found.groups, one_act)


def _laid(counts: Counts, groups: list[tuple[int, ...]]) -> Laid:
    journeys, stats = counts.journeys, counts.of(groups)
    order = consensus(stats.before, stats.depth, stats.reach)
    rank = np.full(len(journeys.events), -1)
    for at, slot in enumerate(order):
        rank[list(groups[slot])] = at
    furthest = ways.furthest(journeys, rank, len(order))
    passed = np.zeros(stats.size, np.int64)
    passed[order] = np.cumsum(furthest[::-1])[::-1]
    alike = alternatives(stats, passed)
    found = places(order, alike, any_order(stats), stats.reach)
    first = np.cumsum([0, *(len(place) for place in found)])[:-1]
    by_place = np.add.reduceat(furthest, first) if found else furthest
    return Laid(groups, stats, found, by_place, alike)


def _roomy(
    counts: Counts, found: Sifted, groups: list[tuple[int, ...]]
) -> tuple[list[tuple[int, ...]], list[LeftOutType]]:
    """The groups with the most journeys, at most LAID of them, and the types of the others."""
    reach = [int(found.reach[list(group)].max()) for group in groups]
    rank = sorted(range(len(groups)), key=lambda g: (-reach[g], g))
    out = [v for g in rank[LAID:] for v in groups[g]]
    names, events, journeys = counts.journeys.events, found.events, found.reach
    left = [crowded(names[v], int(journeys[v]), int(events[v])) for v in out]
    return [groups[g] for g in sorted(rank[:LAID])], left


def _draft(journeys: Journeys, laid: Laid, found: Sifted) -> Draft:
    evidence, begins = _cut(journeys, laid)
    touchpoints = _touchpoints(journeys, laid, begins, found)
    names = [tuple(journeys.events[v] for v in group) for group in laid.groups]
    chosen = outcome(laid.ways, laid.places, laid.alike, names)
    result = None
    if chosen is not None:
        goals = tuple(name for slot in chosen.slots for name in names[slot])
        reached = _with_any(journeys, goals)
        result = FoundOutcome(goals, reached, chosen.reason)
    events = sum(left.count for left in found.left_out)
    mapped = int(laid.ways.events.sum())
    return Draft(
        touchpoints=touchpoints,
        stages=naming.named_stages(touchpoints, evidence, begins),
        outcome=result,
        left_out=found.left_out,
        contradicted=contradicted(laid.ways.before, laid.order),
        journeys=found.journeys,
        events=mapped + events,
        mapped_events=mapped,
    )


def _with_any(journeys: Journeys, names: tuple[str, ...]) -> int:
    """Journeys with at least one event of these names."""
    rank = np.full(len(journeys.events), -1)
    rank[[journeys.code_of[name] for name in names]] = 0
    return int(ways.furthest(journeys, rank, 1)[0])


def _cut(journeys: Journeys, laid: Laid) -> tuple[Cuts | None, list[int]]:
    """The evidence at the cuts between places, and the places at which a new stage begins."""
    m, k = len(laid.places), laid.ways.size
    if m < 2:
        return None, []
    member = np.zeros((m, k))
    for place, slots in enumerate(laid.places):
        member[place, slots] = 1
    follows = member @ laid.ways.follows[:k, :k] @ member.T
    log_wait = member @ laid.ways.log_wait @ member.T
    spoken = [_spoken(journeys, laid, slots) for slots in laid.places]
    hint = np.array([lexicon.rises(a, b) for a, b in pairwise(spoken)], np.float64)
    evidence = cuts(follows, log_wait, laid.furthest, member @ laid.ways.reach)
    return evidence, boundaries(evidence.score, hint)


def _spoken(journeys: Journeys, laid: Laid, slots: list[int]) -> int | None:
    """The default stage that the names at a place speak for."""
    names = (journeys.events[v] for slot in slots for v in laid.groups[slot])
    return max((s for s in map(lexicon.stage_of, names) if s is not None), default=None)


def _touchpoints(
    journeys: Journeys, laid: Laid, begins: list[int], found: Sifted
) -> tuple[FoundTouchpoint, ...]:
    order, stats = laid.order, laid.ways
    passed = np.cumsum(laid.furthest[::-1])[::-1]
    touchpoints: list[FoundTouchpoint] = []
    for place, slots in enumerate(laid.places):
        main: dict[int, int] = {}
        for slot in slots:
            index = len(touchpoints)
            twin = next((main[s] for s in main if laid.alike[s, slot]), None)
            if twin is None:
                main[slot] = index
            share = min(float(stats.reach[slot]) / max(int(passed[place]), 1), 1.0)
            each = max(found.events[v] / found.reach[v] for v in laid.groups[slot])
            names = tuple(journeys.events[v] for v in laid.groups[slot])
            sure = _agreement(stats, order, slot)
            mixed = len(slots) > 1 and any(not laid.alike[slot, s] for s in slots if s != slot)
            dependence = max(found.dependence[v] for v in laid.groups[slot])
            touchpoints.append(
                FoundTouchpoint(
                    name=naming.touchpoint_name(names),
                    events=names,
                    place=place,
                    stage=sum(b <= place for b in begins),
                    journeys=int(stats.reach[slot]),
                    reach=float(stats.reach[slot]) / max(found.journeys, 1),
                    count=int(stats.events[slot]),
                    passed=share,
                    optional=share < OPTIONAL,
                    repeatable=bool(each >= REPEATABLE),
                    alternative_to=twin,
                    any_order=mixed,
                    dependence=dependence,
                    agreement=sure,
                    reason=naming.why(names, dependence, sure, mixed=mixed, twin=twin is not None),
                )
            )
    return tuple(touchpoints)


def _agreement(stats: Ways, order: list[int], slot: int) -> float:
    """Share of the slot's pairs of first visits that agree with the order; 1 without any."""
    at = order.index(slot)
    earlier, later = order[:at], order[at + 1 :]
    good = stats.before[earlier, slot].sum() + stats.before[slot, later].sum()
    bad = stats.before[slot, earlier].sum() + stats.before[later, slot].sum()
    return float(good / (good + bad)) if good + bad else 1.0
