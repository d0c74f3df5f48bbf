"""Effects against planted truth: each design finds what is there, refuses what it cannot know."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize
from tests.engine.factories import journeys_of

from desireline.engine import effects
from desireline.engine.compute.threads import run
from desireline.engine.effects import Design, Effect, Hashed, Metric, Query
from desireline.engine.effects.counting import DAY
from desireline.engine.effects.lot import always_half
from desireline.engine.effects.mixing import mixture
from desireline.engine.effects.planning import visits
from desireline.engine.filters import Filter, filtered
from desireline.engine.rules.ast import Event, Property
from desireline.engine.saying import in_words
from desireline.sim.planted.effects import DEPLOYED, WORLDS, planted_effect

designs = pytest.mark.parametrize("design", WORLDS)


def _measured(design: Design, seed: int, **changed: object) -> tuple[Effect, float]:
    planted = planted_effect(design, seed)
    return run(effects, planted.journeys, replace(planted.query, **changed), 1), planted.effect  # type: ignore[arg-type]


@designs
def test_the_truth_is_inside_mostly_and_the_design_chosen(design: Design) -> None:
    inside, found = 0, 0
    for seed in range(2_000, 2_006):
        effect, truth = _measured(design, seed)
        assert effect.design == design
        if effect.refusal is not None:  # a check fails by chance once in a hundred times
            assert effect.refusal == "unlike_before"
            continue
        inside += effect.low <= truth <= effect.high  # type: ignore[operator]
        found += effect.verdict in ("helped", "harmed")
        if effect.verdict in ("helped", "harmed"):
            assert (effect.verdict == "helped") == (truth > 0)
    assert inside >= 4
    assert found >= 2


@designs
def test_every_answer_is_told(design: Design) -> None:
    effect, _ = _measured(design, 7)
    told = [message.key for message in in_words(effect)]
    assert told[0] == f"effects.{effect.kind}_{effect.verdict}"
    assert {f"effects.by_{design}", f"effects.caveat_{design}"} <= set(told)
    assert all(effect.check(check.name) == check for check in effect.checks)
    assert len(effect.rows()) <= len(effect.series)
    assert {row["begins"][-1] for row in effect.rows()} == {"Z"}


def test_less_may_be_better() -> None:
    planted = planted_effect("randomised", 2_001)
    query = replace(planted.query, metric=replace(planted.query.metric, good="less"))
    both = {run(effects, planted.journeys, q, 1).verdict for q in (planted.query, query)}
    assert both in ({"helped", "harmed"}, {"undecided"})


class TestLot:
    def test_what_was_known_before_makes_it_sharper_and_not_other(self) -> None:
        planted = planted_effect("randomised", 2_004)
        effect = run(effects, planted.journeys, planted.query, 1)
        assert effect.variance_kept is not None
        assert effect.variance_kept <= 1
        assert effect.any_time_low < effect.low < effect.high < effect.any_time_high  # type: ignore[operator]

    def test_a_lot_that_lost_one_side_is_not_believed(self) -> None:
        planted = planted_effect("randomised", 2_004)
        lot = planted.query.reached
        assert isinstance(lot, Hashed)
        shares = (1 - lot.share, lot.share)
        arms = np.array([effects.arm(name, lot.salt, shares) for name in planted.journeys.ids])
        kept = (arms == 0) | (np.arange(len(arms)) % 2 == 0)
        effect = run(effects, filtered(planted.journeys, Filter(journeys=kept)), planted.query, 1)
        check = effect.check("shares")
        assert check is not None
        assert not check.passed
        assert effect.verdict == "undecided"

    def test_the_wide_interval_is_wide_by_as_much_as_the_paper_says(self) -> None:
        # sqrt(V n) * sqrt(2 (n r + 1) / (n^2 r) * log(sqrt(n r + 1) / 0.05)), by hand for n = 1000
        r = (5.99146 + np.log(5.99146) + 1) / 5_000
        by_hand = np.sqrt(
            2 * (1_000 * r + 1) / (1_000**2 * r) * np.log(np.sqrt(1_000 * r + 1) / 0.05)
        )
        assert always_half(0.25 / 1_000, 1_000) == pytest.approx(0.5 * by_hand, rel=1e-4)


class TestMixture:
    @pytest.mark.parametrize("seed", range(3))
    def test_equals_a_general_solver(self, seed: int) -> None:
        dice = np.random.default_rng(seed)
        columns, penalty = dice.standard_normal((20, 8)), 0.3
        y = columns[:, :3].mean(axis=1) + 0.1 * dice.standard_normal(20)

        def loss(w: np.ndarray) -> float:
            return float(((y - columns @ w) ** 2).sum() + penalty * (w @ w))

        told = minimize(
            loss, np.full(8, 1 / 8), bounds=[(0, 1)] * 8, method="SLSQP",
            constraints={"type": "eq", "fun": lambda w: w.sum() - 1}, options={"ftol": 1e-12},
        )  # fmt: skip
        mine = mixture(y, columns, penalty)
        assert mine.sum() == pytest.approx(1)
        assert mine.min() >= 0
        assert loss(mine) == pytest.approx(told.fun, rel=1e-6)

    def test_few_units_leave_difference_in_differences(self) -> None:
        planted = planted_effect("synthetic_control", 5)
        few = Filter(rule=Property("region", "in", tuple(f"shop {n:02}" for n in range(6))))
        effect = run(effects, filtered(planted.journeys, few), planted.query, 1)
        assert (effect.design, effect.why) == ("difference_in_differences", "control")


class TestRefusals:
    def _asked(self, **changed: object) -> Effect:
        planted = planted_effect("difference_in_differences", 9)
        return run(effects, planted.journeys, replace(planted.query, **changed), 1)  # type: ignore[arg-type]

    def test_before_the_change(self) -> None:
        effect = self._asked(deployed=DEPLOYED + 900 * DAY)
        assert (effect.verdict, effect.refusal) == ("refused", "not_deployed")
        query = planted_effect("difference_in_differences", 9).query
        plan = effects.planned(effect, query, 0.05)
        assert plan is not None
        assert plan.days is not None
        # 5 points from about a half, 80 % power: about 1,565 each (J. L. Fleiss, table A.3)
        assert visits(0.5, 0.05) == pytest.approx(2 * 1_565, rel=0.02)
        assert plan.n < visits(0.5, 0.05) * 1.05

    def test_nobody_reached(self) -> None:
        assert self._asked(reached=Event(("never",))).refusal == "nobody_reached"

    def test_nobody_to_compare_with(self) -> None:
        assert self._asked(compared=Event(("never",))).refusal == "nobody_compared"
        assert self._asked(design="randomised").refusal == "nobody_compared"

    def test_too_few_say_how_many_more(self) -> None:
        came = [[("came", 86_400.0 * day)] for day in range(100)]
        query = Query(
            Event(("came",)), Metric(Event(("done",)), within_seconds=60), 90 * DAY, until=200 * DAY
        )
        effect = run(effects, journeys_of(came, events=("came", "done")), query, 1)
        assert (effect.refusal, effect.more) == ("too_few", 20)
        assert in_words(effect)[0].text.endswith("20 more visits are needed for a first answer.")

    def test_too_short(self) -> None:
        short = Filter(start=DEPLOYED - 8 * DAY, stop=DEPLOYED + 20 * DAY)
        planted = planted_effect("difference_in_differences", 9)
        effect = run(effects, filtered(planted.journeys, short), planted.query, 1)
        assert effect.refusal == "too_short"

    def test_a_control_that_moved_otherwise(self) -> None:
        walks, groups = [], []
        dice = np.random.default_rng(1)
        for day in range(-140, 90):
            for group in ("a", "b") * 8:
                share = 0.3 + (0.002 * (day + 140) if group == "a" else 0.0)
                at = (day + 140) * 86_400.0
                done = [("done", at + 60)] if dice.random() < share else []
                walks.append([(group, at), ("came", at), *done])
                groups.append(group)
        query = Query(
            Event(("came",)), Metric(Event(("done",)), within_seconds=3_600), 140 * DAY,
            reached=Event(("a",)),
        )  # fmt: skip
        effect = run(effects, journeys_of(walks), query, 1)
        assert (effect.verdict, effect.refusal) == ("refused", "unlike_before")
        trend = effect.check("pre_trend")
        assert trend is not None
        assert trend.value == pytest.approx(0.06, abs=0.02)
