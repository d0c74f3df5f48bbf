"""Which event types can be touchpoints at all: not noise, not too rare, not too many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.compute.threads import run
from desireline.engine.discovery import noise, ways
from desireline.engine.discovery.draft import LeftOutType
from desireline.engine.discovery.ways import Slots, Ways
from desireline.engine.journeys import I64, Bools, Journeys

COUNTED = 256
"""Event types, those with the most journeys, that are looked at; a map shows a tenth of these."""
RARE_SHARE, RARE_COUNT = 0.005, 10
"""Below both this share and this number of journeys an event type is too rare to be placed."""


@dataclass(frozen=True)
class Sifted:
    """The groups of event types that may be touchpoints, and the types that are none."""

    groups: list[tuple[int, ...]]
    left_out: tuple[LeftOutType, ...]
    dependence: dict[int, float]
    """By event type: the share of the uncertainty about it that the place on the way explains."""
    unit: float
    """Seconds below which waits count as none."""
    journeys: int
    """Journeys with at least one event."""


def sifted(journeys: Journeys, unit: float) -> Sifted:
    """What is left of the vocabulary when the rare and the noise are taken out, one type a group."""
    events, reach = ways.census(journeys)
    walked = journeys_walked(journeys)
    few = reach < min(RARE_COUNT, RARE_SHARE * walked)
    few |= (reach == 1) & (walked >= 20)
    order = np.argsort(-reach, kind="stable")
    counted = sorted(int(v) for v in order[:COUNTED] if reach[v] > 0)
    found, dependence = _noise(journeys, counted, unit)
    noisy = np.zeros(len(events), np.bool_)
    noisy[counted] = found
    out = [
        _left_out(journeys.events[v], v, events, reach, noisy, few, dependence)
        for v in range(len(events))
        if events[v] and (noisy[v] or few[v] or v not in dependence)
    ]
    groups = [(v,) for v in counted if not noisy[v] and not few[v]]
    return Sifted(groups, tuple(out), dependence, unit, walked)


def counted_ways(journeys: Journeys, groups: list[tuple[int, ...]], unit: float) -> Ways:
    """The sufficient statistics of the groups, counted on all threads."""
    return run(ways, journeys, Slots.of(groups, len(journeys.events), unit))


def journeys_walked(journeys: Journeys) -> int:
    """Journeys with at least one event."""
    nothing = np.zeros(len(journeys.events), np.int32)
    return int(ways.furthest(journeys, nothing, 1)[0])


def _noise(journeys: Journeys, counted: list[int], unit: float) -> tuple[Bools, dict[int, float]]:
    stats = counted_ways(journeys, [(v,) for v in counted], unit)
    dependence = noise.dependence(stats)
    return noise.is_noise(dependence, stats.events), dict(
        zip(counted, map(float, dependence.by_step), strict=True)
    )


def _left_out(  # noqa: PLR0913
    name: str, v: int, events: I64, reach: I64, noisy: Bools, few: Bools, known: dict[int, float]
) -> LeftOutType:
    n, j = int(events[v]), int(reach[v])
    times = f"{n:,} event{'s' if n != 1 else ''} in {j:,} journey{'s' if j != 1 else ''}"
    if noisy[v]:
        reason = f"Noise: it comes anywhere ({times}); the place explains {known[v]:.0%} of it."
        return LeftOutType(name, "noise", reason, j, n)
    if few[v]:
        return LeftOutType(name, "rare", f"Too rare to place: {times}.", j, n)
    reason = f"One of many event types ({times}): only the {COUNTED} most common are looked at."
    return LeftOutType(name, "crowded", reason, j, n)
