"""bind: a document and a log make a living map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from desireline.engine.compute.threads import run
from desireline.engine.filters import microseconds_at
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import Journeys
from desireline.engine.living_map import question
from desireline.engine.living_map.living import LivingMap


def bind(
    journey_map: JourneyMap,
    journeys: Journeys | Sequence[Journeys],
    *,
    as_of: dt.datetime | None = None,
) -> LivingMap:
    """The map with its figures over all history, as known at `as_of` (the log's end without one).

    `journeys` are persons, in one Journeys or in parts that need not share arrays or vocabularies:
    each person is in one part, and a journey that a part's mask hides counts nowhere. (Its time
    still counts for the log's end, for its events are in another part. So what is erased must leave
    the arrays.) The map's `case_by` makes its journeys of them. No event is changed, so a map that
    was edited can be bound again at once. An event is the first touchpoint, in the map's order,
    whose rule holds at it. The same question for any `Compute` is `question` with a `Query`.
    Raises CaseByImpossible, PartsUnjoinable, and what the rules raise.
    """
    moment = None if as_of is None else microseconds_at(as_of)
    return run(question, journeys, question.Query(journey_map, moment))
