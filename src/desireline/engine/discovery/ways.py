"""What the journeys say about each pair of event types: one linear pass, merged over shards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from desireline.engine.analyses.result import Result
from desireline.engine.discovery.slotted import GRAIN, LOG_GRAIN, Slotted
from desireline.engine.journeys import F64, I64, MICROSECONDS, Journeys


@dataclass(frozen=True)
class Ways(Result):
    """Sufficient statistics of k slots (event types, or groups of them). Waits are seconds."""

    follows: I64
    """(k + 1, k + 1): how often b came straight after a. Row k: starts; column k: ends."""
    before: I64
    """(k, k): journeys whose first a came before their first b."""
    reach: I64
    """(k,): journeys with the slot."""
    bursts: I64
    """(k, k): how often b came in one burst after a, few events between."""
    log_wait: F64
    """(k, k): sum of log(1 + wait / `unit`) over the followings."""
    wait: F64
    """(k, k): sum of the waits over the followings."""
    first_rank: I64
    """(k,): sum over journeys of how many slots were met before the slot's first event."""
    value_sum: F64
    value_count: F64
    journeys: int

    @property
    def size(self) -> int:
        """Number of slots."""
        return len(self.reach)

    @property
    def events(self) -> I64:
        """(k,): events of each slot."""
        total: I64 = self.follows[:, :-1].sum(axis=0)
        return total

    @property
    def starts(self) -> I64:
        """(k,): journeys that begin in the slot."""
        return self.follows[-1, :-1]

    @property
    def ends(self) -> I64:
        """(k,): journeys that end in the slot."""
        return self.follows[:-1, -1]

    @property
    def depth(self) -> F64:
        """(k,): mean number of other slots that a journey met before its first visit."""
        mean: F64 = self.first_rank / np.maximum(self.reach, 1)
        return mean

    def rows(self) -> list[dict[str, Any]]:
        """One row a slot: events, journeys, depth."""
        zipped = zip(self.events, self.reach, self.depth, strict=True)
        return [{"events": int(n), "journeys": int(j), "depth": float(d)} for n, j, d in zipped]


@dataclass(frozen=True)
class Slots:
    """Which row each event type is counted in: -1 where it is passed over."""

    of_type: I64
    count: int
    unit: float = 1.0
    """Seconds below which waits count as none."""

    @property
    def burst_us(self) -> int:
        """Microseconds within which two events are one burst: `unit`, but from 1 to 60 seconds."""
        return int(min(max(self.unit, 1.0), 60.0) * MICROSECONDS)

    @classmethod
    def of(cls, groups: list[tuple[int, ...]], types: int, unit: float = 1.0) -> Slots:
        """One slot for each group of event type codes."""
        of_type = np.full(types, -1)
        for slot, group in enumerate(groups):
            of_type[list(group)] = slot
        return cls(of_type, len(groups), unit)


Tables = tuple[I64, I64, I64, I64, I64, F64]
"""follows, before, reach, bursts, waits (see `Slotted`), worth."""


def partial(journeys: Journeys, slots: Slots) -> Tables:
    """The tables of one shard."""
    parts = Slotted.of(journeys, slots.of_type, slots.count)
    return reduce(merge, (_tables(part, slots) for part in parts))


def _tables(events: Slotted, slots: Slots) -> Tables:
    reach, before = events.firsts()
    bursts, waits = events.bursts(slots.burst_us), events.waits(slots.unit)
    return events.follows(), before, reach, bursts, waits, events.worth()


def merge(a: Tables, b: Tables) -> Tables:
    """The tables of two shards together."""
    return a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4], a[5] + b[5]


def finish(tables: Tables, slots: Slots) -> Ways:
    """The tables by name."""
    follows, before, reach, bursts, waits, worth = tables
    k = slots.count
    journeys = int(follows[k, k])
    follows = follows.copy()
    follows[k, k] = 0
    return Ways(
        follows=follows,
        before=before,
        reach=reach,
        bursts=bursts,
        log_wait=waits[0] / LOG_GRAIN,
        wait=waits[1] * (slots.unit / GRAIN),
        first_rank=before.sum(axis=0),
        value_sum=worth[0],
        value_count=worth[1],
        journeys=journeys,
    )


def census(journeys: Journeys) -> tuple[I64, I64]:
    """Events, and journeys with at least one of them, for each event type of the vocabulary."""
    types = len(journeys.events)
    events, reach = np.zeros((2, types), np.int64)
    for part in Slotted.of(journeys, np.arange(types), types):
        events += np.bincount(part.slot, minlength=types)
        reach += part.reach()
    return events, reach


def furthest(journeys: Journeys, rank: I64, ranks: int) -> I64:
    """Journeys by the furthest rank that they came to; `rank` by event type, -1 for none."""
    total: I64 = np.zeros(ranks, np.int64)
    for part in Slotted.of(journeys, rank, ranks):
        total += part.furthest()
    return total


def usual_wait(journeys: Journeys) -> float:
    """The median wait in seconds between events of a journey, but 0s; 1 without any."""
    start, stop = int(journeys.offset[0]), int(journeys.offset[-1])
    time = journeys.time[start:stop]
    first = np.zeros(len(time), np.bool_)
    begins = journeys.offset[:-1] - start
    first[begins[begins < len(time)]] = True
    if journeys.mask is not None:
        length = np.diff(journeys.offset)
        kept = journeys.mask.event[start:stop] & np.repeat(journeys.mask.journey, length)
        time, owner = time[kept], np.repeat(np.arange(len(journeys)), length)[kept]
        first = np.append([True], owner[1:] != owner[:-1])[: len(time)]
    waits = np.diff(time)[~first[1:]]
    positive = waits[waits > 0]
    return float(np.median(positive)) / MICROSECONDS if len(positive) else 1.0
