"""What a deviation costs, against worlds in which it is known."""

from __future__ import annotations

import numpy as np
from tests.engine.conformance.test_deviations import SHOP
from tests.engine.factories import journeys_of

from desireline.engine import conformance
from desireline.engine.compute.threads import run
from desireline.engine.journeys import Journeys
from desireline.engine.saying import in_words

WORLDS, PEOPLE = 200, 500
TRUTH = -0.15


def world(seed: int, effect: float) -> Journeys:
    """People of two channels who are declined more often, and buy less, on one of them.

    Of those who see the cart in the app (`buys` 0.6) one in ten is declined, on the web (0.35) six
    in ten. Being declined changes the chance to pay by `effect`; the difference that one sees
    without matching has the channel in it too.
    """
    rng = np.random.default_rng(seed)
    walks, channels = [], []
    for _ in range(PEOPLE):
        web = rng.random() < 0.5
        declined = rng.random() < (0.6 if web else 0.1)
        pays = rng.random() < (0.35 if web else 0.6) + effect * declined
        names = [
            "view",
            "cart",
            "card_declined" if declined else "card",
            *(["paid"] if pays else []),
        ]
        walks.append([(name, 60.0 * i) for i, name in enumerate(names)])
        channels.append(["web" if web else "app"] * len(names))
    return journeys_of(walks, channels=channels)


def effects(effect: float) -> list[conformance.Effect]:
    query = conformance.Query(SHOP)
    found = (run(conformance, world(seed, effect), query) for seed in range(WORLDS))
    deviations = [one.of("failed", "card") for one in found]
    return [d.effect for d in deviations if d is not None and d.effect is not None]


def test_the_interval_holds_the_truth_though_channels_differ() -> None:
    found = effects(TRUTH)
    assert len(found) == WORLDS
    held = np.mean([e.low <= TRUTH <= e.high for e in found])
    assert 0.92 <= held <= 0.98
    assert abs(np.mean([e.difference for e in found]) - TRUTH) < 0.01, "no bias"


def test_what_costs_nothing_is_rarely_said_to() -> None:
    found = effects(0.0)
    assert np.mean([e.verdict != "undecided" for e in found]) <= 0.08
    assert all(e.more > 0 for e in found if e.verdict == "undecided" and e.difference)


def test_what_is_missing_is_held_against_those_who_got_as_far() -> None:
    """Everyone who got beyond the cart paid, with it or without: the cart's absence costs nothing.

    Against all others, most of whom left before it, going without the cart would look like a cure.
    """
    walks = [["view", "card", "paid"]] * 50 + [["view", "cart", "card", "paid"]] * 50
    walks += [["view"]] * 400
    journeys = journeys_of([[(n, 60.0 * i) for i, n in enumerate(walk)] for walk in walks])
    found = run(conformance, journeys, conformance.Query(SHOP)).of("missing", "cart")
    assert found is not None
    assert (found.journeys.count, found.left) == (50, 400)
    assert found.effect is not None
    assert (found.effect.n, found.effect.like, found.effect.difference) == (50, 50, 0.0)
    assert found.effect.verdict == "undecided"


def test_says_so_in_words() -> None:
    found = in_words(run(conformance, world(1, TRUTH), conformance.Query(SHOP)))
    keys = [message.key for message in found]
    assert keys[0] == "conformance.fits"
    assert keys[-1] == "conformance.caveat"
    assert "conformance.failed" in keys
