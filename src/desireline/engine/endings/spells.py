"""Spells: how long it is from a place to what happens next of the ends, or to the end of the log.

A lapse happens on the day on which the silence has lasted so long that it is one; nobody knows it
earlier.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desireline.engine.endings.settled import Settled
from desireline.engine.endings.units import silent_after
from desireline.engine.endings.walks import Walks
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import I64

OPEN = -1
"""In place of a kind of end: none has come yet."""


@dataclass(frozen=True, eq=False)
class Spells:
    """One row a spell: place (touchpoints, then stages), microseconds, number of the kind."""

    place: I64
    length: I64
    kind: I64

    def merged(self, other: Spells) -> Spells:
        """Two shards together."""
        return Spells(
            np.concatenate([self.place, other.place]),
            np.concatenate([self.length, other.length]),
            np.concatenate([self.kind, other.kind]),
        )

    def of(self, place: int) -> tuple[I64, I64]:
        """Lengths and kinds of the spells from a place."""
        here = self.place == place
        return self.length[here], self.kind[here]


def spells_of(
    walks: Walks, journey_map: JourneyMap, settled: Settled, firsts: tuple[I64, I64]
) -> Spells:
    """The spells from the first time at each touchpoint, and in each stage."""
    row, place = firsts
    keys = [t.key for stage in journey_map.stages for t in stage.touchpoints]
    number = {t.key: s for s, stage in enumerate(journey_map.stages) for t in stage.touchpoints}
    stage = np.array([number[key] for key in keys], np.int64)[place] if len(place) else place
    order = np.unique(walks.journey[row] * len(keys) + stage, return_index=True)[1]
    row = np.concatenate([row, row[order]])
    place = np.concatenate([place, len(keys) + stage[order]])
    length, kind = next_end(walks, settled, row)
    return Spells(place, length, kind)


def next_end(walks: Walks, settled: Settled, row: I64) -> tuple[I64, I64]:
    """For each of some rows, how long until the next end behind it, and which kind it is."""
    ends = [(np.zeros(0, np.int64),) * 3, *_ends(walks, settled)]
    journey, time, kind = (np.concatenate(column) for column in zip(*ends, strict=True))
    n = len(journey)
    # Ends of the moment at which somebody stands are not behind it: they sort before.
    every = np.lexsort(
        (
            np.append(np.zeros(n, np.int64), np.ones(len(row), np.int64)),
            np.append(time, walks.time[row]),
            np.append(journey, walks.journey[row]),
        )
    )
    is_end = every < n
    places = np.flatnonzero(is_end)
    following = np.searchsorted(places, np.flatnonzero(~is_end))
    asked = every[~is_end] - n
    there = following < len(places)
    end = every[places[np.where(there, following, 0)]] if len(places) else np.zeros_like(asked)
    there &= (journey[end] == walks.journey[row[asked]]) if n else False
    length = np.empty(len(row), np.int64)
    found = np.full(len(row), OPEN, np.int64)
    length[asked] = settled.as_of - walks.time[row[asked]]
    length[asked[there]] = time[end[there]] - walks.time[row[asked[there]]]
    found[asked[there]] = kind[end[there]]
    return length, found


def _ends(walks: Walks, settled: Settled) -> Iterator[tuple[I64, I64, I64]]:
    """Journey, time and kind of every end."""
    quiet = np.flatnonzero(silent_after(walks, settled) & walks.own)
    over = walks.time[quiet] + settled.silence(walks.code[quiet])
    yield walks.journey[quiet], over, np.zeros(len(quiet), np.int64)
    for number, kind in enumerate(settled.kinds):
        if kind in walks.ends:
            at = np.flatnonzero(walks.ends[kind])
            yield walks.journey[at], walks.time[at], np.full(len(at), number, np.int64)
