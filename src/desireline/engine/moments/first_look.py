"""The first look: what follows what and after how long, who does it, and how it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np

from desireline.engine.inference.describing import SCORE, numbers_of
from desireline.engine.journey_map.parts import Touchpoint
from desireline.engine.journeys import F64, I64, Bools, Journeys
from desireline.engine.kernels.waits import BUCKETS, buckets_of
from desireline.engine.moments.query import Query
from desireline.engine.rules.matching import matches
from desireline.engine.seen import Seen
from desireline.engine.telling import Told

CUSTOMER = frozenset({"", "person", "customer", "user", "visitor"})
"""Actors that are the customer, or nobody knows who."""
MACHINES = frozenset({"system", "partner"})
"""Actors of the company's side that answer nobody."""


@dataclass(frozen=True, eq=False)
class Looked:
    """Counts by touchpoint, by name."""

    journeys: int = 0
    ends: int = 0
    events: Counter[str] = field(default_factory=Counter)
    by_company: Counter[str] = field(default_factory=Counter)
    by_staff: Counter[str] = field(default_factory=Counter)
    is_outcome: Counter[str] = field(default_factory=Counter)
    pays: Counter[str] = field(default_factory=Counter)
    """Events that are the outcome, or in which the customer pays."""
    failed: Counter[str] = field(default_factory=Counter)
    visited: Counter[str] = field(default_factory=Counter)
    """Journeys that came here."""
    visited_after: Counter[str] = field(default_factory=Counter)
    """Of these, those that had reached the outcome before."""
    scores: Counter[tuple[str, float]] = field(default_factory=Counter)
    waits: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    """Steps from one touchpoint to the next, by the bucket of the wait."""

    def merged(self, other: Looked) -> Looked:
        """Both together."""
        names = [one.name for one in fields(self)]
        added: dict[str, Any] = {n: getattr(self, n) + getattr(other, n) for n in names}
        return Looked(**added | {"ends": max(self.ends, other.ends)})

    @cached_property
    def steps(self) -> Counter[tuple[str, str]]:
        """How often one touchpoint came straight after another."""
        found: Counter[tuple[str, str]] = Counter()
        for (a, b, _), n in self.waits.items():
            found[a, b] += n
        return found


@dataclass(frozen=True, eq=False)
class Stream:
    """The events of touchpoints of a shard, one after the other, and where the outcome stands."""

    told: Told
    at: I64
    """Places in the arrays."""
    owner: I64
    code: I64
    time: I64
    outcome_at: I64
    outcome_owner: I64

    @classmethod
    def of(cls, told: Told) -> Stream:
        """The stream of journeys told in the words of a map."""
        seen, log = Seen.of(told.journeys), told.log
        goal = np.zeros(len(log.time), np.bool_) if told.outcome is None else told.outcome
        whole = Seen.of(log)
        marked = goal[whole.at]
        return cls(
            told=told,
            at=seen.at,
            owner=seen.owner,
            code=seen.code.astype(np.int64),
            time=log.time[seen.at],
            outcome_at=whole.at[marked],
            outcome_owner=whole.owner[marked],
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The touchpoints by code."""
        return self.told.journeys.events

    def first_outcome(self) -> I64:
        """The place of the first outcome of each journey; behind all where there is none."""
        found = np.full(len(self.told.log), np.iinfo(np.int64).max)
        np.minimum.at(found, self.outcome_owner, self.outcome_at)
        return found

    def payments(self) -> tuple[I64, I64]:
        """Outcomes and what else the customer pays: the places, and whose they are."""
        log = self.told.log
        if log.value is None:
            return self.outcome_at, self.outcome_owner
        pays = np.nan_to_num(log.value) > 0
        if log.actor is not None:
            customer = np.array([name in CUSTOMER for name in log.actors], np.bool_)
            pays &= customer[log.actor]
        pays[self.outcome_at] = True
        whole = Seen.of(log)
        marked = pays[whole.at]
        return whole.at[marked], whole.owner[marked]


def looked(stream: Stream, query: Query) -> Looked:
    """What a shard shows."""
    names, log = stream.names, stream.told.log
    owner, code = stream.owner, stream.code
    new = np.unique(owner * len(names) + code, return_index=True)[1] if len(owner) else owner
    first = stream.at[new]
    after = stream.first_outcome()[owner[new]] < first
    ends = int(log.time[Seen.of(log).at].max()) if len(Seen.of(log).at) else 0
    return Looked(
        journeys=len(np.unique(owner)),
        ends=ends,
        events=_counted(code, names),
        by_company=_counted(code[_by(log, stream.at, CUSTOMER)], names),
        by_staff=_counted(code[_by(log, stream.at, CUSTOMER | MACHINES)], names),
        is_outcome=_counted(code[np.isin(stream.at, stream.outcome_at)], names),
        pays=_counted(code[np.isin(stream.at, stream.payments()[0])], names),
        failed=_counted(code[failed(stream, query)], names),
        visited=_counted(code[new], names),
        visited_after=_counted(code[new][after], names),
        scores=_scores(stream),
        waits=_waits(stream),
    )


def failed(stream: Stream, query: Query) -> Bools:
    """One bool an event of the stream: it says that it failed."""
    found: Bools = np.zeros(len(stream.at), np.bool_)
    for number, point in enumerate(query.journey_map.touchpoints):
        if point.failed_when is not None:
            held = matches(stream.told.log, point.failed_when)[stream.at]
            found |= held & (stream.code == number)
    return found


def score_of(stream: Stream) -> F64:
    """The mark at each event of the stream, NaN where there is none."""
    return numbers_of(stream.told.log, SCORE)[stream.at]


def optional(point: Touchpoint) -> bool:
    """Whether a journey may pass the touchpoint by."""
    return point.optional or point.alternative_to is not None


def _by(log: Journeys, at: I64, none_of: frozenset[str]) -> Bools:
    """Where somebody else acts than these."""
    if log.actor is None:
        return np.zeros(len(at), np.bool_)
    others = np.array([name not in none_of for name in log.actors], np.bool_)
    found: Bools = others[log.actor[at]]
    return found


def _counted(code: I64, names: tuple[str, ...]) -> Counter[str]:
    counts = np.bincount(code, minlength=len(names))
    return Counter({name: int(n) for name, n in zip(names, counts, strict=True) if n})


def _scores(stream: Stream) -> Counter[tuple[str, float]]:
    score = score_of(stream)
    has = ~np.isnan(score)
    pairs, counts = np.unique(
        np.column_stack([stream.code[has], score[has]]), axis=0, return_counts=True
    )
    told = zip(pairs.tolist(), counts.tolist(), strict=True)
    return Counter({(stream.names[int(code)], mark): n for (code, mark), n in told})


def _waits(stream: Stream) -> Counter[tuple[str, str, int]]:
    return Counter(dict(_steps(stream)))


def _steps(stream: Stream) -> Iterator[tuple[tuple[str, str, int], int]]:
    names, n = stream.names, len(stream.names)
    same = stream.owner[1:] == stream.owner[:-1]
    wait = np.maximum(np.diff(stream.time)[same], 0)
    pair = (stream.code[:-1] * n + stream.code[1:])[same]
    keys, counts = np.unique(pair * BUCKETS + buckets_of(wait), return_counts=True)
    for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
        step, bucket = divmod(key, BUCKETS)
        yield (names[step // n], names[step % n], bucket), count
