"""How transitions are counted: what is asked, what a shard contributes, and the kernels' tables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from desireline.engine.analyses.flags import Flags, spelled_out
from desireline.engine.analyses.tally import Tally
from desireline.engine.analyses.waits import Waits
from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import I64, Journeys
from desireline.engine.kernels import transitions as kernel
from desireline.engine.kernels.by_person import sum_by_person
from desireline.engine.kernels.waits import BUCKETS, LOW_BITS, U32
from desireline.engine.vocabulary import in_common, places

DENSE_TYPES = 1024
"""Event types up to which pairs are counted in a table (25 MB then); above, they are listed."""
PLAIN_TYPES = 128
"""Event types up to which two tables of pairs stand in a processor's own memory (1 MB)."""
HISTOGRAMS = 16_384
"""Most histograms of waits held at once (66 MB)."""
LISTED = 4_000_000
"""Events whose pairs are listed at once for large vocabularies (about 200 MB)."""


class VocabularyTooLarge(DesirelineError):
    """Figures by journey were asked for more event types than they can be counted for."""


@dataclass(frozen=True, eq=False)
class Walked:
    """How often each step was walked: `times[from, to]`, from and to n for outside."""

    events: tuple[str, ...]
    times: I64

    def among(self, events: tuple[str, ...]) -> I64:
        """The same for a shard's own event types, flat, as the kernel takes it."""
        if events == self.events:
            return self.times.reshape(-1)
        place = np.append(places(events, self.events), len(self.events))
        own: I64 = self.times[np.ix_(place, place)].reshape(-1)
        return own


@dataclass(frozen=True, eq=False)
class Query:
    """What to compute besides counts, shares and mean waits."""

    quantiles: bool = True
    """Median and 90th percentile of the waits."""
    journeys: bool = False
    """How many journeys walk each step, and with `outcome` how many of these have it."""
    outcome: Flags = None
    """A journey with such an event has the outcome (bools count whatever a filter leaves)."""
    intervals: bool = False
    """The intervals of shares, by persons: one may walk a step several times."""
    rarity: bool = False
    """How many journeys have a step as rare as this one or rarer (takes a second look)."""
    walked: Walked | None = None
    """Set by `again` for the second look: how often each step was walked in all."""


@dataclass(frozen=True, eq=False)
class Partial:
    """What a shard contributes. A pair is `from * n + to`; a step `from * (n + 1) + to`.

    A step is a pair, a start (from n) or an end (to n) of a journey.
    """

    events: tuple[str, ...]
    starts: I64
    ends: I64
    negative: int = 0
    waits: Waits = field(default_factory=Waits.empty)
    steps: Tally = field(default_factory=lambda: Tally.empty(2))
    """By step: journeys, and those with the outcome."""
    uneven: Tally = field(default_factory=lambda: Tally.empty(2))
    """By step, of the times that a person walks it: its square, and its product with how often she
    goes on from there (of a start or an end: with her journeys), summed over persons."""
    leaving: Tally = field(default_factory=Tally.empty)
    """By the code that is left (n: outside): the squares of how often a person does, summed."""
    rarest: Tally = field(default_factory=Tally.empty)
    """By the count of a journey's rarest step: journeys."""


def count_steps(journeys: Journeys, query: Query) -> Partial:
    """Counts and waits of a shard: in a table where the vocabulary allows it, else listed."""
    dense = len(journeys.events) <= DENSE_TYPES
    return _dense(journeys, query) if dense else _listed(journeys, query)


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards together."""
    names = in_common(a.events, b.events)
    a, b = recoded(a, names), recoded(b, names)
    return Partial(
        a.events,
        a.starts + b.starts,
        a.ends + b.ends,
        a.negative + b.negative,
        a.waits.merge(b.waits),
        a.steps.merge(b.steps),
        a.uneven.merge(b.uneven),
        a.leaving.merge(b.leaving),
        a.rarest.merge(b.rarest),
    )


def recoded(partial: Partial, names: tuple[str, ...]) -> Partial:
    """The same in the codes of a vocabulary that has all names of the shard's own."""
    if partial.events == names:
        return partial
    place, old, n = places(partial.events, names), len(partial.events), len(names)
    starts, ends = np.zeros((2, n), np.int64)
    starts[place], ends[place] = partial.starts, partial.ends
    source, target = np.divmod(partial.waits.series, max(old, 1))
    outer = np.append(place, n)

    def step(key: I64) -> I64:
        leaving, coming = np.divmod(key, old + 1)
        recoded: I64 = outer[leaving] * (n + 1) + outer[coming]
        return recoded

    return replace(
        partial,
        events=names,
        starts=starts,
        ends=ends,
        waits=partial.waits.regrouped(place[source] * n + place[target]),
        steps=partial.steps.regrouped(step(partial.steps.key)),
        uneven=partial.uneven.regrouped(step(partial.uneven.key)),
        leaving=partial.leaving.regrouped(outer[partial.leaving.key]),
    )


def _dense(journeys: Journeys, query: Query) -> Partial:
    n = len(journeys.events)
    if not query.quantiles:
        plain = journeys.mask is None and n <= PLAIN_TYPES
        return (_every_pair(journeys) if plain else None) or _counted_pairs(journeys, None, None)
    if n * n <= HISTOGRAMS:
        return _counted_pairs(journeys, None, np.zeros((n * n, BUCKETS), np.uint32))
    found = _counted_pairs(journeys, None, None).waits.series
    if len(found) > HISTOGRAMS:
        return _listed(journeys, query)
    return _counted_pairs(journeys, found, np.zeros((len(found), BUCKETS), np.uint32))


def _every_pair(journeys: Journeys) -> Partial | None:
    """Counts and sums of waits where no filter leaves anything out; None if waits are odd."""
    n = len(journeys.events)
    starts, ends = np.zeros(n, np.int64), np.zeros(n, np.int64)
    table = np.zeros((2, n * n * 2), np.uint64)
    columns = (journeys.offset, journeys.code, journeys.time)
    if not kernel.count_every_pair(*columns, table[0], table[1], starts, ends):
        return None
    sums = table.sum(axis=0).reshape(-1, 2)
    waits = Waits.of_tables(_in_halves(np.column_stack([sums, np.zeros_like(sums[:, 0])])))
    return Partial(journeys.events, starts, ends, 0, waits)


def _counted_pairs(journeys: Journeys, found: I64 | None, histogram: U32 | None) -> Partial:
    n = len(journeys.events)
    starts, ends = np.zeros(n, np.int64), np.zeros(n, np.int64)
    table = np.zeros((n * n, 3), np.uint64)
    slot = np.arange(n * n, dtype=np.int32)
    if found is not None:
        slot[found] = np.arange(len(found), dtype=np.int32)
    negative = kernel.count_pairs(
        journeys.offset,
        journeys.code,
        journeys.time,
        journeys.keep_event,
        journeys.keep_journey,
        table.reshape(-1),
        starts,
        ends,
        slot,
        histogram,
    )
    waits = Waits.of_tables(_in_halves(table), histogram, found)
    return Partial(journeys.events, starts, ends, int(negative), waits)


def _in_halves(table: NDArray[np.uint64]) -> I64:
    """Sums modulo 2^64 with their overflows as `Waits` has them: the low 32 bits, and the rest."""
    n, total, beyond = table.T
    halves = np.stack(
        [n, total & np.uint64(LOW_BITS), (total >> np.uint64(32)) + (beyond << np.uint64(32))], 1
    )
    return halves.astype(np.int64)


def _listed(journeys: Journeys, query: Query) -> Partial:
    parts = journeys.shards(1 + journeys.n_events // LISTED)
    return reduce(merge, (_listed_pairs(part, query) for part in parts))


def _listed_pairs(journeys: Journeys, query: Query) -> Partial:
    n = len(journeys.events)
    starts, ends = np.zeros(n, np.int64), np.zeros(n, np.int64)
    pair, wait = np.empty(journeys.n_events, np.int64), np.empty(journeys.n_events, np.int64)
    listed = kernel.list_pairs(
        journeys.offset,
        journeys.code,
        journeys.time,
        journeys.keep_event,
        journeys.keep_journey,
        pair,
        wait,
        starts,
        ends,
    )
    pair, wait = pair[:listed], wait[:listed]
    waits = Waits.of(pair, wait, quantiles=query.quantiles)
    return Partial(journeys.events, starts, ends, int((wait < 0).sum()), waits)


def steps_by_journey(journeys: Journeys, outcome: Flags) -> Tally:
    """By step: journeys that walk it, and those of them with the outcome."""
    n = len(journeys.events)
    check_dense(n)
    table = np.zeros(((n + 1) * (n + 1), 3), np.int64)
    kernel.count_journeys(
        journeys.offset,
        journeys.code,
        journeys.keep_event,
        journeys.keep_journey,
        spelled_out(outcome, journeys),
        n,
        table,
    )
    return Tally.of_table(np.ascontiguousarray(table[:, 1:]))


def uneven_steps(journeys: Journeys) -> tuple[Tally, Tally]:
    """How unevenly persons walk each step, and go on from each type: see `Partial`."""
    n = len(journeys.events)
    check_dense(n)
    steps, leaving = np.zeros(((n + 1) * (n + 1), 3), np.int64), np.zeros((n + 1, 2), np.int64)
    owner = journeys.person
    sum_by_person(
        journeys.offset,
        journeys.code,
        journeys.keep_event,
        journeys.keep_journey,
        np.arange(len(journeys), dtype=np.int32) if owner is None else owner,
        steps,
        leaving,
    )
    tables = (np.ascontiguousarray(table[:, 1:]) for table in (steps, leaving))
    uneven, left = (Tally.of_table(table) for table in tables)
    return uneven, left


def rarest_steps(journeys: Journeys, walked: Walked) -> Tally:
    """By the count of a journey's rarest step: journeys."""
    rarest = np.zeros(len(journeys), np.int64)
    kernel.rarest_steps(
        journeys.offset,
        journeys.code,
        journeys.keep_event,
        journeys.keep_journey,
        len(journeys.events),
        walked.among(journeys.events),
        rarest,
    )
    return Tally.of(rarest[rarest > 0])


def check_dense(n_types: int) -> None:
    """Raises VocabularyTooLarge where figures by journey do not fit in a table."""
    if n_types > DENSE_TYPES:
        raise VocabularyTooLarge(
            f"Figures by journey for transitions take at most {DENSE_TYPES:,} event types, "
            f"and these journeys have {n_types:,}.",
            hint="Map the events to touchpoints first, or ask for counts and waits only.",
        )
