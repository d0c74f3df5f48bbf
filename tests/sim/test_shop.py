"""The log of the shop: exact by seed, in pieces or whole, and well formed."""

from __future__ import annotations

import numpy as np
import pytest

from desireline.engine.building import EventColumns, build
from desireline.sim import shop, world


def same(one: EventColumns, two: EventColumns) -> bool:
    """Whether two pieces hold the same events of the same persons, byte for byte."""
    arrays = ("case", "time", "code", "channel", "actor", "value")
    return list(one.ids) == list(two.ids) and all(
        getattr(one, a).tobytes() == getattr(two, a).tobytes() for a in arrays
    )


def joined(pieces: list[EventColumns]) -> dict[str, bytes]:
    """The events of all pieces one after the other, cases by name."""
    case = [piece.ids[c] for piece in pieces for c in piece.case.tolist()]
    found = {"case": "\n".join(case).encode()}
    for name in ("time", "code", "channel", "actor", "value"):
        found[name] = np.concatenate([getattr(piece, name) for piece in pieces]).tobytes()
    for name in pieces[0].columns:
        parts = [piece.columns[name] for piece in pieces]
        held = [p.numbers if p.codes is None else p.codes for p in parts]
        found[name] = np.concatenate([h for h in held if h is not None]).tobytes()
    return found


class TestSeed:
    def test_same_seed_gives_same_bytes(self) -> None:
        assert same(shop(500, seed=3).events(), shop(500, seed=3).events())

    def test_another_seed_gives_other_events(self) -> None:
        assert not same(shop(500, seed=3).events(), shop(500, seed=4).events())

    @pytest.mark.parametrize("events", [1, 700, 20_000])
    def test_size_of_chunks_does_not_matter(self, events: int) -> None:
        made = shop(600, seed=5)
        assert joined(list(made.chunks(events))) == joined([made.events()])

    def test_first_persons_of_a_larger_shop_are_those_of_a_smaller(self) -> None:
        small, large = shop(200, seed=5).events(), shop(400, seed=5).events()
        n = len(small.time)
        assert list(large.ids)[: len(small.ids)] == list(small.ids)
        assert large.time[:n].tobytes() == small.time.tobytes()

    def test_negative_and_huge_seeds_are_seeds(self) -> None:
        assert not same(shop(50, seed=-1).events(), shop(50, seed=2**70).events())


class TestChunks:
    def test_hold_whole_journeys_of_at_most_the_asked_events(self) -> None:
        pieces = list(shop(2000, seed=5).chunks(3000))
        assert len(pieces) > 5
        assert all(len(piece.time) <= 3000 for piece in pieces)
        ids = [name for piece in pieces for name in piece.ids]
        assert len(ids) == len(set(ids))


class TestLog:
    events = shop(3000, seed=9).events()
    name = np.array(events.events)[events.code]

    def test_is_sorted_by_person_and_time(self) -> None:
        order = np.lexsort((self.events.time, self.events.case))
        assert (order == np.arange(len(order))).all()

    def test_lies_within_the_year(self) -> None:
        time = self.events.time.astype("datetime64[us]")
        assert time.min() >= np.datetime64("2025-01-01")
        assert time.max() < np.datetime64("2026-01-01")

    def test_builds_into_journeys(self) -> None:
        journeys = build(self.events)
        assert len(journeys) == len(self.events.ids)
        assert journeys.n_events == len(self.events.time)

    def test_amounts_stand_on_orders_refunds_and_rewards_only(self) -> None:
        assert self.events.value is not None
        paid = set(self.name[~np.isnan(self.events.value)].tolist())
        assert paid == {"order_completed", "order_repeated", "refund_paid", "referral_rewarded"}

    def test_a_refund_is_the_amount_of_an_order_of_the_same_person(self) -> None:
        assert self.events.value is not None
        refunds = np.flatnonzero(self.name == "refund_paid")
        assert len(refunds) > 10
        for at in refunds.tolist():
            mine = self.events.case == self.events.case[at]
            orders = mine & np.isin(self.name, ["order_completed", "order_repeated"])
            assert self.events.value[at] in self.events.value[orders]

    def test_scores_lie_on_their_scales(self) -> None:
        score = self.events.columns["score"].numbers
        assert score is not None
        for name, low, high in (("survey_answered", 0, 10), ("review_written", 1, 5)):
            marks = score[self.name == name]
            assert marks.min() >= low
            assert marks.max() <= high
            assert (marks == np.rint(marks)).all()

    def test_every_order_has_a_number_of_its_own(self) -> None:
        numbers = self.events.columns["order_id"].numbers
        assert numbers is not None
        orders = numbers[np.isin(self.name, ["order_completed", "order_repeated"])]
        assert len(np.unique(orders)) == len(orders)
        shipped = numbers[self.name == "parcel_shipped"]
        assert set(shipped.tolist()) <= set(orders.tolist())

    def test_columns_have_an_entry_for_each_event(self) -> None:
        expected = {"source", "campaign", "topic", "device", "region"}
        assert set(self.events.columns) == expected | {"department", "order_id", "score"}
        assert {len(c) for c in self.events.columns.values()} == {len(self.events.time)}

    def test_a_reward_is_paid_for_each_friend_who_orders(self) -> None:
        ids = list(self.events.ids)
        bought = {ids[c] for c in self.events.case[self.name == "order_completed"].tolist()}
        friends = [name for name in bought if "." in name]
        rewards = int((self.name == "referral_rewarded").sum())
        assert friends
        assert len(friends) - 1 <= rewards <= len(friends)

    def test_channels_actors_and_departments(self) -> None:
        assert set(self.events.channels) == {
            *("", "web", "app", "e-mail", "chat", "phone", "store", "post", "social"),
        }
        assert set(self.events.actors) == {"", "person", "employee", "system", "partner"}
        assert set(self.events.columns["department"].values) == {"marketing", "sales", "service"}


class TestSize:
    def test_hundred_persons(self) -> None:
        events = shop(100).events()
        assert len(events.ids) >= 100
        assert len(events.time) > 500

    def test_nobody(self) -> None:
        assert list(shop(0).chunks()) == []
        assert len(shop(0).events().time) == 0
        assert len(world(1, "linear", 0).events().ids) == 0


class TestFaces:
    def test_progress_is_told_up_to_the_end(self) -> None:
        told: list[float] = []
        list(shop(1000, seed=5).chunks(2000, progress=told.append))
        assert told == sorted(told)
        assert told[-1] == 1.0

    def test_journeys_are_the_events(self) -> None:
        made = shop(300, seed=5)
        journeys, events = made.journeys(), made.events()
        assert journeys.time.tobytes() == events.time.tobytes()
        assert len(journeys) == len(events.ids)
