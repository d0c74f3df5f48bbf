"""Transitions: a case worked out by hand, and logs of unkind shape."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engine.comparisons import close_enough
from tests.engine.factories import journeys_of, pencil, random_journeys
from tests.engine.naive import step_waits

from desireline.engine.analyses import transition_counts, transitions
from desireline.engine.analyses.waits import WAIT_ERROR
from desireline.engine.compute.threads import run
from desireline.engine.journeys import Ids, Journeys


def test_pencil_case() -> None:
    told = run(transitions, pencil(), transitions.Query(quantiles=False)).to_dict()
    waits = [t.pop("wait_seconds")["mean"] for t in told["transitions"]]
    assert told == {
        "cases": 6,
        "events": 17,
        "transitions": [
            {"from": "visit", "to": "cart", "count": 5, "share": 5 / 7},
            {"from": "cart", "to": "order", "count": 3, "share": 3 / 4},
            {"from": "cart", "to": "visit", "count": 1, "share": 1 / 4},
            {"from": "visit", "to": "support", "count": 1, "share": 1 / 7},
            {"from": "visit", "to": "visit", "count": 1, "share": 1 / 7},
        ],
        "starts": {"visit": 5, "support": 1},
        "ends": {"order": 3, "support": 2, "cart": 1},
        "negative_waits": 0,
        "error": WAIT_ERROR,
    }
    assert waits == [30.0, 160.0, 60.0, 600.0, 10.0]


def test_pencil_case_quantiles_interpolate_between_ranks() -> None:
    first, second, third, *_ = run(transitions, pencil(), transitions.Query()).transitions
    assert first.wait.p50 == pytest.approx(30, rel=WAIT_ERROR)
    assert first.wait.p90 == pytest.approx(48, rel=WAIT_ERROR)
    assert second.wait.p90 == pytest.approx(264, rel=WAIT_ERROR)
    assert (third.wait.p50, third.wait.p90) == (60.0, 60.0)


def test_pencil_case_by_journey() -> None:
    journeys = pencil()
    outcome = journeys.code == journeys.code_of["order"]
    query = transitions.Query(journeys=True, outcome=outcome, rarity=True)
    result = run(transitions, journeys, query)
    figures = {
        (t.source, t.target): (t.journeys, t.with_outcome, t.hides)
        for t in (*result.starts, *result.transitions, *result.ends)
    }
    assert figures == {
        (None, "visit"): (5, 3, 6),
        (None, "support"): (1, 0, 5),
        ("visit", "cart"): (4, 3, 6),
        ("cart", "order"): (3, 3, 6),
        ("cart", "visit"): (1, 1, 5),
        ("visit", "support"): (1, 0, 5),
        ("visit", "visit"): (1, 1, 5),
        ("order", None): (3, 3, 6),
        ("support", None): (2, 0, 5),
        ("cart", None): (1, 0, 5),
    }


def test_rows_are_flat() -> None:
    first = run(transitions, pencil(), transitions.Query(quantiles=False)).rows()[0]
    assert first == {
        "from": "visit",
        "to": "cart",
        "count": 5,
        "share": 5 / 7,
        "wait_mean_seconds": 30.0,
        "wait_p50_seconds": None,
        "wait_p90_seconds": None,
    }


@pytest.mark.parametrize("quantiles", [True, False])
def test_waits_that_run_backwards_count_as_nothing_and_are_reported(quantiles: bool) -> None:
    walk = [("a", 10.0), ("b", 4.0), ("b", 6.0)]
    journeys = journeys_of([walk, walk], ordered_by_time=False)
    result = run(transitions, journeys, transitions.Query(quantiles=quantiles), threads=2)
    assert result.negative_waits == 2
    assert [(t.source, t.wait.mean) for t in result.transitions] == [("a", 0.0), ("b", 2.0)]
    assert result.transitions[0].wait.p90 == (0.0 if quantiles else None)


@pytest.mark.parametrize("quantiles", [True, False])
def test_sums_of_waits_neither_overflow_nor_lose_a_microsecond(quantiles: bool) -> None:
    ages = 9_998 * 31_556_952.0
    walks = [[("a", -62_135_596_800.0), ("b", ages - 62_135_596_800.0)]] * 60
    walks.append([("a", 0.0), ("b", 0.000_061)])
    result = run(transitions, journeys_of(walks), transitions.Query(quantiles=quantiles))
    low, high = (int(n) for n in result.waits.total.count[0, 1:])
    assert (high << 32) + low == 60 * round(ages * 1e6) + 61


@pytest.mark.parametrize("n_types", [300, 100_000])
def test_large_vocabularies(n_types: int) -> None:
    journeys = random_journeys(1, n_journeys=2_000, n_types=n_types)
    result = run(transitions, journeys, transitions.Query(), threads=2)
    exact = step_waits(journeys)
    assert len(result.transitions) == len(exact)
    for t in result.transitions:
        assert t.source is not None
        assert t.target is not None
        close_enough(t.wait, exact[t.source, t.target])


def test_listing_pairs_gives_what_counting_gives() -> None:
    journeys, query = random_journeys(2, n_types=9), transitions.Query()
    counted = transitions.finish(transition_counts._dense(journeys, query), query)
    listed = transitions.finish(transition_counts._listed(journeys, query), query)
    assert counted.to_dict() == listed.to_dict()


@pytest.mark.parametrize("n_journeys", [0, 1, 2, 7, 5_000])
def test_a_look_at_all_pairs_gives_what_one_journey_after_the_other_gives(n_journeys: int) -> None:
    journeys = random_journeys(n_journeys, n_journeys=n_journeys, mean_length=2.5)
    for part in (journeys, *journeys.shards(3)):
        one = transition_counts._every_pair(part)
        other = transition_counts._counted_pairs(part, None, None)
        assert one is not None
        found = transitions.finish(one, transitions.Query(quantiles=False))
        assert (
            found.to_dict()
            == transitions.finish(other, transitions.Query(quantiles=False)).to_dict()
        )


def test_too_many_event_types_for_figures_by_journey() -> None:
    journeys = random_journeys(1, n_journeys=3, n_types=2_000)
    for query in (transitions.Query(journeys=True), transitions.Query(rarity=True)):
        with pytest.raises(transitions.VocabularyTooLarge, match="at most 1,024 event types, and"):
            run(transitions, journeys, query)


def test_one_person_with_a_million_events() -> None:
    n = 1_000_000
    journeys = Journeys(
        offset=np.array([0, n], np.int64),
        time=np.arange(n, dtype=np.int64) * 1_000_000,
        code=(np.arange(n) % 3).astype(np.uint16),
        events=("a", "b", "c"),
        ids=Ids.of(["one"]),
    )
    result = run(transitions, journeys, transitions.Query(), threads=2)
    assert [(t.source, t.target, t.count) for t in result.transitions] == [
        ("a", "b", 333_333),
        ("b", "c", 333_333),
        ("c", "a", 333_333),
    ]
    assert all(t.wait.mean == 1.0 for t in result.transitions)
