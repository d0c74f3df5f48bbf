"""What is asked: a map, and which events end a journey, or a part of a life as a customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from desireline.engine.calendar import Calendar
from desireline.engine.inference.describing import PROPERTIES, SCORE
from desireline.engine.journey_map import JourneyMap
from desireline.engine.rules.ast import Rule
from desireline.engine.telling import Words

if TYPE_CHECKING:
    from desireline.engine.endings.settled import Settled

EndKind: TypeAlias = Literal["churn", "lapse", "renewal", "cross_sale", "referral", "outcome"]
MOST_MONTHS = 36


@dataclass(frozen=True)
class End:
    """An event that says that something ended or began anew: which kind, and by which rule."""

    kind: EndKind
    rule: Rule


@dataclass(frozen=True)
class Query:
    """Why they leave, and when they come back.

    Whoever is silent for `silence_days` has lapsed, from that day on; who leaves "at" a place does
    so within `within_days` after coming to it: an event of churn, or the last sign before such a
    silence. Both come from the map's own rhythm where they are not given.
    """

    journey_map: JourneyMap
    ends: tuple[End, ...] | None = None
    """Without: as the names of event types suggest (`naming`), and the map's outcome."""
    elsewhere: Rule | None = None
    """Events which say that somebody went elsewhere; without: as names suggest."""
    silence_days: float | None = None
    within_days: float | None = None
    knows: tuple[str, ...] = (SCORE, *PROPERTIES)
    """Properties of events that are read: marks, and what kind of customer somebody is."""
    time_zone: str = "UTC"
    """In which months the states of persons are counted."""
    as_of: int | None = None
    """Microseconds since 1970: later events do not count. Without: the last event."""
    words: Words | None = None
    """Set by `gather` where it has made the journeys already; else those of the map."""
    settled: Settled | None = None
    """What the first look settled."""

    @property
    def calendar(self) -> Calendar:
        """The months. Raises PeriodsImpossible."""
        return Calendar("month", self.time_zone)
