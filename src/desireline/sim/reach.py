"""The exact chance that a journey ever comes to a step, from the tables alone (no dice, no time).

The walk is a Markov chain on (step, facts). The probability is followed move by move until what is
still on its way is negligible, so that nothing but rounding separates it from the absorption
probability of the chain (Kemeny and Snell 1960, "Finite Markov Chains", chapter 3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from desireline.sim.model import Edge, Model, Step

NEGLIGIBLE = 1e-9
Spot = tuple[str, frozenset[str]]


def chance_to_reach(model: Model, event: str, given: Iterable[str] = ()) -> float:
    """The chance that a person ever emits `event`, before the calendar cuts her journey off.

    `given` names steps to which she goes for certain where she can (the options of traits). Eras
    are taken as not yet begun.
    """
    ways = _ways(model, set(given))
    steps = {step.name: step for step in model.steps}
    matters = _facts_that_matter(steps, ways, model.begin, event)
    moving: Mapping[Spot, float] = {(model.begin, frozenset()): 1.0}
    reached = 0.0
    while sum(moving.values()) > NEGLIGIBLE:
        following: defaultdict[Spot, float] = defaultdict(float)
        for (name, facts), mass in moving.items():
            step = steps[name]
            if step.event == event:
                reached += mass
                continue
            now = (facts | (matters & set(step.sets))) - set(step.clears)
            for to, share in _shares(ways.get(name, []), now):
                if to:
                    following[to, now] += mass * share
        moving = following
    return reached


def _ways(model: Model, given: set[str]) -> dict[str, list[Edge]]:
    ways: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in model.edges:
        ways[edge.start].append(edge)
    certain = {start: [e for e in edges if e.to in given] for start, edges in ways.items()}
    return {start: certain[start] or edges for start, edges in ways.items()}


def _facts_that_matter(
    steps: Mapping[str, Step], ways: Mapping[str, list[Edge]], begin: str, event: str
) -> set[str]:
    """The facts that an edge before the event needs or forbids; the others only split the mass."""
    seen, ahead, facts = {begin}, [begin], set[str]()
    while ahead:
        name = ahead.pop()
        for edge in [] if steps[name].event == event else ways.get(name, []):
            facts |= {*edge.needs, *edge.without}
            if edge.to and edge.to not in seen:
                seen.add(edge.to)
                ahead.append(edge.to)
    return facts


def _shares(edges: list[Edge], facts: frozenset[str]) -> list[tuple[str, float]]:
    able = [e for e in edges if facts >= set(e.needs) and facts.isdisjoint(e.without)]
    total = sum(edge.chance for edge in able)
    return [(edge.to, edge.chance / total) for edge in able]
