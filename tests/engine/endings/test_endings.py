"""Why they leave: worked by hand, against what was planted, and the same over any parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.engine.parting import copied, cut_at

from desireline.engine import endings
from desireline.engine.building import EventColumns, build
from desireline.engine.compute.threads import over, run
from desireline.engine.endings import (
    Concern,
    Counted,
    End,
    Ending,
    Met,
    PersonQuery,
    Query,
    Silence,
)
from desireline.engine.endings.naming import suggested
from desireline.engine.endings.rhythm import later_return
from desireline.engine.filters import microseconds_at
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.parts import Goal, Stage, Touchpoint
from desireline.engine.journeys import MICROSECONDS, Ids, Journeys
from desireline.engine.rules.ast import Event
from desireline.engine.saying import in_words, of_ending
from desireline.library.journeys import Journeys as Face
from desireline.sim.cat_fountain import shop
from desireline.sim.planted.endings import planted_hazards, planted_reasons

DAY = 86_400 * MICROSECONDS
NAMES = ("came", "closed", "reply")


def _journeys(persons: Sequence[Sequence[tuple[int, str]]]) -> Journeys:
    """Each person as days with event types; "reply" is an act of the company."""
    rows = [(p, day, name) for p, events in enumerate(persons) for day, name in events]
    person, day, name = zip(*rows, strict=True)
    return build(
        EventColumns(
            case=np.array(person, np.int64),
            ids=Ids(integers=np.arange(len(persons))),
            time=np.array(day, np.int64) * DAY,
            code=np.array([NAMES.index(n) for n in name], np.uint16),
            events=NAMES,
            actor=np.array([1 + (n == "reply") for n in name], np.uint8),
            actors=("", "person", "employee"),
        )
    )


def _map(*keys: str, outcome: str | None = None) -> JourneyMap:
    touchpoints = tuple(Touchpoint(key=k, name=k.capitalize(), rule=Event((k,))) for k in keys)
    goal = Goal(outcome=None if outcome is None else Event((outcome,)))
    return JourneyMap(
        key="m", name="M", goal=goal, stages=(Stage(key="s", name="S", touchpoints=touchpoints),)
    )


def _asked() -> Query:
    churn = End("churn", Event(("closed",)))
    return Query(_map("came", "reply", "closed"), ends=(churn,), silence_days=10)


class TestStates:
    @pytest.mark.parametrize(
        ("events", "state"),
        [
            ([(100, "came")], "new"),
            ([(70, "came"), (79, "came"), (88, "came"), (96, "came"), (100, "came")], "active"),
            ([(50, "came"), (60, "came")], "lapsed"),
            ([(50, "came"), (97, "came")], "won_back"),
            ([(50, "came"), (51, "closed")], "churned"),
            ([(50, "came"), (51, "closed"), (99, "came")], "won_back"),
        ],
    )
    def test_follow_from_days(self, events: list[tuple[int, str]], state: str) -> None:
        # Somebody else comes on the last day, so that the log ends there.
        found = run(endings, _journeys([events, [(40, "came"), (100, "closed")]]), _asked())
        told = {one.state: one.count for one in found.states if one.count}
        assert told == ({state: 1, "churned": 1} if state != "churned" else {"churned": 2})

    def test_move_from_month_to_month_without_losing_anybody(self) -> None:
        found = run(endings, shop(200).journeys(), _shop_query())
        for before, after in zip(found.months, found.months[1:], strict=False):
            moves = [m for m in found.moves if m.month == after.month]
            new = sum(m.count for m in moves if m.source is None)
            was = sum(one.count for one in before.states)
            assert sum(one.count for one in after.states) == was + new
            for one in before.states:
                assert sum(m.count for m in moves if m.source == one.state) == one.count


class TestRhythm:
    def test_is_the_chance_that_silence_ends(self) -> None:
        # 8 came back after 2 days, 1 after 5, and 11 never did, seen for 9 days.
        chance = later_return({2: 8, 5: 1}, {9: 11})
        assert chance[:2] == pytest.approx([9 / 20, 9 / 20])
        assert chance[2:5] == pytest.approx([1 / 12] * 3)
        assert chance[5] == pytest.approx(0)

    def test_is_undecided_in_a_short_log(self) -> None:
        found = run(endings, _journeys([[(0, "came"), (1, "came")]]), Query(_map("came")))
        assert not found.rhythm.known
        assert "endings.rhythm_unknown" in [m.key for m in in_words(found)]

    def test_one_length_of_silence_is_no_range_and_no_reason_is_not_counted(self) -> None:
        found = run(endings, shop(300).journeys(), _shop_query())
        known = replace(found.rhythm, known=True, given=False, silence_days=3)
        left = found.explained.left
        told = replace(
            found,
            rhythm=known,
            rhythms=(known, known),
            explained=replace(found.explained, unknown=left),
        )
        keys = [message.key for message in in_words(told)]
        assert "endings.rhythm_alike" in keys
        assert keys[0] == "endings.ended_unexplained"
        apart = replace(told, rhythms=(known, replace(known, silence_days=9)))
        assert "endings.rhythm" in [message.key for message in in_words(apart)]


class TestPlaces:
    def test_are_counted_by_hand(self) -> None:
        """Of four, one closes after 5 days, one lapses after 10, two are still there."""
        people = [
            [(80, "came"), (85, "closed")],
            [(80, "came")],
            [(95, "came"), (100, "came")],
            [(80, "came"), (88, "came"), (96, "came")],
        ]
        found = run(endings, _journeys(people), _asked())
        came = next(place for place in found.places if place.key == "came")
        curves = {curve.kind: curve for curve in came.curves}
        assert came.n == 4
        assert curves["churn"].at(5).share == pytest.approx(1 / 4)
        assert curves["lapse"].at(10).share == pytest.approx(3 / 4 * 1 / 2)
        assert curves["lapse"].at(9).share == 0


class TestReasons:
    def test_are_those_that_were_planted(self) -> None:
        world = planted_reasons(3)
        found = run(endings, world.journeys, world.query)
        assert {r.act for r in found.found} == {slot.act for slot in world.reasons}
        assert found.explained.left == sum(found.explained.by_reason) + found.explained.unknown

    def test_are_none_where_nothing_was_planted(self) -> None:
        world = planted_reasons(3, null=True)
        assert run(endings, world.journeys, world.query).found == ()

    def test_of_the_shop_are_the_unanswered_mail_and_the_missing_discount(self) -> None:
        found = run(endings, shop(20_000).journeys(), _shop_query())
        first, second = found.found[:2]
        assert (first.kind, first.act, first.place) == (
            "no_offer", "discount_offered", "product_added",
        )  # fmt: skip
        assert (second.kind, second.act, second.place) == (
            "unanswered", "reply_sent", "email_received",
        )  # fmt: skip
        assert first.for_whom[0].property == "topic"
        assert first.for_whom[0].value == "offers"
        words = [message.text for message in in_words(found)]
        assert any("No “Reply sent” after “Email received”" in text for text in words)

    def test_need_to_know_who_acted(self) -> None:
        world = shop(300).journeys()
        blind = Journeys(world.offset, world.time, world.code, world.events, world.ids)
        found = run(endings, blind, _shop_query(actors=False))
        assert found.asked == 0
        assert "endings.unasked" in [m.key for m in in_words(found)]


class TestOnePerson:
    @pytest.mark.parametrize(
        ("events", "found"),
        [
            ([(50, "came"), (51, "reply"), (52, "came")], Ending("lapsed", 52 * DAY, "came")),
            (
                [(50, "came"), (53, "closed")],
                Ending("churned", 53 * DAY, "came", said=True, met=(Met(0, 50 * DAY, True),)),
            ),
            (
                [(50, "came"), (90, "came"), (99, "came")],
                Ending("won_back", met=(Met(0, 50 * DAY, False),)),
            ),
        ],
    )
    def test_met_what_is_counted_by_hand(
        self, events: list[tuple[int, str]], found: Ending
    ) -> None:
        """Nobody answered within 2 days; a silence of 10 days is an end."""
        silence = Silence(silence_days=10, risk_days=5, within_days=5)
        asked = PersonQuery(
            of=_asked(),
            counted=Counted(100 * DAY, silence, (silence,)),
            concerns=(Concern("unanswered", "came", "reply", 2 * 86_400.0),),
            person=1,
        )
        journeys = _journeys([[(40, "came"), (100, "came")], events])
        assert run(endings.one_person, journeys, asked) == found
        assert over(endings.one_person, [journeys, _journeys([[(1, "came")]])], asked) == found

    def test_is_of_those_behind_the_reasons(self) -> None:
        """Who is counted as having left for a reason is told so, and nobody else."""
        world = planted_reasons(3)
        found = run(endings, world.journeys, world.query)
        days = [Silence(r.silence_days, r.risk_days, r.within_days) for r in found.rhythms]
        whole = Silence(found.rhythm.silence_days, found.rhythm.risk_days, found.rhythm.within_days)
        as_of = microseconds_at(dt.datetime.fromisoformat(found.as_of))
        counted = Counted(as_of, whole, tuple(days))
        first = found.found[0]
        bound = first.bound_mark if first.bound_seconds is None else first.bound_seconds
        concern = Concern(first.kind, first.place, first.act, bound)
        left = endings.concerned(world.journeys, world.query, counted, concern)
        for person in [*np.flatnonzero(left)[:10], *np.flatnonzero(~left)[:10]]:
            number = int(world.journeys.ids[int(person)])
            asked = PersonQuery(world.query, counted, (concern,), number)
            ending = run(endings.one_person, world.journeys, asked)
            met = [one for one in ending.met if one.left_there]
            assert bool(met) == bool(left[person])

    def test_of_nobody_says_so(self) -> None:
        silence = Silence(10, 5, 5)
        asked = PersonQuery(_asked(), Counted(100 * DAY, silence, (silence,)), (), person=7)
        found = run(endings.one_person, _journeys([[(40, "came")]]), asked)
        assert found == Ending(None)
        assert [one.key for one in of_ending(found, None, 0)] == ["endings.person_nobody"]


class TestCurves:
    def test_hold_the_planted_chance(self) -> None:
        world = planted_hazards(7, persons=3_000)
        joined = next(
            p for p in run(endings, world.journeys, world.query).places if p.key == "joined"
        )
        for curve in joined.curves:
            point = curve.at(30)
            spread = point.high - point.low
            truth = world.incidence(curve.kind, point.day)
            assert abs(point.share - truth) < spread


class TestParts:
    @pytest.mark.parametrize("cuts", [(100, 101, 700), (5, 300, 301, 302)])
    def test_answer_alike(self, cuts: tuple[int, ...]) -> None:
        log, query = shop(800).journeys(), _shop_query()
        whole = run(endings, log, query)
        parts = [copied(part, n) for n, part in enumerate(cut_at(log, cuts))]
        assert over(endings, parts, query, 2).to_dict() == whole.to_dict()


class TestNames:
    @pytest.mark.parametrize(
        ("event", "kind"),
        [
            ("account_closed", "churn"),
            ("SubscriptionCancelled", "churn"),
            ("order_cancelled", None),
            ("order_repeated", "renewal"),
            ("referral_link_shared", "referral"),
            ("referral_link_opened", None),
            ("plan upgraded", "cross_sale"),
            ("switched_to_competitor", "elsewhere"),
            ("page_viewed", None),
        ],
    )
    def test_suggest_ends(self, event: str, kind: str | None) -> None:
        assert suggested(event) == kind


def test_the_library_asks_the_same() -> None:
    log = shop(300).journeys()
    found = Face.of(log).endings(_shop_query().journey_map, silence_days=30)
    assert found.rhythm.silence_days == 30
    assert len(found.to_pandas()) == len(found.rows())


def _shop_query(*, actors: bool = True) -> Query:
    """The shop's touchpoints by event type; without `actors` nobody says who begins what."""
    world = shop(1)
    stages = [
        Stage(
            key=name,
            name=name,
            touchpoints=tuple(
                Touchpoint(
                    key=t.name,
                    name=t.name.replace("_", " ").capitalize(),
                    rule=Event((t.name,)),
                    initiator="person" if not actors else None,
                )
                for t in world.truth.touchpoints
                if t.stage == number
            ),
        )
        for number, name in enumerate(world.truth.stages)
    ]
    goal = Goal(outcome=Event(("order_completed",)))
    return Query(JourneyMap(key="shop", name="Shop", goal=goal, stages=tuple(stages)))
