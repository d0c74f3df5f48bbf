"""What is asked of the engine about an improvement, from what the improvement says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from desireline.engine.effects import Metric, Query
from desireline.engine.effects.query import DAY_SECONDS
from desireline.engine.journey_map import JourneyMap
from desireline.engine.rules.ast import AllOf, Event, Property, Rule
from desireline.engine.rules.names import SOURCE, columns_of
from desireline.modules.explore.facade import Reading, RuleDocument
from desireline.modules.improve.documents import (
    AtRandom,
    BySource,
    Everybody,
    ImprovementDocument,
    InSegment,
    Measure,
    WithProperty,
)
from desireline.modules.improve.errors import MeasureIncomplete
from desireline.modules.improve.repository import Row
from desireline.modules.maps.facade import draft_map
from desireline.modules.rooms import Rooms

ARM_ASSIGNED = "arm_assigned"
"""The type of the events that say in which arm of an improvement a person is."""
IMPROVEMENT, ARM = "improvement", "arm"
"""Their properties: the improvement's number, and 1 for those whom it reaches, 0 for the others."""


@dataclass(frozen=True)
class Wanted:
    """A query, and the properties of events that it looks at."""

    query: Query
    columns: frozenset[str]


@dataclass(frozen=True)
class _Whom:
    """Whom an improvement reaches, and with whom they are compared."""

    reached: Rule | None = None
    compared: Rule | None = None
    share: float | None = None
    """The share that a lot was meant to reach."""
    by_lot: bool = False


def query_of(rooms: Rooms, row: Row, deployed: int, events: frozenset[str]) -> Wanted:
    """The question about an improvement that is deployed at a moment.

    `events` are the types that the log has. Raises MeasureIncomplete, and what its rules raise.
    """
    said = ImprovementDocument.model_validate_json(row["document"])
    journey_map = draft_map(rooms, row["map"])
    reading = Reading(lambda _: journey_map, events)
    entered = reading.rule(said.measure.entered) or _touchpoint(journey_map, row)
    reached = reading.rule(said.measure.reached) or journey_map.goal.outcome
    if reached is None:
        raise MeasureIncomplete(
            f"The map {row['map']!r} names no outcome, and the improvement nothing else.",
            hint="Say in its measure what those who enter shall reach.",
        )
    whom = WHOM[type(said.reach)](said.reach, reading, row)
    query = Query(
        entered=entered,
        metric=_metric(reached, said.measure),
        deployed=deployed,
        reached=whom.reached,
        compared=whom.compared,
        by_chance=whom.by_lot,
        share=whom.share,
    )
    rules = (entered, reached, whom.reached, whom.compared)
    columns = frozenset[str]().union(*(columns_of(rule) for rule in rules if rule is not None))
    return Wanted(query, columns)


def _metric(reached: Rule, measure: Measure) -> Metric:
    return Metric(
        reached,
        kind=measure.counts,
        within_seconds=measure.within_days * DAY_SECONDS,
        good=measure.good,
        at_most=measure.at_most,
    )


def _touchpoint(journey_map: JourneyMap, row: Row) -> Rule:
    found = next((one for one in journey_map.touchpoints if one.key == row["touchpoint"]), None)
    if found is None:
        raise MeasureIncomplete(
            f"The improvement {row['id']} is for no touchpoint of the map {row['map']!r}.",
            hint="Say in its measure who enters, or give its opportunity a touchpoint.",
        )
    return found.rule


def _everybody(_: Everybody, _reading: Reading, _row: Row) -> _Whom:
    return _Whom()


def _with_property(said: WithProperty, _reading: Reading, _row: Row) -> _Whom:
    return _Whom(Property(said.name, "eq", said.value), by_lot=said.by_lot)


def _by_source(said: BySource, _reading: Reading, _row: Row) -> _Whom:
    return _Whom(Property(SOURCE, "eq", said.name), by_lot=said.by_lot)


def _in_segment(said: InSegment, reading: Reading, _row: Row) -> _Whom:
    return _Whom(reading.rule(said.rule))


def _at_random(said: AtRandom, _reading: Reading, row: Row) -> _Whom:
    return _Whom(_in_arm(row["id"], 1), _in_arm(row["id"], 0), said.share, by_lot=True)


def _in_arm(number: int, arm: int) -> Rule:
    of_this = Property(IMPROVEMENT, "eq", number)
    return AllOf((Event((ARM_ASSIGNED,)), of_this, Property(ARM, "eq", arm)))


WHOM: Mapping[type, Callable[[Any, Reading, Row], _Whom]] = {
    Everybody: _everybody,
    WithProperty: _with_property,
    BySource: _by_source,
    InSegment: _in_segment,
    AtRandom: _at_random,
}
"""How each way of reaching people is asked; an entry each."""


def rule_of(document: RuleDocument, events: frozenset[str]) -> Rule:
    """The rule that a document says. PatternUnreadable, RuleUnreadable."""
    read = Reading(_no_map, events).rule(document)
    assert read is not None  # noqa: S101 - a document was given
    return read


def _no_map(named: object) -> JourneyMap:
    raise AssertionError(named)
