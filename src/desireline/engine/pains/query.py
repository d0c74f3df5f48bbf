"""What is asked: a map, and what one look over the log has settled about its places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from desireline.engine.calendar import Calendar, Period
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import I64, Bools
from desireline.engine.marks import SCORES
from desireline.engine.pains.result import Aim
from desireline.engine.pains.signals import TEXTS, Signal
from desireline.engine.telling import Words


class Suspect(NamedTuple):
    """A signal at a touchpoint that looks like a pain, before others are taken into account."""

    signal: Signal
    touchpoint: int
    aim: Aim


@dataclass(frozen=True, eq=False)
class Settled:
    """What all shards together say, before visits are told apart by it."""

    limits: I64
    """By (touchpoint before, touchpoint), flat: the longest usual wait in microseconds; -1: none
    is known, or nobody waits there for anybody."""
    answers: Bools
    """By (message, answer)."""
    offered: Bools
    """Of each touchpoint whether the company comes with it by itself, to some and not to others."""
    channels: tuple[frozenset[str], ...]
    """Of each touchpoint: by which channels one comes there."""
    own: frozenset[str]
    """Actors that are the customer."""
    low_below: tuple[tuple[str, float], ...]
    """Of each property with marks: below which they are low."""
    horizon: int
    """Microseconds after which a customer who was going to come back mostly has."""
    follows: int
    """Microseconds after a visit in which its end is looked for: the same for all visits."""
    last: int
    """The last moment of the log."""
    typical_value: float | None
    """The mean value of an outcome."""
    suspects: tuple[Suspect, ...] = ()
    """Set by the second look, for the third."""


@dataclass(frozen=True, eq=False)
class Query:
    """Where it hurts on a map."""

    journey_map: JourneyMap
    period: Period = "month"
    time_zone: str = "UTC"
    """In which periods pains are counted over time."""
    scores: tuple[str, ...] = SCORES
    """Properties in which marks stand, as far as they were read."""
    texts: tuple[str, ...] = TEXTS
    """Properties in which people speak, as far as they were read."""
    as_of: int | None = None
    """Microseconds since 1970: later events do not count."""
    words: Words | None = None
    """Set by `gather` where it has made the journeys already; else those of the map."""
    settled: Settled | None = None
    """Set by `again` for the second look, and with suspects for the third."""

    @property
    def calendar(self) -> Calendar:
        """The periods. Raises PeriodsImpossible."""
        return Calendar(self.period, self.time_zone)

    @property
    def outcome_known(self) -> bool:
        """Whether the map says what its journeys are for."""
        return self.journey_map.goal.outcome is not None

    @property
    def lives_on(self) -> bool:
        """Whether customers of this map have a life after the outcome: its journeys are persons."""
        return self.journey_map.case_by.kind == "person"
