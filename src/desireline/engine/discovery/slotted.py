"""The events of some journeys that discovery looks at, and what follows from their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from desireline.engine.journeys import F32, F64, I64, Bools, Journeys
from desireline.engine.kernels.firsts import count_firsts

AT_ONCE = 200_000
"""Events looked at together: they stay in the cache, and sums of LONGEST stay below 2^53."""
RECENT = 8
"""Events looked back on for a burst."""
LOG_GRAIN, GRAIN = 1 << 20, 1 << 4
LONGEST = 1e9
"""Units above which waits count as so many."""


@dataclass(frozen=True, eq=False)
class Slotted:
    """Events in slots: `k` of them, which are event types or groups of them."""

    offset: I64
    """As of Journeys; journeys of which nothing is left are empty."""
    slot: I64
    time: I64
    value: F32 | None
    k: int

    @classmethod
    def of(cls, journeys: Journeys, slot_of: I64, k: int) -> Iterator[Slotted]:
        """What the filter leaves, `AT_ONCE`; `slot_of[code]` is -1 where a type is passed over."""
        for part in journeys.shards(1 + journeys.n_events // AT_ONCE):
            yield cls._of_part(part, slot_of, k)

    @classmethod
    def _of_part(cls, journeys: Journeys, slot_of: I64, k: int) -> Slotted:
        span = slice(int(journeys.offset[0]), int(journeys.offset[-1]))
        offset, slot = journeys.offset - span.start, slot_of.take(journeys.code[span])
        value = None if journeys.value is None else journeys.value[span]
        stays = slot >= 0
        if journeys.mask is not None:
            stays &= journeys.mask.event[span]
            stays &= np.repeat(journeys.mask.journey, np.diff(offset))
        if stays.all():
            return cls(offset, slot, journeys.time[span], value, k)
        passed = np.concatenate([np.zeros(1, np.int64), np.cumsum(stays)])
        value = None if value is None else value[stays]
        return cls(passed[offset], slot[stays], journeys.time[span][stays], value, k)

    @cached_property
    def begins(self) -> Bools:
        """One bool an event: the first of its journey."""
        begins = np.zeros(len(self.slot) + 1, np.bool_)
        begins[self.offset] = True
        return begins[:-1]

    @cached_property
    def pair(self) -> I64:
        """For each event but the first `a * k + b`: it is in slot b, the one before it in a."""
        return self.slot[:-1] * self.k + self.slot[1:]

    def follows(self) -> I64:
        """(k + 1, k + 1): how often b came straight after a. Row k: starts; column k: ends.

        In the corner stands how many journeys there are.
        """
        ends = np.append(self.begins[1:], True)[: len(self.slot)]
        table: I64 = np.zeros((self.k + 1, self.k + 1), np.int64)
        table[:-1, :-1] = self._square(self.pair[~self.begins[1:]])
        table[-1, :-1] = np.bincount(self.slot[self.begins], minlength=self.k)
        table[:-1, -1] = np.bincount(self.slot[ends], minlength=self.k)
        table[-1, -1] = self.begins.sum()
        return table

    def waits(self, unit: float) -> I64:
        """(2, k, k): sums over the followings of log(1 + wait) and of the wait, in `unit` seconds.

        In grains of 1 / LOG_GRAIN and 1 / GRAIN: whole numbers, whose sum does not depend on its
        order.
        """
        wait = np.maximum(np.diff(self.time), 0) / (1e6 * unit)
        wait[self.begins[1:]] = 0
        grains = np.log1p(wait) * LOG_GRAIN, np.minimum(wait, LONGEST) * GRAIN
        return np.array([self._square(self.pair, np.floor(weights)) for weights in grains])

    def bursts(self, burst_us: int) -> I64:
        """(k, k): how often b came within `burst_us` after a, at most RECENT events back."""
        table: I64 = np.zeros((self.k, self.k), np.int64)
        at = np.flatnonzero((np.diff(self.time) <= burst_us) & ~self.begins[1:]) + 1
        for back in range(1, RECENT + 1):
            at = at[self.time[at] - self.time[at - back] <= burst_us]
            table += self._square(self.slot[at - back] * self.k + self.slot[at])
            at = at[~self.begins[at - back]]
        return table

    def firsts(self) -> tuple[I64, I64]:
        """Journeys with each slot (k,), and those in which a came before the first b (k, k)."""
        return self._firsts(np.zeros((self.k, self.k), np.int64))

    def reach(self) -> I64:
        """(k,): journeys with each slot."""
        return self._firsts(np.zeros((0, 0), np.int64))[0]

    def worth(self) -> F64:
        """(2, k): sum of the values, and how many events have one."""
        if self.value is None:
            return np.zeros((2, self.k))
        has = ~np.isnan(self.value)
        slot, value = self.slot[has], self.value[has]
        total = np.bincount(slot, value, self.k), np.bincount(slot, minlength=self.k)
        return np.array(total, np.float64)

    def furthest(self) -> I64:
        """(k,): journeys by the highest slot that they came to."""
        starts = self.offset[:-1][np.diff(self.offset) > 0]
        if not len(starts):
            return np.zeros(self.k, np.int64)
        return np.bincount(np.maximum.reduceat(self.slot, starts), minlength=self.k)

    def _firsts(self, before: I64) -> tuple[I64, I64]:
        reach: I64 = np.zeros(self.k, np.int64)
        room = np.full(self.k, -1), np.zeros(self.k, np.int64)
        count_firsts(self.offset, self.slot, *room, reach, before)
        return reach, before

    def _square(self, pair: I64, weights: F64 | None = None) -> I64:
        """(k, k): how often each pair occurs, or the sum of its weights."""
        counted = np.bincount(pair, weights, self.k * self.k)
        return counted.astype(np.int64).reshape(self.k, self.k)
