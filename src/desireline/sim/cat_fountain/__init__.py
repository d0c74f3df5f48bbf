"""The cat-fountain shop: a year of 50,000 visitors, with everything known that moved them."""

from __future__ import annotations

from desireline.sim.cat_fountain import calendar, traits
from desireline.sim.cat_fountain.columns import shop_columns
from desireline.sim.cat_fountain.edges import shop_edges
from desireline.sim.cat_fountain.steps import NOISE, shop_steps
from desireline.sim.cat_fountain.truth import shop_truth
from desireline.sim.model import DAY, MINUTE, Friends, Model, Noise, Wait
from desireline.sim.simulation import World

NOISE_CHANCE = 0.09


def shop(persons: int = 50_000, seed: int = 7) -> World:
    """The shop with so many visitors; friends whom they bring come on top.

    The same seed gives the same events, and the first visitors of a larger shop are those of a
    smaller one. docs/simulation.md tells what happens in it.
    """
    model = shop_model()
    return World(model, shop_truth(model, seed, persons), persons, seed, shop_columns(model))


def shop_model() -> Model:
    """The tables of the shop."""
    return Model(
        begin=traits.VISITOR,
        steps=(*traits.trait_steps(), *shop_steps()),
        edges=(*traits.trait_edges(), *shop_edges()),
        begins_at=calendar.BEGINS,
        ends_at=calendar.ENDS,
        noise=Noise(NOISE_CHANCE, NOISE, within=20 * MINUTE),
        friends=Friends(traits.INVITED, Wait(6 * DAY, 20 * DAY), "referral_rewarded"),
        eras={"reply fix": calendar.FIX_DEPLOYED},
        clocks={"awake": calendar.awake(), "office": calendar.office(), "post": calendar.post()},
        arrivals=calendar.arrivals(),
    )
