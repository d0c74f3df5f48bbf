"""The living map as a question: an analysis over parts of the journeys that share no arrays.

It looks three times: at what the log is, then at what the journeys did in the words of the map, and
then, once the usual waits and the common steps are known of all parts, at who stands where and
which steps are rare. Each look contributes counts, sketches and a few sample journeys; the answer
is the same to the last count however the persons are spread over parts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import Journeys
from desireline.engine.living_map.counting import Counted
from desireline.engine.living_map.facts import LogFacts
from desireline.engine.living_map.first_look import FirstLook, first_look
from desireline.engine.living_map.frame import Frame
from desireline.engine.living_map.living import LivingMap, living_map
from desireline.engine.living_map.second_look import SecondLook, Usual, second_look, usual
from desireline.engine.telling import Words

T = TypeVar("T")

__all__ = ["Partial", "Query", "again", "brings_together", "finish", "gather", "merge", "partial"]


@dataclass(frozen=True, eq=False)
class Query:
    """A map, and as of when it is asked for. The later fields are set on the way."""

    journey_map: JourneyMap
    as_of: int | None = None
    """Microseconds since 1970; None: the last time that the log has."""
    words: Words | None = None
    """Set by `gather`, where it has made the journeys already; else those of the map."""
    ended: int | None = None
    """Set by `gather` with `words`: the last time of the log as it was."""
    frame: Frame | None = None
    """Set by `again` for the second look: the time that figures are measured in."""
    usual: Usual | None = None
    """Set by `again` for the third: the usual waits, and how often each step was walked."""

    @property
    def told_in(self) -> Words:
        """The words of the map, up to the moment that was asked for."""
        words = self.words or Words.of(self.journey_map)
        return words if self.as_of is None else replace(words, stop=self.as_of + 1)


@dataclass(frozen=True, eq=False)
class Partial:
    """What a shard contributes: one of the three at each look, all of them once merged."""

    facts: LogFacts | None = None
    first: FirstLook | None = None
    second: SecondLook | None = None


def brings_together(query: Query) -> bool:
    """Whether a journey of the map may be of several persons."""
    return query.told_in.brings_together


def gather(parts: Sequence[Journeys], query: Query) -> tuple[list[Journeys], Query]:
    """The parts, joined where a journey of the map may be of several persons.

    Raises CaseByImpossible, PartsUnjoinable.
    """
    if not brings_together(query):
        return list(parts), query
    gathered, words = Words.of(query.journey_map).gather(parts)
    ends = [part.period[1] for part in parts if part.period is not None]
    return gathered, replace(query, words=words, ended=max(ends, default=None))


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes to the look that the query is for.

    Raises CaseByImpossible, VocabularyTooLarge, and what the rules raise.
    """
    if query.frame is None:
        return Partial(facts=LogFacts.of(journeys))
    if query.usual is None:
        return Partial(first=first_look(journeys, query.journey_map, query.told_in, query.frame))
    return Partial(second=second_look(journeys, query.told_in, query.frame, query.usual))


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards, or two looks, together."""
    return Partial(
        _both(a.facts, b.facts, LogFacts.merge),
        _both(a.first, b.first, FirstLook.merge),
        _both(a.second, b.second, SecondLook.merge),
    )


def again(partial: Partial, query: Query) -> Query | None:
    """The query of the next look, once the last is merged; None after the third."""
    if partial.first is None:
        assert partial.facts is not None  # noqa: S101 - the first thing looked at
        moment = query.ended if query.as_of is None else query.as_of
        return replace(query, frame=Frame.of(partial.facts.period, moment))
    if partial.second is None:
        return replace(query, usual=usual(partial.first))
    return None


def finish(partial: Partial, query: Query) -> LivingMap:
    """The map with its figures."""
    facts, first, second, frame = partial.facts, partial.first, partial.second, query.frame
    assert facts and first and second and frame  # noqa: S101, PT018 - all looks are taken
    return living_map(Counted(query.journey_map, facts, first, second, frame))


def _both(a: T | None, b: T | None, merged: Callable[[T, T], T]) -> T | None:
    if a is None or b is None:
        return b if a is None else a
    return merged(a, b)
