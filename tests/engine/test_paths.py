"""Paths: trees worked out by hand."""

from __future__ import annotations

import pytest
from tests.engine.factories import pencil

from desireline.engine.analyses import paths
from desireline.engine.compute.threads import run


def shape(node: paths.Node) -> list[object]:
    return [node.name, node.count, *(shape(child) for child in node.children)]


def test_what_comes_after_the_first_visit() -> None:
    result = run(paths, pencil(), paths.Query("visit", depth=2))
    assert result.anchors == 5
    assert shape(result.after) == [
        "visit",
        5,
        ["cart", 3, ["order", 1], ["visit", 1], ["end", 1]],
        ["support", 1, ["end", 1]],
        ["visit", 1, ["cart", 1]],
    ]
    assert shape(result.before) == ["visit", 5, ["end", 5]]


def test_the_rest_is_folded_and_told() -> None:
    result = run(paths, pencil(), paths.Query("visit", depth=1, top=1))
    cart, other = result.after.children
    assert (cart.count, cart.share) == (3, 3 / 5)
    assert (other.name, other.kinds, other.count) == ("other (2 kinds)", 2, 2)


def test_every_occurrence_before_an_order() -> None:
    journeys = pencil()
    order = journeys.code == journeys.code_of["order"]
    result = run(paths, journeys, paths.Query(order, depth=2, every=True))
    assert shape(result.before) == ["anchor", 3, ["cart", 3, ["visit", 3]]]
    assert shape(result.after) == ["anchor", 3, ["end", 3]]


def test_a_longer_gap_ends_a_path() -> None:
    result = run(paths, pencil(), paths.Query("visit", depth=1, max_gap_seconds=30))
    assert shape(result.after) == ["visit", 5, ["cart", 2], ["visit", 1], ["end", 2]]


def test_links_for_a_sankey_diagram() -> None:
    rows = run(paths, pencil(), paths.Query("order", depth=2)).rows()
    assert [
        (r["side"], r["from"], r["to"], r["from_name"], r["to_name"], r["count"]) for r in rows
    ] == [
        ("after", "after", "after.0", "order", "end", 3),
        ("before", "before", "before.0", "order", "cart", 3),
        ("before", "before.0", "before.0.0", "cart", "visit", 3),
    ]


def test_an_anchor_that_is_no_event_type() -> None:
    with pytest.raises(paths.AnchorUnknown, match="No event type is called 'chat'") as error:
        run(paths, pencil(), paths.Query("chat"))
    assert error.value.hint == "Did you mean 'cart'? There are: cart, order, support, visit."
