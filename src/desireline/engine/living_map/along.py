"""The funnel along the map: how many walk its main way, and what the others do instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desireline.engine.analyses import funnel
from desireline.engine.analyses.funnel_query import MOST_STEPS
from desireline.engine.journey_map import JourneyMap, Touchpoint
from desireline.engine.living_map.figures import FunnelStep, Instead
from desireline.engine.rules.ast import Event

MOST_TOUCHPOINTS = 8
"""With more obligatory touchpoints than this the funnel goes from stage to stage."""


@dataclass(frozen=True, slots=True)
class Along:
    """A step of the way: a touchpoint with its alternatives, or a stage."""

    key: str
    name: str
    touchpoints: tuple[str, ...]


def funnel_query(journey_map: JourneyMap) -> funnel.Query | None:
    """The funnel over the milestones in order, if there are two.

    Else over the obligatory touchpoints, or over the stages where these are many. A journey passes
    a step at a visit later than that of the step before; others may lie between. None for a map of
    less than two steps.
    """
    steps = steps_along(journey_map)
    if len(steps) < 2:
        return None
    return funnel.Query(tuple(funnel.Step(Event(s.touchpoints), name=s.name) for s in steps))


def funnel_along(journey_map: JourneyMap, counted: funnel.Partial | None) -> tuple[FunnelStep, ...]:
    """The steps with their figures; none for a map of less than two."""
    query = funnel_query(journey_map)
    if query is None or counted is None:
        return ()
    names = {t.key: t.name for t in journey_map.touchpoints}
    return tuple(
        FunnelStep(
            key=step.key,
            name=step.name,
            reached=found.reached,
            share_of_first=found.share_of_first,
            share_of_previous=found.share_of_previous,
            time_from_previous=found.time_from_previous,
            instead=tuple(
                Instead(key=i.name, name=names.get(i.name or "", "Nothing more"), count=i.count)
                for i in found.instead
            ),
        )
        for step, found in zip(
            steps_along(journey_map), funnel.finish(counted, query).steps, strict=True
        )
    )


def steps_along(journey_map: JourneyMap) -> tuple[Along, ...]:
    """The main way through the map."""
    all_ = journey_map.touchpoints
    milestones = _touchpoint_steps(journey_map, [t for t in all_ if t.milestone])
    if len(milestones) >= 2:
        return milestones[:MOST_STEPS]
    obligatory = [t for t in all_ if not t.optional and t.alternative_to is None]
    main = _touchpoint_steps(journey_map, obligatory)
    if 2 <= len(main) <= MOST_TOUCHPOINTS:
        return main
    return _stage_steps(journey_map)[:MOST_STEPS]


def _touchpoint_steps(journey_map: JourneyMap, chosen: Sequence[Touchpoint]) -> tuple[Along, ...]:
    others = journey_map.touchpoints
    return tuple(
        Along(t.key, t.name, (t.key, *(a.key for a in others if a.alternative_to == t.key)))
        for t in chosen
    )


def _stage_steps(journey_map: JourneyMap) -> tuple[Along, ...]:
    return tuple(
        Along(stage.key, stage.name, tuple(t.key for t in stage.touchpoints))
        for stage in journey_map.stages
        if not all(t.optional for t in stage.touchpoints)
    )
