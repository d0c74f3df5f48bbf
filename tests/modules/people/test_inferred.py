"""What is inferred of a person: against walks whose touches, interests and habits are known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from desireline.engine.analyses.shares import share
from desireline.log.following import Logged
from desireline.modules.people.arriving import traits_in
from desireline.modules.people.habits import habits_of
from desireline.modules.people.happenings import Happening
from desireline.modules.people.interests import HALF_LIFE_DAYS, interests_of
from desireline.modules.people.touches import site_class, touch_of, touches_of

NOW = 1_767_225_600_000_000
HOUR = 3_600_000_000
DAY = 24 * HOUR
_positions: Iterator[int] = iter(range(1, 10_000))


def event(type_: str = "page_viewed", ago: float = 0.0, **more: Any) -> Happening:
    """An event so many days ago."""
    fields: dict[str, Any] = {
        "kind": "page" if type_ == "page_viewed" else "track",
        "channel": "web",
        "direction": "inbound",
        "actor": "",
        **more,
    }
    texts = {
        name: json.dumps(fields.pop(name)) if name in fields else None
        for name in ("properties", "context")
    }
    row = Logged(
        position=next(_positions),
        id_hi=0,
        id_lo=0,
        subject=1,
        at=NOW - round(ago * DAY),
        received_at=NOW,
        type=type_,
        value=None,
        currency=None,
        identifiers=None,
        source="api",
        **texts,
        **fields,
    )
    return Happening.of(row)


def page(url: str, referrer: str = "", ago: float = 0.0) -> Happening:
    return event(ago=ago, properties={"url": f"https://shop.example{url}", "referrer": referrer})


class TestTouches:
    def test_a_page_that_a_file_tells_of_is_an_arrival(self) -> None:
        url, google = "https://shop.example/", "https://www.google.com/"
        found = touch_of(event(kind="track", properties={"url": url, "referrer": google}))
        assert found is not None
        assert (found.source, found.referrer) == ("search", "www.google.com")
        assert touch_of(event("order_completed", properties={"url": url})) is None

    @pytest.mark.parametrize(
        ("referrer", "source"),
        [
            ("", "direct"),
            ("https://www.google.co.uk/search?q=x", "search"),
            ("https://duckduckgo.com/", "search"),
            ("https://mail.google.com/mail", "email"),
            ("https://m.facebook.com/", "social"),
            ("https://t.co/abc", "social"),
            ("https://x.com/", "social"),
            ("https://x.org/", "referral"),
            ("https://t.example/", "referral"),
            ("https://notgoogle.example/", "referral"),
            ("http://[", "direct"),
        ],
    )
    def test_sites_by_the_list(self, referrer: str, source: str) -> None:
        assert site_class(referrer) == source
        found = touch_of(page("/", referrer))
        assert found is not None
        assert found.source == source

    @pytest.mark.parametrize(
        ("query", "source", "campaign"),
        [
            ("?utm_campaign=spring&utm_medium=email", "email", "spring"),
            ("?utm_campaign=spring&utm_medium=cpc", "paid", "spring"),
            ("?gclid=abc", "paid", ""),
            ("?utm_source=newsletter", "email", ""),
            ("?utm_campaign=fair", "campaign", "fair"),
        ],
    )
    def test_campaigns_by_the_address(self, query: str, source: str, campaign: str) -> None:
        found = touch_of(page(f"/{query}", "https://www.google.de/"))
        assert found is not None
        assert (found.source, found.campaign) == (source, campaign)

    def test_a_page_after_a_page_of_the_same_site_is_no_arrival(self) -> None:
        assert touch_of(page("/b", "https://www.shop.example/a")) is None

    def test_what_we_sent_is_no_arrival(self) -> None:
        sent = event("email_sent", direction="outbound", properties={"campaign": "spring"})
        shown = event("ad_seen", actor="system", properties={"campaign": "spring"})
        assert touch_of(sent) is None
        assert touch_of(shown) is None

    def test_the_last_touch_is_not_forgotten_for_a_bookmark(self) -> None:
        walk = [page("/", "https://google.de/", 9), page("/?utm_campaign=a", "", 5), page("/")]
        found = touches_of(walk)
        assert found is not None
        assert [one.source for one in found] == ["search", "campaign"]
        assert touches_of([event("call_taken")]) is None


class TestInterests:
    def test_six_looks_over_three_visits_are_an_interest_with_evidence(self) -> None:
        days = [9.0, 9.0, 5.0, 5.0, 5.0, 1.0]
        looks = [
            event("product_viewed", ago, properties={"category": "Cats", "name": f"Toy {n}"})
            for n, ago in enumerate(days)
        ]
        dogs = event("product_viewed", properties={"category": "Dogs"})
        [cats] = interests_of([*looks, dogs], NOW)
        assert (cats.topic, cats.signs, cats.visits) == ("cats", 6, 3)
        assert cats.how == {"viewed": 6}
        assert [sign.what for sign in cats.examples] == ["Toy 5", "Toy 4", "Toy 3"]
        expected = sum(0.5 ** (ago / HALF_LIFE_DAYS) for ago in days)
        assert cats.score == pytest.approx(expected, abs=1e-3)
        assert cats.share == pytest.approx(expected / (expected + 1), abs=1e-3)

    def test_half_after_the_half_life(self) -> None:
        def score(ago: float) -> float:
            looks = [event("product_viewed", ago, properties={"category": "x"})] * 2
            return interests_of(looks, NOW)[0].score

        assert score(HALF_LIFE_DAYS) == pytest.approx(score(0) / 2, abs=1e-3)

    def test_buying_and_searching_count_more_than_looking(self) -> None:
        events = [
            event("product_viewed", properties={"category": "dogs"}),
            event("product_viewed", properties={"category": "dogs"}),
            event("products_searched", properties={"query": "Cats!"}),
            event("order_completed", properties={"products": [{"category": "cats"}, 7]}),
        ]
        found = interests_of(events, NOW)
        assert [one.topic for one in found] == ["cats", "dogs"]
        assert found[0].how == {"bought": 1, "searched": 1}

    @pytest.mark.parametrize("odd", [None, 7, [1, None], {"a": 1}, "", "!!!", [["x"]]])
    def test_odd_properties_are_no_topics(self, odd: Any) -> None:
        events = [event("product_viewed", properties={"category": odd, "products": odd})] * 3
        assert interests_of(events, NOW) == []


class TestHabits:
    def test_shares_with_n_and_interval(self) -> None:
        events = [event(ago=n, channel="chat") for n in range(9)]
        events += [event(ago=0.5, channel="phone"), event(channel="mail", direction="outbound")]
        found = habits_of(events)
        chat = found.channels[0]
        told = share(9, 10)
        assert (chat.name, chat.n, chat.of, chat.share) == ("chat", 9, 10, 0.9)
        assert (chat.low, chat.high) == (round(told.low or 0, 3), round(told.high or 0, 3))
        assert found.preferred_channel == "chat"
        assert found.preferred_hours.startswith("00") or found.preferred_hours.endswith("01")

    def test_few_events_prefer_nothing(self) -> None:
        found = habits_of([event(channel="chat")] * 4)
        assert (found.preferred_channel, found.preferred_hours) == ("", "")

    def test_two_alike_prefer_neither(self) -> None:
        events = [event(channel=name) for name in ("chat", "phone") for _ in range(10)]
        assert habits_of(events).preferred_channel == ""

    def test_nothing_done_is_no_habit(self) -> None:
        assert habits_of([]).channels == []


class TestTraitsInEvents:
    def test_of_identify_and_of_context(self) -> None:
        told = event(
            "identified",
            kind="identify",
            properties={"plan": "pro", "traits": {"city": "Bonn"}},
            context={"traits": {"age": 30, "plan": "old"}, "traits_once": ["age", 7]},
        )
        found = {one.name: (one.value, one.once) for one in traits_in(told.row)}
        assert found == {"plan": ("pro", False), "city": ("Bonn", False), "age": (30, True)}

    def test_what_is_said_of_an_account_is_not_the_persons(self) -> None:
        group = event("grouped", kind="group", properties={"name": "Acme"})
        assert list(traits_in(group.row)) == []

    @pytest.mark.parametrize("odd", [7, "text", [1], None])
    def test_traits_that_are_none(self, odd: Any) -> None:
        track = event("seen", properties={"traits": odd}, context={"traits": odd})
        assert list(traits_in(track.row)) == []
        identify = event("identified", kind="identify", properties={"traits": odd})
        assert [one.value for one in traits_in(identify.row)] == [odd]
