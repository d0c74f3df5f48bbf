"""Which event types can be touchpoints at all: not noise, not too rare, not too many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.discovery import noise, ways
from desireline.engine.discovery.counts import Counts
from desireline.engine.discovery.draft import LeftOutType
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
    events: I64
    """By event type: its events, and the journeys with it."""
    reach: I64
    journeys: int
    """Journeys with at least one event."""


def sifted(counts: Counts) -> Sifted:
    """What is left of the vocabulary without the rare and the noise, one event type a group."""
    journeys = counts.journeys
    events, reach = ways.census(journeys)
    walked = journeys_walked(journeys)
    few = reach < min(RARE_COUNT, RARE_SHARE * walked)
    few |= (reach == 1) & (walked >= 20)
    order = np.argsort(-reach, kind="stable")
    counted = sorted(int(v) for v in order[:COUNTED] if reach[v] > 0)
    found, dependence = _noise(counts, counted)
    noisy = np.zeros(len(events), np.bool_)
    noisy[counted] = found
    out = []
    looked = np.isin(np.arange(len(events)), counted)
    for v in np.flatnonzero((events > 0) & (noisy | few | ~looked)):
        why, words = _why(noisy=bool(noisy[v]), few=bool(few[v]), explained=dependence.get(int(v)))
        n, j = int(events[v]), int(reach[v])
        out.append(LeftOutType(journeys.events[v], why, words.format(times=_times(n, j)), j, n))
    groups: list[tuple[int, ...]] = [(v,) for v in counted if not noisy[v] and not few[v]]
    return Sifted(groups, tuple(out), dependence, events, reach, walked)


def journeys_walked(journeys: Journeys) -> int:
    """Journeys with at least one event."""
    nothing = np.zeros(len(journeys.events), np.int64)
    return int(ways.furthest(journeys, nothing, 1)[0])


def _noise(counts: Counts, counted: list[int]) -> tuple[Bools, dict[int, float]]:
    stats = counts.of([(v,) for v in counted])
    dependence = noise.dependence(stats)
    return noise.is_noise(dependence, stats), dict(
        zip(counted, map(float, dependence.by_step), strict=True)
    )


def _why(*, noisy: bool, few: bool, explained: float | None) -> tuple[str, str]:
    """Why an event type is left out, in a word and in a sentence with room for its numbers."""
    if noisy:
        share = f"{explained or 0:.0%}"
        return (
            "noise",
            "Noise: it comes anywhere ({times}); the place explains " + share + " of it.",
        )
    if few:
        return "rare", "Too rare to place: {times}."
    return "crowded", "One of many ({times}): only the " + str(COUNTED) + " most common are placed."


def _times(events: int, journeys: int) -> str:
    of, within = "event" if events == 1 else "events", "journey" if journeys == 1 else "journeys"
    return f"{events:,} {of} in {journeys:,} {within}"
