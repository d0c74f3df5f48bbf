"""The analysis: three looks over the shards, and the door to the persons behind a pain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from desireline.engine.journeys import Bools, Journeys
from desireline.engine.pains.counting import Counts, count
from desireline.engine.pains.judging import suspected
from desireline.engine.pains.looking import Look, look, settled
from desireline.engine.pains.overlapping import Overlaps, overlap
from desireline.engine.pains.query import Query
from desireline.engine.pains.result import Pains
from desireline.engine.pains.signals import Signal
from desireline.engine.pains.telling import tell
from desireline.engine.pains.visits import told_until, visits_of
from desireline.engine.telling import Words

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Partial:
    """What a shard contributes to one look, or to several."""

    touchpoints: int
    look: Look | None = None
    counts: Counts | None = None
    overlaps: Overlaps | None = None

    def merged(self, other: Partial) -> Partial:
        """Two shards, or two looks, together."""
        both, n = (self, other), self.touchpoints
        return Partial(
            n,
            _together([one.look for one in both], Look.merged),
            _together([one.counts for one in both], lambda a, b: a.merged(b, n)),
            _together([one.overlaps for one in both], lambda a, b: a.merged(b, n)),
        )


def _together(given: list[T | None], merged: Callable[[T, T], T]) -> T | None:
    known = [one for one in given if one is not None]
    return merged(*known) if len(known) == 2 else next(iter(known), None)


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes. Raises what telling in the words of a map raises."""
    n = len(query.journey_map.touchpoints)
    if query.settled is None:
        return Partial(n, look=look(told_until(journeys, query), query))
    if not query.settled.suspects:
        return Partial(n, counts=count(journeys, query, query.settled))
    return Partial(n, overlaps=overlap(journeys, query, query.settled))


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards, or two looks, together."""
    return a.merged(b)


def again(partial: Partial, query: Query) -> Query | None:
    """The query of the next look: with what is settled, then with suspects where there are any."""
    if query.settled is None:
        assert partial.look is not None  # noqa: S101 - the first look made it
        return replace(query, settled=settled(partial.look, query))
    if query.settled.suspects or partial.counts is None or not query.outcome_known:
        return None
    found = suspected(partial.counts, len(query.journey_map.touchpoints))
    return replace(query, settled=replace(query.settled, suspects=found)) if found else None


def gather(parts: Sequence[Journeys], query: Query) -> tuple[list[Journeys], Query]:
    """The parts, joined where a journey of the map may be of several persons.

    Raises CaseByImpossible, PartsUnjoinable.
    """
    gathered, words = (query.words or Words.of(query.journey_map)).gather(parts)
    return gathered, replace(query, words=words)


def brings_together(query: Query) -> bool:
    """Whether a journey of the map may be of several persons."""
    return (query.words or Words.of(query.journey_map)).brings_together


def finish(partial: Partial, query: Query) -> Pains:
    """The answer."""
    assert partial.counts is not None  # noqa: S101 - there was a second look
    assert query.settled is not None  # noqa: S101
    return tell(partial.counts, partial.overlaps, query.settled, query)


def hurting(journeys: Journeys, query: Query, signal: Signal, touchpoint: str) -> Bools:
    """One bool for each journey that the map makes of a shard: whether it meets the signal there.

    `query` is settled. Visits that are too young to be judged do not count.
    """
    assert query.settled is not None  # noqa: S101 - the first look comes before
    found = visits_of(told_until(journeys, query), query, query.settled)
    hurt = np.zeros(len(found.told.log), np.bool_)
    keys = [t.key for t in query.journey_map.touchpoints]
    if touchpoint not in keys:
        return hurt
    if signal == "exit":
        rows = found.first[~found.first["had"] & found.first["ends"]]
    else:
        rows = found.met[signal].rows[found.met[signal].has]
    hurt[rows["journey"][rows["touchpoint"] == keys.index(touchpoint)]] = True
    return hurt
