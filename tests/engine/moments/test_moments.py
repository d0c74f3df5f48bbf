"""Moments of truth against planted worlds: effects, verdicts, and the same answer in any parts."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.engine import moments
from desireline.engine.compute.threads import over, run
from desireline.engine.inference.hidden_kinds import ONE_SIDED, AtOnce
from desireline.engine.moments import Effect, Moments, Query, Vote
from desireline.engine.moments.judging import more_rounds
from desireline.engine.saying import in_words, of_moment
from desireline.sim.planted.moments import PATIENCE_DAYS, Planted, world

ENOUGH = 4_000


@cache
def _world(seed: int, persons: int = ENOUGH) -> Planted:
    return world(seed, persons)


@cache
def _found(seed: int, persons: int = ENOUGH) -> Moments:
    planted = _world(seed, persons)
    return run(moments, planted.journeys, Query(planted.journey_map, horizon_days=PATIENCE_DAYS))


def _effect(found: Moments, name: str) -> Effect:
    moment = found.of(name)
    assert moment is not None
    assert moment.effect is not None
    return moment.effect


def _query(planted: Planted) -> Query:
    votes = tuple(
        Vote(f"answer_{k}", department, 3, 1.0 + k, 2.0)
        for k in range(4)
        for department in ("sales", "service")
    )
    return Query(planted.journey_map, horizon_days=PATIENCE_DAYS, votes=votes)


class TestVerdicts:
    def test_an_answer_that_helps_is_confirmed_and_its_effect_inside(self) -> None:
        for name in ("answer_1", "answer_3"):
            effect, truth = _effect(_found(3), name), _world(3).effects[name]
            assert effect.verdict == "confirmed"
            assert abs(effect.difference - truth) < effect.high - effect.low

    def test_nobody_had_thought_of_it(self) -> None:
        found = _found(3)
        assert {m.touchpoint: m.surprise for m in found.moments if m.verdict == "confirmed"} == {
            "answer_1": False, "answer_3": True, "ask_1": True, "ask_3": True,
        }  # fmt: skip

    def test_an_answer_that_does_nothing_is_not(self) -> None:
        for name in ("answer_0", "answer_2"):
            assert _effect(_found(3), name).verdict != "confirmed"

    @pytest.mark.parametrize("name", ["tried", "opened"])
    def test_what_a_hidden_trait_does_is_never_confirmed(self, name: str) -> None:
        effect = _effect(_found(3), name)
        assert effect.difference > 0.02  # it looks like one
        assert effect.verdict != "confirmed"

    def test_opening_is_refuted_by_the_same_people_in_other_rounds(self) -> None:
        planted = world(6, 12_000)
        query = Query(planted.journey_map, horizon_days=PATIENCE_DAYS, smallest=0.08)
        found = run(moments, planted.journeys, query)
        effect = _effect(found, "opened")
        assert (effect.verdict, effect.why) == ("refuted", "other_people")
        assert effect.rounds is not None
        assert effect.rounds.later_did > effect.rounds.later_not + 0.1

    def test_with_too_few_it_is_undecided_and_says_how_many_more(self) -> None:
        found = _found(3, 400)
        few = [m for m in found.moments if m.effect is not None and m.why == "few"]
        assert few
        assert all(m.verdict == "undecided" and m.effect and m.effect.more > 0 for m in few)

    def test_where_more_rounds_would_refute_it_says_how_many_more(self) -> None:
        planted = _world(8, 3_000)
        query = Query(planted.journey_map, horizon_days=PATIENCE_DAYS, smallest=0.08)
        moment = run(moments, planted.journeys, query).of("opened")
        assert moment is not None
        assert moment.effect is not None
        assert (moment.why, moment.effect.rounds is not None) == ("hidden", True)
        said = " ".join(message.text for message in of_moment(moment))
        assert f"about {moment.effect.more:,} more journeys" in said

    @given(
        st.integers(500, 20_000),
        st.floats(0.02, 0.2),
        st.floats(-0.02, 0.04),
        st.sampled_from([1, -1]),
    )
    def test_with_so_many_more_four_of_five_would_be_refuted(
        self, persons: int, error: float, adds: float, sign: int
    ) -> None:
        far = math.sqrt(ONE_SIDED) * error
        ends = sorted((sign * (adds - far), sign * (adds + far)))
        rounds = AtOnce(persons, 200, sign * adds, *ends, *ends, 0.3, 0.3)
        more = more_rounds(rounds, sign * 0.1, smallest=0.08)
        then = error * math.sqrt(persons / (persons + more))
        adds = max(adds, 0.0)  # an effect the other way round is taken for none
        refuted = NormalDist().cdf((0.08 - adds) / then - math.sqrt(ONE_SIDED))
        assert refuted == pytest.approx(0.8, abs=0.002) if more > 1 else refuted > 0.79

    def test_what_seems_to_add_enough_no_rounds_refute(self) -> None:
        rounds = AtOnce(2_000, 200, 0.09, 0.01, 0.17, 0.02, 0.16, 0.3, 0.3)
        assert more_rounds(rounds, 0.1, smallest=0.08) == 0


class TestParts:
    def test_the_answer_is_the_same_on_one_shard_as_on_four(self) -> None:
        planted = _world(5, 1500)
        query = _query(planted)
        one = over(moments, [planted.journeys], query)
        four = over(moments, planted.journeys.shards(4), query)
        assert four.to_dict() == one.to_dict()


class TestAgreement:
    def test_is_of_all_and_of_each_department(self) -> None:
        planted = _world(5, 1500)
        found = run(moments, planted.journeys, _query(planted)).agreement
        assert [a.department for a in found] == [None, "sales", "service"]
        for one in found:
            assert one.touchpoints == 4
            limits = (one.low, one.rank, one.high)
            assert all(limit is not None and -1 <= limit <= 1 for limit in limits)


class TestWords:
    def test_every_verdict_is_a_sentence_with_n_and_interval(self) -> None:
        found = _found(3)
        told = " ".join(message.text for message in in_words(found))
        assert "nominated as moments of truth" in told
        for moment in found.moments:
            first = next(of_moment(moment)).text
            assert (moment.effect is None) or "n =" in first

    @pytest.mark.parametrize(
        ("nominated", "begin"),
        [
            ((), "No touchpoint is nominated as a moment of truth"),
            (("answer_1",), "1 touchpoint is nominated as a moment of truth. The log, with"),
            (("answer_1", "answer_0"), "2 touchpoints are nominated as moments of truth"),
        ],
    )
    def test_how_many_are_nominated_bends_the_sentence(
        self, nominated: tuple[str, ...], begin: str
    ) -> None:
        found = _found(3)
        marked = tuple(replace(m, nominated=m.touchpoint in nominated) for m in found.moments)
        first = in_words(replace(found, moments=marked))[0].text
        assert first.startswith(begin)
        assert len(nominated) != 1 or first.endswith("journeys, confirms it.")


def test_nothing_is_said_of_nobody() -> None:
    planted = _world(5, 1500)
    nobody = planted.journeys.shards(2000)[0]
    found = run(moments, nobody, Query(planted.journey_map))
    assert found.compared == 0
    assert all(m.verdict == "undecided" for m in found.moments)
    assert not np.isnan(found.smallest)
