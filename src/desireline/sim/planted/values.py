"""Worlds in which a change moved what visits are worth, or how long something takes.

They are those of `planted.effects` with other amounts and times: values that are log-normal or of
Pareto's distribution, so that a few of them are very large, and times that are exponential.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from desireline.engine.effects import Design, Hashed
from desireline.engine.effects.query import Kind
from desireline.engine.journeys import F64, Bools
from desireline.engine.rules.ast import Property
from desireline.sim.planted.effects import (
    DAY,
    DEPLOYED,
    EVENTS,
    MEAN_AMOUNT,
    WINDOW_DAYS,
    Dice,
    PlantedEffect,
    arms_of,
    planted_effect,
)

DONE = EVENTS.index("done")
PRICE = 40.0
"""What most values are like."""
MANY = 1_000_000
"""From so many drawn values a true mean is known: to a third of a hundredth, of the heaviest."""


def planted_value(
    design: Design, kind: Kind, seed: int, *, null: bool = False, at_most: float | None = None
) -> PlantedEffect:
    """The world of a seed in which more or fewer come about (`value`, `time`), or dearer (`each`).

    The effect is told of what is asked: with `at_most`, of values that are cut there.
    """
    world = planted_effect(design, seed, null=null)
    dice = np.random.Generator(np.random.PCG64([seed, null, *kind.encode(), *design.encode()]))
    was = world.query.metric
    rate = world.effect if was.kind == "rate" else world.effect / MEAN_AMOUNT
    metric = replace(was, kind=kind, at_most=at_most)
    asked = replace(world, query=replace(world.query, metric=metric), effect=rate)
    return MAKES[kind](dice, asked)


def amounts(dice: Dice, n: int) -> tuple[F64, F64]:
    """So many values of one heavy-tailed distribution, drawn by its seed; and many more of it."""
    spread = float(dice.choice([0.7, 1.0, 1.5]))
    heavy = bool(dice.random() < 0.25)

    def drawn(m: int) -> F64:
        if heavy:
            found: F64 = PRICE * (dice.pareto(2.5, m) + 1)
        else:
            found = PRICE * np.exp(dice.normal(0, spread, m))
        return found

    return drawn(n), drawn(MANY)


def _worth(dice: Dice, world: PlantedEffect) -> PlantedEffect:
    """As many more come about as in the world, each with a value of its own."""
    journeys, cut = world.journeys, world.query.metric.at_most or np.inf
    drawn, many = amounts(dice, len(journeys.time))
    value = np.where(journeys.code == DONE, np.round(drawn, 2), np.nan).astype(np.float32)
    mean = float(np.minimum(many, cut).mean())
    return replace(world, journeys=replace(journeys, value=value), effect=world.effect * mean)


def _late(dice: Dice, world: PlantedEffect) -> PlantedEffect:
    """What comes about comes after an exponential time; what does not takes all of it."""
    journeys = world.journeys
    window = WINDOW_DAYS * DAY
    scale = float(dice.uniform(0.1, 0.5)) * window

    def drawn(m: int) -> F64:
        """Exponential, cut off at the end of what is looked at."""
        found: F64 = -scale * np.log1p(dice.random(m) * np.expm1(-window / scale))
        return found

    wait = drawn(len(journeys.time)).astype(np.int64)
    came = np.append(False, journeys.code[:-1] != DONE)  # a coming stands before what it led to
    follows = (journeys.code == DONE) & came & (np.append(0, np.diff(journeys.time)) == DAY)
    time = np.where(follows, np.append(0, journeys.time[:-1]) + wait, journeys.time)
    mean = (float(drawn(MANY).mean()) - window) / 1e6
    return replace(
        world,
        journeys=replace(journeys, time=time),
        query=replace(world.query, metric=replace(world.query.metric, good="less")),
        effect=world.effect * mean,
    )


def _dearer(dice: Dice, world: PlantedEffect) -> PlantedEffect:
    """Who is reached from the change on pays so many percent more, as many more as come about."""
    journeys, cut = world.journeys, world.query.metric.at_most or np.inf
    drawn, many = amounts(dice, len(journeys.time))
    lift = 1 + 3 * world.effect
    raised = np.where(_reached(world), drawn * lift, drawn)
    value = np.where(journeys.code == DONE, np.round(raised, 2), np.nan).astype(np.float32)
    gain = np.minimum(many * lift, cut).mean() - np.minimum(many, cut).mean()
    return replace(world, journeys=replace(journeys, value=value), effect=float(gain))


def _reached(world: PlantedEffect) -> Bools:
    """At which events somebody has what is changed."""
    journeys, reached = world.journeys, world.query.reached
    late: Bools = journeys.time >= DEPLOYED
    if isinstance(reached, Hashed):
        arms = arms_of([journeys.ids[k] for k in range(len(journeys))], reached)
        late &= np.repeat(arms == 1, np.diff(journeys.offset))
    if isinstance(reached, Property):
        column = journeys.columns[reached.name]
        assert column.codes is not None  # noqa: S101 - regions are codes
        late &= column.codes == column.values.index(str(reached.value))
    return late


MAKES: Mapping[Kind, Callable[[Dice, PlantedEffect], PlantedEffect]] = {
    "value": _worth,
    "each": _dearer,
    "time": _late,
}
"""How each kind of figure is planted, into a world whose `effect` is that of the rate."""
