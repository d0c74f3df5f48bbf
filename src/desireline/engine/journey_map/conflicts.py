"""Goals of departments that pull a touchpoint in two directions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct

from desireline.engine.journey_map.document import JourneyMap
from desireline.engine.journey_map.parts import DepartmentGoal


class GoalConflict(Struct, frozen=True, kw_only=True):
    """Two departments that want what hinders the other, at one touchpoint."""

    touchpoint: str
    departments: tuple[str, str]
    metric: str | None
    """The figure that one wants up and the other down; None: they said so themselves."""


def goal_conflicts(journey_map: JourneyMap) -> tuple[GoalConflict, ...]:
    """Every pair of departments in conflict, in the order of the map."""
    return tuple(
        GoalConflict(touchpoint=t.key, departments=(a.department, b.department), metric=metric)
        for t in journey_map.touchpoints
        for a, b in combinations(t.goals, 2)
        for metric in _between(a, b)
    )


def _between(a: DepartmentGoal, b: DepartmentGoal) -> Iterator[str | None]:
    if a.department == b.department:
        return
    if (
        a.metric is not None
        and a.metric == b.metric
        and {a.direction, b.direction} == {"up", "down"}
    ):
        yield a.metric
    elif b.department in a.against or a.department in b.against:
        yield None
