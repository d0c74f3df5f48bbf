"""What the truth of the shop says is what happens in its events."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pytest
from tests.sim.statistics import assert_chance, assert_log_normal

from desireline.sim import Truth, World, shop
from desireline.sim.cat_fountain import chances as p
from desireline.sim.cat_fountain import shop_model, traits
from desireline.sim.cat_fountain.calendar import FIX_DEPLOYED
from desireline.sim.model import Model

PERSONS = 40_000
NOT_TOUCHPOINTS = ("mood_voted", "shift_note_written")


@dataclass
class Walked:
    """A shop whose log never ends and has no noise, so that every journey is seen to its end."""

    world: World

    @cached_property
    def touchpoints(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Case, time in seconds and name of each touchpoint, in order."""
        events = self.world.events()
        name = np.array(events.events)[events.code]
        kept = ~np.isin(name, NOT_TOUCHPOINTS)
        return events.case[kept], events.time[kept] / 1e6, name[kept]

    def had(self, name: str) -> np.ndarray:
        """For each person whether she came to the touchpoint."""
        case, _, names = self.touchpoints
        found = np.zeros(len(self.region_north), bool)
        found[case[names == name]] = True
        return found

    @cached_property
    def region_north(self) -> np.ndarray:
        return self.world.holds("north")

    def straight(self, start: str, to: str) -> np.ndarray:
        """Waits in seconds where `to` follows `start` straight away."""
        case, time, name = self.touchpoints
        pair = (case[1:] == case[:-1]) & (name[:-1] == start) & (name[1:] == to)
        return np.diff(time)[pair]


@pytest.fixture(scope="module")
def walked() -> Walked:
    endless: Model = replace(shop_model(), ends_at=np.datetime64("2045-01-01"), noise=None)
    return Walked(replace(shop(PERSONS, seed=11), model=endless))


class TestPersonas:
    def test_shares(self, walked: Walked) -> None:
        truth = walked.world.truth
        assert truth.personas is not None
        for name, share in truth.personas.items():
            assert_chance(walked.world.holds(name), share)

    def test_sources_of_those_who_come_by_themselves(self, walked: Walked) -> None:
        own = ~walked.world.holds("friend")
        assert own.sum() == PERSONS
        for name, share in traits.SOURCES.items():
            assert_chance(walked.world.holds(name)[own], share)

    def test_outcome_rates(self, walked: Walked) -> None:
        rates = walked.world.truth.rates
        assert rates is not None
        own, ordered = ~walked.world.holds("friend"), walked.had("order_completed")
        assert_chance(ordered[own], rates["orders"])
        for name in traits.PERSONAS:
            assert_chance(ordered[own & walked.world.holds(name)], rates[f"{name} orders"])


class TestWaits:
    def test_planted_waits(self, walked: Walked) -> None:
        planted = [wait for wait in walked.world.truth.waits if wait.clock == "any"]
        assert len(planted) > 15
        for wait in planted:
            seconds = walked.straight(wait.start, wait.to)
            if len(seconds) > 100:
                assert_log_normal(seconds, wait.p50_seconds, wait.p90_seconds)

    def test_waits_by_the_office_clock_end_in_office_hours(self, walked: Walked) -> None:
        _, time, name = walked.touchpoints
        hour = time[name == "parcel_shipped"] // 3600
        assert set((hour % 24).astype(int).tolist()) == set(range(8, 18))
        assert set(((hour // 24 + 3) % 7).astype(int).tolist()) == set(range(5))


class TestReasonsForLeaving:
    def test_a_mail_that_stays_unanswered(self, walked: Walked) -> None:
        case, _, name = walked.touchpoints
        told = name != "survey_answered"
        case, name = case[told], name[told]
        mail = np.flatnonzero((name[:-2] == "email_received") & (case[2:] == case[:-2]))
        unanswered = mail[name[mail + 1] != "reply_sent"]
        closed = name[unanswered + 1] == "account_closed"
        gone = np.flatnonzero((name[:-1] == "email_received") & (case[1:] != case[:-1]))
        closed = np.concatenate([closed, np.zeros(len(gone), bool)])
        late = np.flatnonzero((name[:-2] == "email_received") & (case[2:] != case[:-2]))
        late = late[(case[late + 1] == case[late]) & (name[late + 1] != "reply_sent")]
        closed = np.concatenate([closed, name[late + 1] == "account_closed"])
        reason = walked.world.truth.reasons[0]
        assert_chance(closed, reason.leaves_with * p.CLOSES_ACCOUNT)

    def test_nobody_mailed_and_few_leave(self, walked: Walked) -> None:
        case, _, name = walked.touchpoints
        told = name != "survey_answered"
        case, name = case[told], name[told]
        ends = np.append(case[1:] != case[:-1], True)
        thanked = np.flatnonzero(name[:-1] == "thank_you_sent")
        asked = np.isin(name[thanked + 1], ["email_received", "call_made", "return_requested"])
        quiet = thanked[~(asked & ~ends[thanked])]
        closed = (name[quiet + 1] == "account_closed") & ~ends[quiet]
        reason = walked.world.truth.reasons[0]
        assert_chance(closed, reason.leaves_without * p.CLOSES_ACCOUNT)

    def test_discount_lovers_who_are_never_offered_a_discount(self, walked: Walked) -> None:
        carted = walked.had("product_added")
        offered, went_on = walked.had("discount_offered"), walked.had("checkout_started")
        lover = walked.world.holds("discount lover")
        reason = walked.world.truth.reasons[1]
        assert_chance(~went_on[carted & lover & ~offered], reason.leaves_with)
        assert_chance(~went_on[carted & lover & offered], reason.leaves_without)
        for others in (offered, ~offered):
            assert_chance(~went_on[carted & ~lover & others], p.LEAVES_CART)
        assert reason.effect == pytest.approx(0.4)


class TestMomentsOfTruth:
    def test_opening_the_parcel_goes_with_buying_again_but_does_not_cause_it(
        self, walked: Walked
    ) -> None:
        case, _, name = walked.touchpoints
        delivered = np.flatnonzero(name[:-1] == "parcel_delivered")
        person, first = np.unique(case[delivered], return_index=True)
        opened = name[delivered[first] + 1] == "parcel_opened"
        again = walked.had("order_repeated")[person]
        devoted = walked.world.holds("devoted")[person]
        assert again[opened].mean() > again[~opened].mean() + 0.08
        for kind in (devoted, ~devoted):
            share = again[kind].mean()
            for group in (opened, ~opened):
                assert_chance(again[kind & group], share)

    def test_who_opens(self, walked: Walked) -> None:
        case, _, name = walked.touchpoints
        delivered = np.flatnonzero(name[:-1] == "parcel_delivered")
        delivered = delivered[np.unique(case[delivered], return_index=True)[1]]
        opened = (name[delivered + 1] == "parcel_opened") & (case[delivered + 1] == case[delivered])
        devoted = walked.world.holds("devoted")[case[delivered]]
        assert_chance(opened[devoted], p.OPENS["devoted"])
        assert_chance(opened[~devoted], p.OPENS["casual"])

    def test_an_answered_chat_brings_people_to_the_cart(self, walked: Walked) -> None:
        chatted, answered = walked.had("chat_started"), walked.had("chat_answered")
        carted = walked.had("product_added")
        assert_chance(carted[answered], p.CART_AFTER_ANSWER)
        assert_chance(carted[chatted & ~answered], p.CART_AFTER_SILENCE)


class TestFix:
    def test_replies_before_and_after(self, walked: Walked) -> None:
        case, time, name = walked.touchpoints
        fix = walked.world.truth.fixes[0]
        deployed = FIX_DEPLOYED.astype("datetime64[s]").astype(np.int64)
        mail = np.flatnonzero(name[:-1] == "email_received")
        replied = (name[mail + 1] == "reply_sent") & (case[mail + 1] == case[mail])
        fixed = (time[mail] >= deployed) & walked.region_north[case[mail]]
        wait = time[mail + 1] - time[mail]
        for group, planted in ((fixed, fix.after), (~fixed, fix.before)):
            assert_chance(replied[group], planted["replied"])
            p50, p90 = planted["wait_p50_seconds"], planted["wait_p90_seconds"]
            assert_log_normal(wait[group & replied], p50, p90)

    def test_effect_is_what_the_chances_make_it(self, walked: Walked) -> None:
        fix = walked.world.truth.fixes[0]
        assert fix.effect == pytest.approx((0.97 * 0.85 + 0.03 * 0.4) - (0.75 * 0.7 + 0.25 * 0.4))

    def test_control_group_is_untouched(self, walked: Walked) -> None:
        _, time, name = walked.touchpoints
        case = walked.touchpoints[0]
        deployed = FIX_DEPLOYED.astype("datetime64[s]").astype(np.int64)
        mail = np.flatnonzero(name[:-1] == "email_received")
        south = mail[(time[mail] >= deployed) & ~walked.region_north[case[mail]]]
        replied = (name[south + 1] == "reply_sent") & (case[south + 1] == case[south])
        assert_chance(replied, p.REPLIED_BEFORE)


class TestTruth:
    def test_names_every_event_type_once(self) -> None:
        made = shop(10)
        truth = made.truth
        named = (*truth.order, *truth.staff, *truth.noise)
        assert sorted(named) == sorted(made.events().events)

    def test_lives_through_json(self) -> None:
        truth = shop(10).truth
        assert Truth.from_dict(json.loads(json.dumps(truth.to_dict()))) == truth

    def test_stages_are_the_five(self) -> None:
        truth = shop(10).truth
        assert truth.stages == (
            *("awareness", "consideration", "purchase", "retention", "advocacy"),
        )
        assert len(truth.boundaries) == 4
        assert "order_completed" in truth.members(2)

    def test_ranks_only_rise_and_alternatives_share_one(self) -> None:
        truth = shop(10).truth
        ranks = [touchpoint.rank for touchpoint in truth.touchpoints]
        assert ranks == sorted(ranks)
        rank_of = {touchpoint.name: touchpoint.rank for touchpoint in truth.touchpoints}
        for group in truth.alternatives:
            assert len({rank_of[name] for name in group}) == 1

    def test_what_is_said_to_come_once_comes_once(self) -> None:
        made = shop(3000, seed=4)
        events = made.events()
        name = np.array(events.events)[events.code].tolist()
        once = {t.name for t in made.truth.touchpoints if not t.repeatable}
        came = [pair for pair in zip(events.case.tolist(), name, strict=True) if pair[1] in once]
        assert len(came) == len(set(came))

    def test_what_is_needed_is_on_every_way_to_a_delivered_parcel(self) -> None:
        made = shop(3000, seed=4)
        events = made.events()
        code_of = {name: code for code, name in enumerate(events.events)}
        needed = [t.name for t in made.truth.touchpoints if not t.optional]
        delivered = set(events.case[events.code == code_of["parcel_delivered"]].tolist())
        for name in needed:
            assert delivered <= set(events.case[events.code == code_of[name]].tolist())
