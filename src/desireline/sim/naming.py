"""Names, channels and actors for the touchpoints of a world, drawn so that they tell nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from desireline.sim.blueprint import Blueprint, Place, StagePlan

CHANNELS = ("web", "email", "phone", "store")
WORDS = """
amber anchor apple arrow autumn badge basil beacon birch blanket bottle branch breeze
brick bridge bronze bucket button cabin candle canvas carpet cedar cherry chimney circle
clover cobalt copper coral cotton cradle crystal curtain dagger daisy diamond dolphin
donkey drawer eagle ember engine falcon feather fern fiddle flannel forest fossil garnet
ginger glacier granite hammer harbor hazel helmet heron honey indigo island ivory jacket
jasmine jungle kettle ladder lagoon lantern laurel lemon lily linen lobster magnet maple
marble meadow mirror mitten mosaic needle nettle nickel oasis olive onyx orchid otter
oyster paddle pearl pebble pepper pigeon pillow pine planet plum pocket poppy quartz
quill rabbit raven ribbon river rocket saddle saffron sail salmon scarf shadow shell
silver sparrow spruce summit thistle thunder tiger topaz tulip tunnel turtle valley
velvet violet walnut willow window winter wolf
"""


def named(plan: Blueprint, dice: np.random.Generator, *, words: bool) -> Blueprint:
    """The plan with drawn names, channels and actors, and the vocabulary in an order of its own."""
    places = [place for stage in plan.stages for place in stage.places]
    old = [*(name for place in places for name in place.names), *plan.noise]
    pool = WORDS.split() if words else [f"e{i}" for i in range(10, 100)]
    drawn = [str(name) for name in dice.permutation(pool)[: len(old)]]
    new = dict(zip(old, drawn, strict=True))

    def renamed(stage: StagePlan) -> StagePlan:
        named = (replace(p, names=tuple(new[n] for n in p.names)) for p in stage.places)
        return replace(stage, places=tuple(named))

    return replace(
        plan,
        stages=tuple(renamed(stage) for stage in plan.stages),
        outcomes=tuple(new[name] for name in plan.outcomes),
        noise=tuple(new[name] for name in plan.noise),
        channels=_channels(places, new, plan.noise, dice),
        actors={new[name]: "system" for name in old if dice.random() < 0.2},
        vocabulary=tuple(str(name) for name in dice.permutation(drawn)),
    )


def _channels(
    places: list[Place], new: Mapping[str, str], noise: tuple[str, ...], dice: np.random.Generator
) -> dict[str, str]:
    """A channel for each name; alternatives of each other differ in theirs."""
    channels = {new[name]: str(dice.choice(CHANNELS)) for name in noise}
    for place in places:
        mixed = dice.permutation(CHANNELS)
        channels |= {new[n]: str(mixed[i % len(CHANNELS)]) for i, n in enumerate(place.names)}
    return channels
