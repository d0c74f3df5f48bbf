"""Claims: exact limits at all times, false verdicts under peeking, planning, days in order."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.factories import journeys_of, shards_at

from desireline.engine import hypotheses
from desireline.engine.compute.threads import over, run
from desireline.engine.effects import EffectImpossible, Metric
from desireline.engine.effects.counting import DAY
from desireline.engine.hypotheses import Query, always_limits, needed
from desireline.engine.hypotheses.limits import beaten_by
from desireline.engine.rules.ast import Event

DAY_SECONDS = 86_400.0


def _query(number: float, claims: str = "at_least", since: int = 0) -> Query:
    metric = Metric(Event(("signed",)), within_seconds=DAY_SECONDS)
    return Query(Event(("saw",)), metric, number, since, claims=claims)  # type: ignore[arg-type]


class TestLimits:
    @given(n=st.integers(1, 400), data=st.data())
    def test_enclose_the_share_and_are_where_the_mixture_wins(
        self, n: int, data: st.DataObject
    ) -> None:
        count = data.draw(st.integers(0, n))
        low, high = always_limits(count, n)
        assert 0 <= low <= count / n <= high <= 1
        for edge in (low, high):
            if 0 < edge < 1:
                seen = edge**count * (1 - edge) ** (n - count)
                mixed = math.exp(
                    math.lgamma(count + 1) + math.lgamma(n - count + 1) - math.lgamma(n + 2)
                )
                assert mixed / seen == pytest.approx(20, rel=1e-6)

    def test_a_true_number_is_left_out_at_any_of_a_thousand_looks_in_one_run_of_twenty(
        self,
    ) -> None:
        dice = np.random.default_rng(3)
        wrong = 0
        for _ in range(200):
            counts = np.cumsum(dice.random(1_000) < 0.2)
            looks = enumerate(counts.tolist(), 1)
            wrong += any(beaten_by(count, n, 0.2) >= math.log(20) for n, count in looks)
        assert wrong <= 10


class TestPlanning:
    def test_what_is_planned_decides_four_of_five(self) -> None:
        n = needed(0.2, 0.05)
        dice = np.random.default_rng(4)
        decided = [always_limits(int(k), n) for k in dice.binomial(n, 0.15, 400)]
        assert 0.72 < np.mean([high < 0.2 for _, high in decided]) < 0.95
        assert needed(0.2, 0.02) > 4 * n

    def test_a_margin_beyond_the_end_looks_to_the_other_side(self) -> None:
        assert 0 < needed(0.03, 0.05) < 2_000


class TestClaims:
    def test_a_wrong_claim_is_refuted_and_stays_so_in_any_shards(self) -> None:
        walks = [
            [
                ("saw", day * DAY_SECONDS),
                *([("signed", day * DAY_SECONDS + 60)] if day % 10 == 0 else []),
            ]
            for day in range(300)
        ]
        journeys = journeys_of([*walks, [("saw", 299.5 * DAY_SECONDS)]])
        found = run(hypotheses, journeys, _query(0.3), 1)
        assert (found.verdict, found.n, found.left_out) == ("refuted", 299, 2)
        assert found.high < 0.3
        assert found.more == 0
        assert found.decided_at is not None
        assert found.decided_at < 150 * DAY
        parts = shards_at(journeys, [20, 100, 250])
        assert over(hypotheses, parts[::-1], _query(0.3), 1).to_dict() == found.to_dict()
        assert run(hypotheses, journeys, _query(0.3, "at_most"), 1).verdict == "holds"

    def test_what_came_before_the_claim_says_nothing(self) -> None:
        journeys = journeys_of(
            [[("saw", 0.0)], [("saw", 9 * DAY_SECONDS)], [("signed", 99 * DAY_SECONDS)]]
        )
        found = run(hypotheses, journeys, _query(0.3, since=5 * DAY), 1)
        assert (found.n, found.count, found.verdict) == (1, 0, "undecided")
        assert found.more > 5

    def test_nobody_has_come(self) -> None:
        found = run(
            hypotheses, journeys_of([[("signed", 0.0)]], events=("saw", "signed")), _query(0.3), 1
        )
        assert (found.share, found.low, found.high) == (None, 0.0, 1.0)
        assert found.more == found.needed == needed(0.3, 0.05)

    def test_a_claim_about_no_share_is_refused(self) -> None:
        with pytest.raises(EffectImpossible, match="cannot be tested"):
            _query(1.5)
