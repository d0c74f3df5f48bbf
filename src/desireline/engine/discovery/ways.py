"""What the journeys say about each pair of event types: one linear pass, merged over shards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from desireline.engine.analyses.result import Result
from desireline.engine.journeys import F32, F64, I32, I64, MICROSECONDS, Bools, Journeys
from desireline.engine.kernels.discovery import (
    GRAIN,
    LOG_GRAIN,
    RECENT,
    count_furthest,
    count_types,
    count_ways,
)

ALL: Bools = np.zeros(0, np.bool_)
NO_VALUE: F32 = np.zeros(0, np.float32)


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
    first_rank: F64
    """(k,): sum over journeys of how many slots were met before the slot's first event."""
    returned: F64
    """(k,): journeys that came back to the slot after having left it."""
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

    of_type: I32
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
        of_type = np.full(types, -1, np.int32)
        for slot, group in enumerate(groups):
            of_type[list(group)] = slot
        return cls(of_type, len(groups), unit)


Tables = tuple[I64, I64, F64]


def partial(journeys: Journeys, slots: Slots) -> Tables:
    """The three tables of `count_ways` for one shard."""
    k = slots.count
    counts = np.zeros((3, k + 1, k + 1), np.int64)
    waits, single = np.zeros((2, k, k), np.int64), np.zeros((4, k))
    value = NO_VALUE if journeys.value is None else journeys.value
    event, journey = kept(journeys)
    count_ways(
        journeys.offset, journeys.code, journeys.time, value, event, journey,
        slots.of_type, slots.unit, slots.burst_us, counts, waits, single,
        np.full((3, k), -1), np.zeros((2, RECENT), np.int64),
    )  # fmt: skip
    return counts, waits, single


def merge(a: Tables, b: Tables) -> Tables:
    """The tables of two shards together."""
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


def finish(tables: Tables, slots: Slots) -> Ways:
    """The tables by name."""
    counts, waits, single = tables
    k = slots.count
    follows = counts[0].copy()
    journeys, follows[k, k] = int(follows[k, k]), 0
    return Ways(
        follows=follows,
        before=counts[1, :k, :k],
        reach=counts[1, :k, k],
        bursts=counts[2, :k, :k],
        log_wait=waits[0] / LOG_GRAIN,
        wait=waits[1] * (slots.unit / GRAIN),
        first_rank=single[0],
        returned=single[1],
        value_sum=single[2],
        value_count=single[3],
        journeys=journeys,
    )


def census(journeys: Journeys) -> tuple[I64, I64]:
    """Events, and journeys with at least one of them, for each event type of the vocabulary."""
    event, journey = kept(journeys)
    return count_types(journeys.offset, journeys.code, event, journey, len(journeys.events))


def kept(journeys: Journeys) -> tuple[Bools, Bools]:
    """The mask for these kernels: empty arrays where nothing is filtered."""
    event, journey = journeys.keep_event, journeys.keep_journey
    return (ALL if event is None else event), (ALL if journey is None else journey)


def furthest(journeys: Journeys, rank: I32, ranks: int) -> I64:
    """Journeys by the furthest rank that they came to; `rank` by event type, -1 for none."""
    event, journey = kept(journeys)
    return count_furthest(journeys.offset, journeys.code, event, journey, rank, ranks)


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
