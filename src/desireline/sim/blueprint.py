"""From a plan of stages and places to a model with the truth about its order.

What makes a stage here: its end is a commitment, where many leave; the wait to the next stage is
longer than the waits within; whoever goes back goes back within the stage.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from desireline.sim.model import DAY, HOUR, MINUTE, Edge, Model, Noise, Step, Wait
from desireline.sim.truth import PlantedTouchpoint, Truth

BEGINS = np.datetime64("2025-01-01T00:00:00")
ENDS = np.datetime64("2026-01-01T00:00:00")


MINUTES = Wait(12 * MINUTE, HOUR)
DAYS = Wait(2 * DAY, 5 * DAY)


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the order: a touchpoint, or several that stand for each other."""

    names: tuple[str, ...]
    skip: float = 0.0
    """Chance to pass the place by."""
    again: float = 0.0
    """Chance to do the touchpoint once more, after each time."""
    ends: bool = False
    """The journey is over after it."""
    value: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage: its places in order (or in any order), and how people move in it and out of it."""

    places: tuple[Place, ...]
    any_order: bool = False
    leave: float = 0.25
    """Chance to leave for good at the end of the stage."""
    drop: float = 0.01
    """Chance to leave after each touchpoint before the end."""
    back: float = 0.0
    """Chance to begin the stage again at its end."""
    within: Wait = MINUTES
    """Wait before the next touchpoint of the stage."""
    after: Wait = DAYS
    """Wait before the next stage."""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A world as a plan: stages, noise and outcomes, by the names of its event types."""

    shape: str
    stages: tuple[StagePlan, ...]
    outcomes: tuple[str, ...]
    noise: tuple[str, ...] = ("n1", "n2")
    noise_chance: float = 0.1
    channels: dict[str, str] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)
    vocabulary: tuple[str, ...] = ()


def built(plan: Blueprint) -> Model:
    """The model of a plan."""
    steps, edges = [], []
    for s, stage in enumerate(plan.stages):
        more_steps, more_edges = _any_order(stage, s) if stage.any_order else _in_order(stage, s)
        last = s == len(plan.stages) - 1
        steps += [*more_steps, Step(_end(s), clears=_done(stage, s) if stage.any_order else ())]
        edges += more_edges + _way_out(stage, s, last=last)
    shares = {name: 1.0 / (i + 1) for i, name in enumerate(plan.noise)}
    return Model(
        begin=_gate(0, 0),
        steps=tuple(_dressed(plan, step) for step in [*steps, *(Step(n, n) for n in plan.noise)]),
        edges=tuple(edges),
        begins_at=BEGINS,
        ends_at=ENDS,
        noise=Noise(plan.noise_chance, shares) if plan.noise else None,
        vocabulary=plan.vocabulary,
    )


def truth_of(plan: Blueprint, seed: int, persons: int) -> Truth:
    """What the plan plants: order, stages, alternatives, what is optional or repeated, noise."""
    touchpoints: list[PlantedTouchpoint] = []
    rank = 0
    for s, stage in enumerate(plan.stages):
        for place in stage.places:
            for name in place.names:
                optional = place.skip > 0 or len(place.names) > 1
                again = place.again > 0 or stage.back > 0
                channel = plan.channels.get(name, "")
                touchpoints.append(PlantedTouchpoint(name, rank, s, optional, again, channel))
            rank += 0 if stage.any_order else 1
        rank += 1 if stage.any_order else 0
    places = [place for stage in plan.stages for place in stage.places]
    loose = [stage for stage in plan.stages if stage.any_order]
    return Truth(
        shape=plan.shape,
        seed=seed,
        persons=persons,
        touchpoints=tuple(touchpoints),
        stages=tuple(f"stage {s + 1}" for s in range(len(plan.stages))),
        noise=plan.noise,
        outcomes=plan.outcomes,
        alternatives=tuple(place.names for place in places if len(place.names) > 1),
        any_order=tuple(tuple(n for p in stage.places for n in p.names) for stage in loose),
    )


def _gate(stage: int, place: int) -> str:
    return f"gate {stage}.{place}"


def _end(stage: int) -> str:
    return f"end {stage}"


def _done(stage: StagePlan, s: int) -> tuple[str, ...]:
    return tuple(f"done {s}.{k}" for k in range(len(stage.places)))


def _after(place: Place, name: str, to: str, stage: StagePlan, *, last: bool) -> list[Edge]:
    """The ways out of a touchpoint: again, out of the journey, or on."""
    if place.ends:
        return []
    drop = 0.0 if last else stage.drop
    on = 1 - place.again - drop
    onward = Edge(name, to, on) if last else Edge(name, to, on, stage.within)
    ways = [Edge(name, name, place.again, stage.within), Edge(name, "", drop, stage.within), onward]
    return [edge for edge in ways if edge.chance > 0]


def _in_order(stage: StagePlan, s: int) -> tuple[list[Step], list[Edge]]:
    steps, edges = [], []
    count = len(stage.places)
    for k, place in enumerate(stage.places):
        last = k == count - 1
        gate, following = _gate(s, k), _end(s) if last else _gate(s, k + 1)
        steps += [Step(gate), *(Step(name, name, value=place.value) for name in place.names)]
        share = (1 - place.skip) / len(place.names)
        edges += [Edge(gate, name, share) for name in place.names]
        edges += [Edge(gate, following, place.skip)] if place.skip else []
        for name in place.names:
            edges += _after(place, name, following, stage, last=last)
    return steps, edges


def _any_order(stage: StagePlan, s: int) -> tuple[list[Step], list[Edge]]:
    """A hub from which each place is taken once; a skipped place is a silent step."""
    hub, done = _gate(s, 0), _done(stage, s)
    steps = [Step(hub)]
    edges = [Edge(hub, _end(s), 1.0, needs=done)]
    for k, place in enumerate(stage.places):
        skipped = f"skip {s}.{k}"
        steps += [Step(skipped, sets=(done[k],))]
        edges += [Edge(skipped, hub, 1.0)]
        edges += [Edge(hub, skipped, place.skip, without=(done[k],))] if place.skip else []
        share = (1 - place.skip) / len(place.names)
        for name in place.names:
            steps.append(Step(name, name, sets=(done[k],), value=place.value))
            edges.append(Edge(hub, name, share, without=(done[k],)))
            edges += _after(place, name, hub, stage, last=False)
    return steps, edges


def _way_out(stage: StagePlan, s: int, *, last: bool) -> list[Edge]:
    end = _end(s)
    ways = [
        Edge(end, _gate(s, 0), stage.back, stage.within),
        Edge(end, "", 1.0 if last else stage.leave, stage.within),
        Edge(end, "" if last else _gate(s + 1, 0), 0.0 if last else 1 - stage.leave, stage.after),
    ]
    rest = 1 - stage.back
    scaled = [ways[0], *(replace(edge, chance=edge.chance * rest) for edge in ways[1:])]
    return [edge for edge in scaled if edge.chance > 0]


def _dressed(plan: Blueprint, step: Step) -> Step:
    """The step with its channel and actor."""
    if not step.event:
        return step
    channel, actor = plan.channels.get(step.name, ""), plan.actors.get(step.name, "person")
    return replace(step, channels={channel: 1.0} if channel else {}, actor=actor)
