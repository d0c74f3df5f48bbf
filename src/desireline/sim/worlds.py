"""Worlds of many shapes with known order and stages, on which discovery is put to the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from desireline.engine.errors import DesirelineError
from desireline.sim.blueprint import Blueprint, Place, StagePlan, built, truth_of
from desireline.sim.model import DAY, HOUR, MINUTE, Wait
from desireline.sim.naming import named
from desireline.sim.simulation import World

Dice = np.random.Generator
ORDER_VALUE = (45.0, 120.0)


class ShapeUnknown(DesirelineError):
    """A shape of world that does not exist."""


def world(seed: int, shape: str | None = None, persons: int = 2000) -> World:
    """A world with planted order and stages. Without a shape the seed picks one.

    The names of its event types are drawn, neutral words for an even seed and codes such as e17
    for an odd one, and say nothing about the order. ShapeUnknown where there is no such shape.
    """
    shape = shape or tuple(SHAPES)[seed % len(SHAPES)]
    if shape not in SHAPES:
        raise ShapeUnknown(
            f"There is no world of the shape {shape!r}.", hint=f"Take one of {', '.join(SHAPES)}."
        )
    dice = np.random.Generator(np.random.PCG64([seed, *shape.encode()]))
    persons = min(persons, 300) if shape == "tiny" else persons
    plan = named(SHAPES[shape](dice), dice, words=seed % 2 == 0)
    plan = replace(plan, shape=shape)
    return World(built(plan), truth_of(plan, seed, persons), persons, seed)


def _linear(dice: Dice) -> Blueprint:
    stages = _stages(dice, sizes=_sizes(dice, 4))
    return _bought(stages, 2)


def _optional(dice: Dice) -> Blueprint:
    """Most places are passed by; the last of each stage is the commitment."""
    stages = _stages(dice, sizes=_sizes(dice, 4, 4, 6), skip=(0.25, 0.6))
    return _reached(stages)


def _loops(dice: Dice) -> Blueprint:
    stages = _stages(dice, sizes=_sizes(dice, 4), again=(0.15, 0.5))
    return _reached(tuple(replace(s, back=float(dice.uniform(0.25, 0.45))) for s in stages))


def _any_order(dice: Dice) -> Blueprint:
    """Every second stage is done in any order, and its end is in order."""
    stages = list(_stages(dice, sizes=_sizes(dice, 4)))
    for s in (1, 3):
        stages[s] = replace(stages[s], any_order=True, drop=0.0)
    return _reached(tuple(stages))


def _branches(dice: Dice) -> Blueprint:
    stages = _stages(dice, sizes=_sizes(dice, 4))
    return _reached(_with_alternatives(stages, dice, share=0.4))


def _early_exits(dice: Dice) -> Blueprint:
    stages = _stages(dice, sizes=_sizes(dice, 4))
    return _reached((replace(stages[0], leave=0.75), *stages[1:]))


def _long_sales(dice: Dice) -> Blueprint:
    """Business to business: weeks between stages, days within, some steps left out."""
    slow = _stages(dice, sizes=_sizes(dice, 5), skip=(0.0, 0.25), within=(1.5 * DAY, 4 * DAY))
    slow = tuple(replace(s, after=Wait(14 * DAY, 40 * DAY), leave=0.3) for s in slow)
    return _reached(slow)


def _subscription(dice: Dice) -> Blueprint:
    """Trial, contract, then a cycle of renewals a month apart, then the end of the contract."""
    stages = list(_stages(dice, sizes=(3, 3, 4, 2)))
    cycle = Wait(8 * DAY, 14 * DAY)
    stages[2] = replace(stages[2], within=cycle, after=Wait(30 * DAY, 60 * DAY), back=0.7)
    stages[2] = replace(stages[2], leave=0.5)
    return _bought(tuple(stages), 1)


def _service(dice: Dice) -> Blueprint:
    """Purchase, then returns and cases that come back and often end the journey."""
    stages = list(_stages(dice, sizes=(3, 3, 5, 4), skip=(0.0, 0.3)))
    stages[2] = replace(stages[2], back=0.4)
    stages[3] = replace(stages[3], back=0.3)
    return _bought(tuple(stages), 1)


def _tiny(dice: Dice) -> Blueprint:
    return _reached(_stages(dice, sizes=_sizes(dice, 3, 3, 4), skip=(0.0, 0.2), leave=(0.1, 0.25)))


def _noisy(dice: Dice) -> Blueprint:
    """Two events of five are noise, and types differ much in how common they are."""
    stages = _stages(dice, sizes=_sizes(dice, 4), skip=(0.0, 0.3), again=(0.0, 0.3))
    noise = tuple(f"n{i}" for i in range(5))
    return replace(_reached(stages), noise=noise, noise_chance=0.4)


def _synonyms(dice: Dice) -> Blueprint:
    """The same step over several channels: most places have two or three names."""
    stages = _stages(dice, sizes=_sizes(dice, 4, 2, 3))
    return _reached(_with_alternatives(stages, dice, share=0.7, many=3))


def _two_outcomes(dice: Dice) -> Blueprint:
    """The last place is either of two ends; the good one carries a value."""
    stages = list(_stages(dice, sizes=_sizes(dice, 4), skip=(0.0, 0.2)))
    last = Place(("won", "lost"), ends=True)
    stages[-1] = replace(stages[-1], places=(*stages[-1].places[:-1], last))
    return Blueprint("", tuple(stages), ("won", "lost"))


SHAPES: Mapping[str, Callable[[Dice], Blueprint]] = {
    "linear": _linear,
    "optional": _optional,
    "loops": _loops,
    "any_order": _any_order,
    "branches": _branches,
    "early_exits": _early_exits,
    "long_sales": _long_sales,
    "subscription": _subscription,
    "service": _service,
    "tiny": _tiny,
    "noisy": _noisy,
    "synonyms": _synonyms,
    "two_outcomes": _two_outcomes,
}
"""The shapes of worlds by name."""


def _sizes(dice: Dice, stages: int, low: int = 3, high: int = 5) -> tuple[int, ...]:
    return tuple(int(n) for n in dice.integers(low, high + 1, stages))


def _stages(
    dice: Dice,
    sizes: tuple[int, ...],
    *,
    skip: tuple[float, float] = (0.0, 0.0),
    again: tuple[float, float] = (0.0, 0.0),
    leave: tuple[float, float] = (0.15, 0.4),
    within: tuple[float, float] = (5 * MINUTE, 2 * HOUR),
) -> tuple[StagePlan, ...]:
    """Stages with places of their own; the last place of each is never passed by."""
    stages = []
    for s, size in enumerate(sizes):
        places = tuple(
            Place(
                (f"t{s}.{k}",),
                skip=0.0 if k == size - 1 else float(dice.uniform(*skip)),
                again=float(dice.uniform(*again)),
            )
            for k in range(size)
        )
        median = float(dice.uniform(*within))
        inside = Wait(median, median * float(dice.uniform(2, 5)))
        days = float(dice.uniform(2, 6))
        after = Wait(days * DAY, days * DAY * float(dice.uniform(1.5, 2.5)))
        stages.append(
            StagePlan(places, leave=float(dice.uniform(*leave)), within=inside, after=after)
        )
    return tuple(stages)


def _with_alternatives(
    stages: tuple[StagePlan, ...], dice: Dice, *, share: float, many: int = 2
) -> tuple[StagePlan, ...]:
    def split(place: Place) -> Place:
        if dice.random() >= share:
            return place
        count = int(dice.integers(2, many + 1))
        return replace(place, names=tuple(f"{place.names[0]}{'abc'[i]}" for i in range(count)))

    return tuple(replace(stage, places=tuple(map(split, stage.places))) for stage in stages)


def _bought(stages: tuple[StagePlan, ...], stage: int) -> Blueprint:
    """The outcome is a purchase at the end of an inner stage; it carries a value."""
    places = stages[stage].places
    order = replace(places[-1], value=ORDER_VALUE)
    changed = list(stages)
    changed[stage] = replace(stages[stage], places=(*places[:-1], order))
    return Blueprint("", tuple(changed), order.names)


def _reached(stages: tuple[StagePlan, ...]) -> Blueprint:
    """The outcome is the last place of the last stage."""
    return Blueprint("", stages, stages[-1].places[-1].names)
