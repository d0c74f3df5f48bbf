"""What a shard contributes: its ways, and counts of deviations by what they are, where and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from desireline.engine.analyses import variants
from desireline.engine.conformance.laying import Found, Laid, laid
from desireline.engine.conformance.query import Query
from desireline.engine.journeys import I64, Bools, Journeys
from desireline.engine.kernels import deviations as kernel
from desireline.engine.telling import Words

KINDS = kernel.EARLY + 1


class What(NamedTuple):
    """What deviated: a touchpoint by key, or a stranger by the name of its event type."""

    kind: int
    name: str
    stranger: bool


@dataclass(frozen=True, eq=False)
class Counts:
    """Deviations of some journeys, counted."""

    journeys: Counter[What]
    with_outcome: Counter[What]
    left: Counter[What]
    """Journeys that had ended before the place of what is missing."""
    events: Counter[tuple[What, str, int]]
    """By channel and number of the period; -1 where nothing came after what is missing."""
    after: Counter[tuple[What, int]]
    """By the touchpoint that was passed last, -1 at the start."""
    strata: Counter[tuple[What, int, str]]
    """Journeys by the block that was passed last, from 1 (0: none), and their first channel."""
    strata_reached: Counter[tuple[What, int, str]]
    stood: Counter[tuple[int, str]]
    """All journeys that passed a block (0: all), by first channel."""
    stood_reached: Counter[tuple[int, str]]
    beyond: Counter[tuple[int, str]]
    """All journeys that passed a later block, by block from 0 and first channel."""
    beyond_reached: Counter[tuple[int, str]]

    def merged(self, other: Counts) -> Counts:
        """Both together."""
        mine, theirs = vars(self), vars(other)
        return Counts(**{name: mine[name] + theirs[name] for name in mine})


@dataclass(frozen=True, eq=False)
class Partial:
    """The distinct ways with a row (journeys, with outcome) for each, and the counts."""

    ways: variants.Partial
    counts: Counts
    events: int
    set_aside: int
    """Journeys too long for a plan with a stage in any order."""


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes. Raises what telling in the words of a map raises."""
    beside = laid(journeys, query)
    counts = _Counting(beside, query).of(beside.found)
    return Partial(beside.ways, counts, len(beside.found.kept), beside.set_aside)


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards together."""
    return Partial(
        variants.merge(a.ways, b.ways),
        a.counts.merged(b.counts),
        a.events + b.events,
        a.set_aside + b.set_aside,
    )


def gather(parts: Sequence[Journeys], query: Query) -> tuple[list[Journeys], Query]:
    """The parts, joined where a journey of the map may be of several persons.

    Raises CaseByImpossible, PartsUnjoinable.
    """
    gathered, words = (query.words or Words.of(query.journey_map)).gather(parts)
    return gathered, replace(query, words=words)


def brings_together(query: Query) -> bool:
    """Whether a journey of the map may be of several persons."""
    return (query.words or Words.of(query.journey_map)).brings_together


class _Counting:
    """The rows of a shard, as counts by name."""

    def __init__(self, beside: Laid, query: Query) -> None:
        self.log, self.plan, self.query = beside.log, beside.plan, query
        self.walks, self.reached = beside.walks, beside.reached
        kept, channel = beside.found.kept, self.log.channel
        self.time, n = self.log.time[kept], len(kept)
        self.channel = np.zeros(n, np.int64) if channel is None else channel[kept].astype(np.int64)
        first = np.minimum(beside.offset[:-1], max(n - 1, 0))
        self.enters = self.channel[first] if n else np.zeros(len(self.walks), np.int64)
        self.most = len(self.plan.touchpoints) + len(self.log.events)

    def of(self, found: Found) -> Counts:
        """The counts."""
        rows = found.rows
        whats = rows[:, kernel.KIND] * self.most + rows[:, kernel.WHAT]
        keys = rows[:, kernel.JOURNEY] * (self.most * KINDS) + whats
        once = np.sort(np.unique(keys, return_index=True)[1])
        first, what = rows[once], whats[once]
        mine, after = first[:, kernel.JOURNEY], first[:, kernel.AFTER]
        reached, left = self.reached[mine], first[:, kernel.LEFT] == 1
        strata = (what, self._stood(after), self.enters[mine])
        return Counts(
            journeys=self._by_what(what),
            with_outcome=self._by_what(what[reached]),
            left=self._by_what(what[left]),
            events=self._over_time(rows, whats),
            after=self._after(what[~left], after[~left]),
            strata=self._strata(strata, ~left),
            strata_reached=self._strata(strata, ~left & reached),
            stood=self._passed(found.stands, self.walks),
            stood_reached=self._passed(found.stands, self.walks & self.reached),
            beyond=self._passed(found.beyond, self.walks),
            beyond_reached=self._passed(found.beyond, self.walks & self.reached),
        )

    def _what(self, what: int) -> What:
        kind, of = divmod(what, self.most)
        n = len(self.plan.touchpoints)
        if of < n:
            return What(kind, self.plan.touchpoints[of].key, stranger=False)
        return What(kind, self.log.events[of - n], stranger=True)

    def _by_what(self, what: I64) -> Counter[What]:
        return Counter({self._what(key): n for key, n in _counted(what)})

    def _stood(self, after: I64) -> I64:
        blocks = np.append(self.plan.block_of[self.plan.slot_of], -1)
        found: I64 = blocks[after] + 1
        return found

    def _over_time(self, rows: I64, whats: I64) -> Counter[tuple[What, str, int]]:
        rows, whats = rows[rows[:, kernel.LEFT] == 0], whats[rows[:, kernel.LEFT] == 0]
        at, calendar, n = rows[:, kernel.AT], self.query.calendar, len(self.log.channels)
        if not len(at):
            return Counter()
        time = self.time[at]
        one, begins = calendar.bounds(int(time.min()), int(time.max()))
        period = np.searchsorted(begins, time, side="right") - 1
        keys = (whats * n + self.channel[at]) * len(begins) + period
        found: Counter[tuple[What, str, int]] = Counter()
        for key, count in _counted(keys):
            what, channel = divmod(key // len(begins), n)
            found[self._what(what), self.log.channels[channel], one + key % len(begins)] = count
        return found

    def _after(self, what: I64, after: I64) -> Counter[tuple[What, int]]:
        n = len(self.plan.touchpoints) + 1
        keys = what * n + after + 1
        return Counter({(self._what(key // n), key % n - 1): c for key, c in _counted(keys)})

    def _strata(self, strata: tuple[I64, I64, I64], which: Bools) -> Counter[tuple[What, int, str]]:
        what, stood, enters = (column[which] for column in strata)
        n, blocks = len(self.log.channels), len(self.plan.begins)
        found: Counter[tuple[What, int, str]] = Counter()
        for key, count in _counted((what * blocks + stood) * n + enters):
            rest, block = divmod(key // n, blocks)
            found[self._what(rest), block, self.log.channels[key % n]] = count
        return found

    def _passed(self, passed: Bools, which: Bools) -> Counter[tuple[int, str]]:
        found: Counter[tuple[int, str]] = Counter()
        for number, name in enumerate(self.log.channels):
            here = passed[which & (self.enters == number)].sum(axis=0)
            found.update({(b, name): n for b, n in enumerate(here.tolist()) if n})
        return found


def _counted(keys: I64) -> Iterator[tuple[int, int]]:
    found, n = np.unique(keys, return_counts=True)
    return zip(found.tolist(), n.tolist(), strict=True)
