"""The parts of discovery by themselves: noise, order, places, stages, outcome, words."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import journeys_of

from desireline.engine.discovery import OutcomeUnknown, discover, find, lexicon
from desireline.engine.discovery.noise import explained
from desireline.engine.discovery.order import agreement, consensus, contradicted
from desireline.engine.discovery.stages import boundaries


class TestExplain:
    def test_nothing_where_the_chance_is_the_same_everywhere(self) -> None:
        assert explained(np.array([100.0, 400.0, 50.0]), np.array([20.0, 80.0, 10.0])) == 0

    def test_all_where_the_place_decides(self) -> None:
        share = explained(np.array([1000.0, 3000.0]), np.array([1000.0, 0.0]))
        assert share == pytest.approx(1, abs=1e-3)

    def test_by_pencil(self) -> None:
        # H(1/2) = 1 bit; half of the gaps are certain (0 bits), half keep H(1/2) ... = 1/2 bit.
        gaps, filled = np.array([1e9, 1e9, 2e9]), np.array([1e9, 0.0, 1e9])
        assert explained(gaps, filled) == pytest.approx(0.5)


class TestConsensus:
    @given(data=st.data(), k=st.integers(1, 6))
    @settings(max_examples=60, deadline=None)
    def test_is_the_best_of_all_orders(self, data: st.DataObject, k: int) -> None:
        cells = st.lists(st.integers(0, 30), min_size=k * k, max_size=k * k)
        before = np.array(data.draw(cells), np.int64).reshape(k, k)
        np.fill_diagonal(before, 0)
        net = (before - before.T).astype(float)
        nothing = np.zeros(k)
        found = consensus(before, nothing, nothing.astype(np.int64))
        best = max(agreement(net, list(order)) for order in permutations(range(k)))
        assert sorted(found) == list(range(k))
        assert agreement(net, found) >= best - 1e-3

    def test_alternatives_go_by_their_mean_rank(self) -> None:
        before = np.array([[0, 0, 9], [0, 0, 9], [0, 0, 0]])
        reach = np.array([9, 9, 18])
        assert consensus(before, np.array([2.0, 1.0, 5.0]), reach) == [1, 0, 2]

    def test_contradicted_by_pencil(self) -> None:
        before = np.array([[0, 8], [2, 0]])
        assert contradicted(before, [0, 1]) == pytest.approx(0.2)


class TestCutIntoStages:
    def test_at_the_peaks(self) -> None:
        score = np.array([1.0, 1.1, 6.0, 0.9, 1.0, 1.2, 7.0, 1.0])
        assert boundaries(score) == [3, 7]

    def test_each_stage_has_its_own_rhythm(self) -> None:
        score = np.array([1.0, 1.1, 7.0, 4.0, 4.1, 4.2, 7.0, 1.0, 1.1])
        assert boundaries(score) == [3, 7]

    def test_few_places_go_by_names(self) -> None:
        assert boundaries(np.array([3.0, 1.0])) == []
        assert boundaries(np.array([3.0, 1.0]), np.array([-1.0, 1.0])) == [2]

    @given(st.lists(st.floats(-5, 20), min_size=1, max_size=24))
    @settings(max_examples=60, deadline=None)
    def test_two_to_seven_stages(self, scores: list[float]) -> None:
        found = boundaries(np.array(scores))
        places = len(scores) + 1
        assert found == sorted(set(found))
        assert all(0 < b < places for b in found)
        assert len(found) + 1 <= 7
        assert places < 4 or found


class TestPutTogether:
    def test_echoes_are_one_touchpoint(self) -> None:
        walk = [("order", 0), ("order_mailed", 0.3), ("packed", 9e4), ("shipped", 2e5)]
        draft = find(journeys_of([walk] * 30))
        assert draft.touchpoints[0].events == ("order", "order_mailed")
        assert not draft.touchpoints[0].repeatable

    def test_a_log_of_dates_has_no_echoes(self) -> None:
        walk = [("order", 0), ("order_mailed", 0), ("packed", 86400), ("shipped", 172800)]
        draft = find(journeys_of([walk] * 30))
        assert [t.events for t in draft.touchpoints][:2] == [("order",), ("order_mailed",)]

    def test_alternatives_share_a_place(self) -> None:
        ways = ("card", "card", "cash")
        walks = [[("cart", 0), (way, 1e3), ("packed", 5e3), ("home", 9e5)] for way in ways * 10]
        card, cash = find(journeys_of(walks)).touchpoints[1:3]
        assert (card.name, cash.name) == ("Card", "Cash")
        assert card.place == cash.place
        assert (card.alternative_to, cash.alternative_to) == (None, 1)

    def test_what_comes_in_any_order_shares_a_place(self) -> None:
        forth = [("in", 0), ("blood", 1e3), ("urine", 2e3), ("out", 9e5)]
        back = [("in", 0), ("urine", 1e3), ("blood", 2e3), ("out", 9e5)]
        draft = find(journeys_of([forth, back] * 10))
        assert draft.place_of["blood"] == draft.place_of["urine"] == 1
        assert [t.any_order for t in draft.touchpoints] == [False, True, True, False]

    def test_many_touchpoints_are_thinned_and_listed(self) -> None:
        walk = [(f"q{i}", 100.0 * i) for i in range(40)]
        rare = [walk[:30], walk]
        draft = find(journeys_of(rare * 10), touchpoints=12)
        assert len(draft.touchpoints) <= 12
        assert {left.why for left in draft.left_out} == {"crowded"}
        assert len(draft.order) + len(draft.left_out) == 40
        assert draft.mapped_events + sum(left.count for left in draft.left_out) == 20 * 35
        assert draft.events == 20 * 35


class TestChooseTheOutcome:
    def test_what_carries_the_value(self) -> None:
        walk = [("q1", 0), ("q2", 50), ("q3", 200), ("q4", 9e4), ("q5", 3e5)]
        paid = [None, None, 30.0, None, None]
        draft = find(journeys_of([walk] * 20, values=[paid] * 20))
        assert draft.outcome is not None
        assert draft.outcome.events == ("q3",)

    def test_not_what_went_wrong(self) -> None:
        good = [("enter", 0), ("look", 50), ("order", 900)]
        bad = [("enter", 0), ("look", 50), ("order_cancelled", 900)]
        draft = find(journeys_of([good] * 10 + [bad] * 30))
        assert draft.outcome is not None
        assert draft.outcome.events == ("order",)

    def test_what_is_asked_for(self) -> None:
        journeys = journeys_of([[("a", 0), ("b", 5)]])
        found = discover(journeys, outcome="a")
        assert found.journey_map.goal.statement == "A"
        with pytest.raises(OutcomeUnknown) as caught:
            discover(journeys_of([[("order paid", 0)]]), outcome="order_paid")
        assert caught.value.hint == "Did you mean 'order paid'?"


class TestReadNames:
    @pytest.mark.parametrize(
        ("name", "stage"),
        [
            ("ad_clicked", 1), ("productView", 1), ("Złożono zamówienie", 2), ("оплата заказа", 2),
            ("coș de cumpărături", 2), ("reklamacja", 3), ("recenzie", 4), ("e17", None),
            ("opłacono", 2), ("отзыв", 4), ("ER Triage", None),
        ],
    )  # fmt: skip
    def test_stage(self, name: str, stage: int | None) -> None:
        assert lexicon.stage_of(name) == stage

    def test_goal(self) -> None:
        assert lexicon.reaches("O_ACCEPTED")
        assert not lexicon.reaches("order cancelled")
        assert not lexicon.reaches("view")

    def test_default_stages_where_names_speak(self) -> None:
        steps = (
            "ad",
            "visit",
            "view",
            "cart",
            "order",
            "paid",
            "support",
            "return",
            "review",
            "refer",
        )
        jump = [0, 60, 9e4, 100, 3e5, 90, 2e6, 500, 4e6, 400]
        walk = list(zip(steps, np.cumsum(jump).tolist(), strict=True))
        names = [stage.name for stage in find(journeys_of([walk] * 20)).stages]
        assert names == ["Awareness", "Consideration", "Purchase", "Retention", "Advocacy"]
