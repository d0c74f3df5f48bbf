"""What is asked: a map as a plan, and what counts beside it."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.engine.calendar import Calendar, Period
from desireline.engine.journey_map import JourneyMap
from desireline.engine.telling import Words

LONGEST = 10_000
"""Events of the longest journey that is laid beside a plan with a stage in any order: the time
that takes grows with the square."""
TOP_WAYS = 30


@dataclass(frozen=True)
class Query:
    """How journeys are held against the plan.

    A step costs 1 where an event fits nowhere, and 1 where a required touchpoint has no event; the
    rest costs nothing. That is the standard cost of alignments.
    """

    journey_map: JourneyMap
    strangers: bool = True
    """Whether events that no touchpoint means count, as `ad_hoc`. What the map leaves out by name
    never counts."""
    period: Period = "month"
    time_zone: str = "UTC"
    """In which periods deviations are counted over time."""
    ways: int = TOP_WAYS
    """How many ways are told, the most frequent of all and of those beside the plan."""
    as_of: int | None = None
    """Microseconds since 1970: later events do not count."""
    words: Words | None = None
    """Set by `gather` where it has made the journeys already; else those of the map."""

    @property
    def calendar(self) -> Calendar:
        """The periods. Raises PeriodsImpossible."""
        return Calendar(self.period, self.time_zone)
