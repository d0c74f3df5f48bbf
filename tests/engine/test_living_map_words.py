"""What the living map says: numbers, evidence and sentences."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.factories import Walk, journeys_of
from tests.engine.maps import map_of, stage, touchpoint

from desireline.engine import numbers
from desireline.engine.analyses.shares import share
from desireline.engine.journey_map import CaseBy, Goal
from desireline.engine.journeys import Provenance
from desireline.engine.living_map import bind
from desireline.engine.living_map.rhythm import evidence_of
from desireline.engine.living_map.words import TEMPLATES, listed
from desireline.engine.rules import Event

DASH = "\N{EN DASH}"
DAY = 86_400.0


class TestNumbers:
    @pytest.mark.parametrize(
        ("n", "count", "told"),
        [
            (4812, 1492, "31 % (30-32 %)"),
            (41_203, 7417, "18 % (17.6-18.4 %)"),
            (100, 31, "31 % (23-41 %)"),
            (10**7, 4200, "0.042 % (0.041-0.043 %)"),
            (10**5, 10**5 - 30, "all but 30"),
            (24_918, 24_918, "all 24,918"),
            (10**9, 310_000_000, "31 %"),
            (10, 0, "0 % (0-28 %)"),
            (10, 10, "100 % (72-100 %)"),
            (0, 0, "none"),
        ],
    )
    def test_tell_a_share_with_its_interval(self, n: int, count: int, told: str) -> None:
        assert numbers.with_interval(share(count, n)) == told.replace("-", DASH)

    @given(st.integers(1, 10**9), st.floats(0, 1))
    def test_take_at_most_three_digits(self, n: int, p: float) -> None:
        told = numbers.with_interval(share(round(n * p), n))
        if told.startswith("all "):
            return  # a count, not a share
        for number in told.replace(DASH, " ").replace("(", " ").replace("%", " ").split():
            digits = number.strip(")").replace(".", "").lstrip("0")
            assert len(digits) <= 4, told
            assert len(digits) <= 3 or digits == "1000", told

    @pytest.mark.parametrize(
        ("seconds", "told"),
        [
            (0, "a second"),
            (0.4, "a second"),
            (1, "1 second"),
            (2.5, "2.5 seconds"),
            (89, "89 seconds"),
            (90, "1.5 minutes"),
            (3600, "60 minutes"),
            (5400, "1.5 hours"),
            (DAY, "24 hours"),
            (3 * DAY, "3 days"),
            (12.4 * DAY, "12 days"),
            (800 * DAY, "2.2 years"),
        ],
    )
    def test_tell_a_time_in_the_unit_that_fits(self, seconds: float, told: str) -> None:
        assert numbers.duration(seconds) == told

    @pytest.mark.parametrize(
        ("value", "told"), [(0.31, "31"), (0.0421, "4.2"), (0.00042, "0.042"), (1, "100"), (0, "0")]
    )
    def test_tell_a_bare_share(self, value: float, told: str) -> None:
        assert numbers.percent(value) == told

    @given(st.integers(0, 300).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
    def test_ask_for_as_many_as_make_the_interval_narrow(self, drawn: tuple[int, int]) -> None:
        n, count = drawn
        found = share(count, n)
        p = 0.5 if found.share is None else found.share
        needed = next(m for m in range(1, 1000) if _width(p, m) <= numbers.WIDEST + 1e-12)
        assert numbers.more_needed(found) == max(0, needed - n)


def _width(p: float, n: int) -> float:
    """Width of the Wilson interval of a share p of n, by its formula."""
    z = 1.959963984540054
    return 2 * z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)


class TestEvidence:
    SPAN = DAY

    def evidence(self, days: list[int], length: int = 200, others: int = 1000) -> str:
        events = np.zeros(length, np.int64)
        np.add.at(events, days, 10)
        return evidence_of(events, events + others, self.SPAN)

    def test_is_observed_while_the_rhythm_holds(self) -> None:
        assert self.evidence(list(range(200))) == "observed"
        assert self.evidence(list(range(0, 190, 10))) == "observed"

    def test_is_stale_when_silent_for_longer_than_three_usual_gaps(self) -> None:
        monthly = list(range(0, 110, 10))
        assert self.evidence(monthly, length=130) == "observed"
        assert self.evidence(monthly, length=132) == "stale"

    def test_is_not_stale_after_a_silence_that_there_was_before(self) -> None:
        nights = [d for d in range(120) if d % 12 < 6]
        assert self.evidence(nights, length=121) == "observed"
        holiday = [*range(20), *range(60, 80)]
        assert self.evidence(holiday, length=120) == "observed"
        assert self.evidence(holiday, length=122) == "stale"

    def test_needs_half_of_the_log_where_there_is_no_rhythm(self) -> None:
        assert self.evidence([9], length=20) == "observed"
        assert self.evidence([9], length=21) == "stale"

    def test_is_not_stale_where_the_whole_map_falls_silent(self) -> None:
        assert self.evidence(list(range(20)), others=0) == "observed"
        mistyped_year = np.zeros(200, np.int64)
        mistyped_year[:20], mistyped_year[199] = 1000, 1
        events = mistyped_year // 2
        assert evidence_of(events, mistyped_year, self.SPAN) == "observed"

    def test_is_not_stale_within_a_day(self) -> None:
        events = np.zeros(1024, np.int64)
        events[:20] = 5
        assert evidence_of(events, events + 100, 60.0) == "observed"
        assert evidence_of(events, events + 100, 600.0) == "stale"

    def test_of_what_was_never_seen_is_a_hypothesis(self) -> None:
        assert self.evidence([]) == "hypothesis"

    def test_comes_with_every_figure(self) -> None:
        walks: list[Walk] = [[("ad", d * DAY), ("cart", d * DAY + 60)] for d in range(20)]
        walks += [[("cart", d * DAY)] for d in range(20, 100)]
        found = bind(map_of(stage("a", "ad"), stage("b", "cart", "order")), journeys_of(walks))
        assert [t.evidence for t in found.figures.touchpoints] == [
            "stale",
            "observed",
            "hypothesis",
        ]
        assert [s.evidence for s in found.figures.stages] == ["stale", "observed"]
        assert "Silent for longer than their rhythm explains: Ad." in found.headline()
        assert "On the map, but not in the log: Order." in found.headline()


def shop_walks() -> list[Walk]:
    """1,000 see an ad; 600 fill a cart; 180 of these order; 40 come in by the cart and order."""
    ad: list[Walk] = [[("ad", 0.0)] for _ in range(400)]
    cart: list[Walk] = [[("ad", 0.0), ("cart", 3600.0 * 2)] for _ in range(420)]
    order: list[Walk] = [[("ad", 0), ("cart", 7200), ("order", 7200 + 3600)] for _ in range(180)]
    direct: list[Walk] = [[("cart", 0.0), ("order", 60.0)] for _ in range(40)]
    spread = [*ad, *cart, *order, *direct]
    start = [(i * 7919 % len(spread)) * 3600.0 for i in range(len(spread))]
    return [[(e, t + s) for e, t in walk] for walk, s in zip(spread, start, strict=True)]


class TestSentences:
    def told(self, about: str | None, **more: object) -> list[str]:
        shop = map_of(stage("look", "ad"), stage("buy", "cart", "order"), **more)  # type: ignore[arg-type]
        said = bind(shop, journeys_of(shop_walks())).figures.sentences
        return [s.text.replace(DASH, "-") for s in said if s.about == about]

    def test_sum_up_the_map(self) -> None:
        goal = Goal(outcome=Event(("order",)))
        assert self.told(None, goal=goal) == [
            "Of 1,040 people, 21 % (19-24 %) reached the goal, “Order”.",
            (
                "Of the 820 on the map that did not, the largest part went no further than Cart: "
                "51 % (48-55 %); followed by Ad (49 %)."
            ),
        ]

    def test_tell_a_touchpoint(self) -> None:
        goal = Goal(outcome=Event(("order",)))
        assert self.told("cart", goal=goal) == [
            (
                "Of 1,040 people, 62 % (59-64 %) came here; of these 640, 66 % (62-69 %) went no "
                "further and did not reach the goal."
            ),
            "Most often nothing more comes: after 66 % (62-69 %) of 640 visits.",
            (
                "Of the 640 that came here, 34 % (31-38 %) reached the goal here or later, against "
                "21 % (19-24 %) of all."
            ),
        ]
        assert self.told("ad", goal=goal)[1] == (
            "Most often Cart comes next: after 60 % (57-63 %) of 1,000 visits. Whatever comes "
            "next, half of it comes within 2 hours, nine tenths within 2 hours."
        )

    def test_tell_a_stage(self) -> None:
        found = self.told("buy", goal=Goal(outcome=Event(("order",))))
        assert found[0].startswith("Of 1,040 people, 62 % (59-64 %) came here")

    def test_speak_of_no_goal_where_there_is_none(self) -> None:
        assert self.told(None) == [
            "Of 1,040 people, 100 % (99.6-100 %) came to a touchpoint of this map.",
            "The largest part of the 1,040 on the map ends at Cart: 40 % (37-43 %).",
        ]
        assert "goal" not in " ".join(self.told("cart"))

    def test_call_journeys_by_what_makes_them(self) -> None:
        assert "sessions" in self.told(None, case_by=CaseBy("session", gap_seconds=9e9))[0]

    def test_say_how_many_more_are_needed(self) -> None:
        walks = [[("ad", 0.0)], [("ad", 0.0), ("order", 1.0)]]
        found = bind(map_of(stage("a", "ad", "order"), outcome="order"), journeys_of(walks))
        assert found.headline() == [
            (
                "Too few people to say how many reach the goal, “Order”: 1 of 2 did so far; "
                "91 more are needed."
            ),
            (
                "Too few people on the map did not reach it to say where they leave: "
                "15 more are needed."
            ),
        ]
        about_ad = [s.text for s in found.figures.sentences if s.about == "order"]
        assert about_ad == [
            "Too few people to say how many come here: 1 of 2 did; 91 more are needed."
        ]

    def test_are_templates_with_all_their_parameters(self) -> None:
        goal = Goal(outcome=Event(("order",)))
        shop = map_of(stage("look", touchpoint("ad", name="{ad}")), stage("buy", "cart"), goal=goal)
        for sentence in bind(shop, journeys_of(shop_walks())).sentences:
            assert sentence.template in TEMPLATES
            assert sentence.text.endswith((".", "%)."))
        assert "{ad}" in " ".join(bind(shop, journeys_of(shop_walks())).headline())

    def test_are_about_the_touchpoint_where_a_stage_has_its_key(self) -> None:
        shop = map_of(stage("ad", "ad"), stage("buy", "cart"))
        said = bind(shop, journeys_of(shop_walks())).sentences
        assert [s.template for s in said if s.about == "ad"] == ["reach_exit", "next"]
        assert [s.template for s in said if s.about == "buy"] == ["reach_exit"]

    def test_call_journeys_cases_where_the_log_does(self) -> None:
        of_cases = Provenance(columns={"case": "case:concept:name"})
        journeys = replace(journeys_of(shop_walks()), provenance=of_cases)
        assert "1,040 cases" in bind(map_of(stage("a", "ad")), journeys).headline()[0]

    def test_speak_of_the_goal_only_on_the_way_to_it(self) -> None:
        goal = Goal(outcome=Event(("cart",)))
        assert self.told("order", goal=goal)[0] == "Of 1,040 people, 21 % (19-24 %) came here."
        assert not [s for s in self.told("cart", goal=goal) if "goal" in s]
        assert "goal" in self.told("ad", goal=goal)[0]

    def test_list_words(self) -> None:
        assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
            "",
            "a",
            "a and b",
            "a, b and c",
        ]
