"""Deviations by kind: examples by hand, and planted ones found again."""

from __future__ import annotations

import pytest
from tests.engine.conformance.scoring import scored
from tests.engine.factories import journeys_of

from desireline.engine import conformance
from desireline.engine.compute.threads import run
from desireline.engine.conformance.laying import KINDS
from desireline.formats.map_yaml import loads

SHOP = loads("""
key: shop
goal: {statement: Sold, outcome: paid}
stages:
  - key: look
    touchpoints:
      - {key: ad, rule: ad, optional: true}
      - {key: view, rule: view, repeatable: true}
  - key: buy
    touchpoints:
      - {key: cart, rule: cart}
      - {key: card, rule: [card, card_declined], failed_when: card_declined}
      - {key: invoice, rule: invoice, alternative_to: card}
      - {key: paid, rule: paid, not_after_seconds: 3600.0, owner: sales}
  - key: keep
    any_order: true
    touchpoints:
      - {key: thanks, rule: thanks}
      - {key: survey, rule: survey}
""")
FULL = "ad view cart card paid thanks survey"


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (FULL, []),
        ("view view cart invoice paid survey thanks", []),
        ("view cart card paid thanks", [("missing", "survey", 1)]),
        ("ad view cart", [("missing", n, 1) for n in ("card", "paid", "survey", "thanks")]),
        ("view card paid thanks survey", [("missing", "cart", 0)]),
        ("cart view card paid thanks survey", None),
        ("view cart card paid paid thanks survey", [("repeated", "paid", 0)]),
        ("view cart card invoice paid thanks survey", [("wrong_branch", "invoice", 0)]),
        ("view cart card_declined paid thanks survey", [("failed", "card", 0)]),
        ("view cart call card paid thanks survey", [("ad_hoc", "call", 0)]),
        ("view cart card paid thanks survey view", [("out_of_order", "view", 0)]),
        ("cart card paid thanks survey view", [("out_of_order", "view", 0)]),
        ("view cart card paid thanks ad survey", [("out_of_order", "ad", 0)]),
    ],
)
def test_names_what_is_beside_the_plan(way: str, expected: list[tuple[str, str, int]]) -> None:
    journeys = journeys_of([[(name, 60.0 * i) for i, name in enumerate(way.split())]])
    found = run(conformance, journeys, conformance.Query(SHOP))
    told = sorted((d.kind, d.touchpoint or d.event, d.left) for d in found.deviations)
    if expected is None:  # cart before view, or view behind cart: either is out of order
        assert told in [[("out_of_order", "cart", 0)], [("out_of_order", "view", 0)]]
    else:
        assert told == sorted(expected)


def test_is_late_by_the_clock() -> None:
    walk = [(name, 3000.0 * i) for i, name in enumerate(FULL.split())]
    late = [
        (name, time + (1000 if name in ("paid", "thanks", "survey") else 0)) for name, time in walk
    ]
    found = run(conformance, journeys_of([walk, late]), conformance.Query(SHOP))
    (deviation,) = found.deviations
    assert (deviation.kind, deviation.touchpoint, deviation.department) == ("late", "paid", "sales")
    assert deviation.journeys.count == 1
    assert deviation.after == (conformance.Count("card", 1),)
    assert found.fitting.count == 2, "a wait is no move of the alignment"


def test_fitness_is_one_less_the_cost_of_the_worst() -> None:
    """Two events that fit, none of the four required behind them: cost 4 of 2 + 6."""
    found = run(
        conformance, journeys_of([[("view", 0.0), ("cart", 60.0)]]), conformance.Query(SHOP)
    )
    assert (found.cost, found.fitness, found.fitness_walked) == (4, 1 - 4 / 8, 1.0)


def test_planted_deviations_are_found_again() -> None:
    """Over 40 random maps, journey by journey: precision and recall of each kind at least 0.95."""
    scores = scored(range(40))
    for kind in KINDS.values():
        assert scores.there[kind] > 100, kind
        assert scores.recall(kind) >= 0.95, kind
        assert scores.precision(kind) >= 0.95, kind
