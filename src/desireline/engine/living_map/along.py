"""The funnel along the map: how many walk its main way, and what the others do instead."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.engine.analyses import funnel
from desireline.engine.analyses.funnel_query import MOST_STEPS
from desireline.engine.compute.threads import run
from desireline.engine.journey_map import JourneyMap
from desireline.engine.living_map.binding import Bound
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


def funnel_along(bound: Bound) -> tuple[FunnelStep, ...]:
    """The funnel over the obligatory touchpoints in order, or over stages where these are many.

    A journey passes a step at a visit later than that of the step before; others may lie between.
    Empty for a map of less than two steps.
    """
    steps = steps_along(bound.journey_map)
    if len(steps) < 2:
        return ()
    asked = tuple(funnel.Step(Event(step.touchpoints), name=step.name) for step in steps)
    found = run(funnel, bound.visits, funnel.Query(steps=asked))
    names = {t.key: t.name for t in bound.journey_map.touchpoints}
    return tuple(
        FunnelStep(
            key=step.key,
            name=step.name,
            reached=counted.reached,
            share_of_first=counted.share_of_first,
            share_of_previous=counted.share_of_previous,
            time_from_previous=counted.time_from_previous,
            instead=tuple(
                Instead(key=i.name, name=names.get(i.name or "", "Nothing more"), count=i.count)
                for i in counted.instead
            ),
        )
        for step, counted in zip(steps, found.steps, strict=True)
    )


def steps_along(journey_map: JourneyMap) -> tuple[Along, ...]:
    """The main way through the map."""
    main = _touchpoint_steps(journey_map)
    if 2 <= len(main) <= MOST_TOUCHPOINTS:
        return main
    return _stage_steps(journey_map)[:MOST_STEPS]


def _touchpoint_steps(journey_map: JourneyMap) -> tuple[Along, ...]:
    found = journey_map.touchpoints
    return tuple(
        Along(t.key, t.name, (t.key, *(a.key for a in found if a.alternative_to == t.key)))
        for t in found
        if not t.optional and t.alternative_to is None
    )


def _stage_steps(journey_map: JourneyMap) -> tuple[Along, ...]:
    return tuple(
        Along(stage.key, stage.name, tuple(t.key for t in stage.touchpoints))
        for stage in journey_map.stages
        if not all(t.optional for t in stage.touchpoints)
    )
