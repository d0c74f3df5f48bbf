"""The board of what is done about a map: noted, framed, planned, deployed, by several people."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.modules.house import House
from tests.modules.test_maps import MAP, publish_map

SCORES = {"effort": 2, "customer_value": 5, "business_value": 3}
WEAK = {"map": "shop", "touchpoint": "look", "title": "They leave here"}


@pytest.fixture
def shop(here: House) -> House:
    publish_map(here)
    return here


def _noted(here: House, **said: Any) -> dict[str, Any]:
    answer = here.client.post("/v1/opportunities", json={**WEAK, **said})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def _planned(here: House, **said: Any) -> dict[str, Any]:
    number = _noted(here, **SCORES)["id"]
    new = {"opportunity": number, "title": "Answer within a day", **said}
    answer = here.client.post("/v1/improvements", json=new)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def _moved(here: House, where: str, kept: dict[str, Any], **to: Any) -> dict[str, Any]:
    tag = {"if-match": f'"{kept["revision"]}"'}
    answer = here.client.put(f"/v1/{where}/{kept['id']}/state", json=to, headers=tag)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


class TestNote:
    def test_becomes_an_opportunity_with_its_scores(self, shop: House) -> None:
        found_in = {"kind": "late", "name": "look"}
        weak = _noted(shop, found_by="deviation", found_in=found_in)
        assert (weak["state"], weak["priority"], weak["found_in"]) == ("weakness", None, found_in)
        said = {"title": "They leave", "touchpoint": "look", **SCORES}
        one = f"/v1/opportunities/{weak['id']}"
        framed = shop.client.put(one, json=said, headers={"if-match": '"1"'})
        assert framed.json()["state"] == "opportunity"
        assert framed.json()["priority"] == 2.0, "the mean of 5 and 3, over 2"
        late = shop.client.put(one, json=said, headers={"if-match": '"1"'})
        assert (late.status_code, late.json()["code"]) == (409, "board_stale")

    def test_is_at_a_place_that_the_map_has(self, shop: House) -> None:
        for place, code in (({"touchpoint": "x"}, "opportunity_misplaced"), ({"map": "x"}, None)):
            answer = shop.client.post("/v1/opportunities", json={**WEAK, **place})
            assert answer.status_code >= 400
            assert code is None or answer.json()["code"] == code
        assert _noted(shop, touchpoint="")["touchpoint"] == ""

    def test_is_no_opportunity_before_it_is_scored(self, shop: House) -> None:
        weak = _noted(shop)
        answer = shop.client.put(
            f"/v1/opportunities/{weak['id']}/state",
            json={"state": "opportunity"},
            headers={"if-match": '"1"'},
        )
        assert (answer.status_code, answer.json()["code"]) == (409, "opportunity_unscored")

    def test_is_dropped_and_comes_back(self, shop: House) -> None:
        weak = _moved(shop, "opportunities", _noted(shop), state="dropped")
        assert _moved(shop, "opportunities", weak, state="weakness")["revision"] == 3


class TestPlan:
    def test_says_whom_it_reaches_and_what_it_shall_change(self, shop: House) -> None:
        said: dict[str, Any] = {
            "owner": "Anna",
            "department": "Service",
            "due": "2026-04-01",
            "reach": {"who": "property", "name": "region", "value": "north"},
            "measure": {"entered": "page_viewed", "reached": "order_completed", "within_days": 14},
        }
        kept = _planned(shop, **said)
        assert (kept["map"], kept["touchpoint"], kept["state"]) == ("shop", "look", "planned")
        assert kept["due_at"] == "2026-04-01T23:59:59Z"
        assert kept["owner"] == said["owner"]
        assert kept["reach"] == said["reach"] | {"by_lot": False}
        assert kept["measure"].items() >= (said["measure"] | {"counts": "rate"}).items()

    def test_of_a_map_or_a_touchpoint_are_listed(self, shop: House) -> None:
        publish_map(shop, MAP | {"key": "other"})
        first = _planned(shop)
        elsewhere = _noted(shop, map="other")["id"]
        shop.client.post("/v1/improvements", json={"opportunity": elsewhere, "title": "x"})
        for asked, n in (
            ({}, 2),
            ({"map": "shop"}, 1),
            ({"map": "shop", "touchpoint": "order"}, 0),
        ):
            found = shop.client.get("/v1/improvements", params=asked).json()["improvements"]
            assert len(found) == n
        listed = shop.client.get("/v1/opportunities", params={"map": "shop", "touchpoint": "look"})
        assert [one["id"] for one in listed.json()["opportunities"]] == [first["opportunity"]]

    def test_of_nothing_is_missing(self, shop: House) -> None:
        answer = shop.client.post("/v1/improvements", json={"opportunity": 9, "title": "x"})
        assert (answer.status_code, answer.json()["code"]) == (404, "opportunity_missing")


class TestMove:
    def test_to_deployed_takes_down_when(self, shop: House) -> None:
        kept = _planned(shop)
        doing = _moved(shop, "improvements", kept, state="doing")
        assert doing["deployed_at"] is None
        day = "2026-03-01T08:00:00Z"
        deployed = _moved(shop, "improvements", doing, state="deployed", deployed_at=day)
        assert deployed["deployed_at"] == day
        dropped = _moved(shop, "improvements", deployed, state="dropped")
        again = _moved(shop, "improvements", dropped, state="measured")
        assert again["deployed_at"] == day, "what was dropped comes back as it was"
        back = _moved(shop, "improvements", again, state="doing")
        assert back["deployed_at"] is None
        assert _moved(shop, "improvements", back, state="deployed")["deployed_at"] is not None

    def test_is_written_down_with_who_did_it(self, shop: House) -> None:
        kept = _planned(shop)
        _moved(shop, "improvements", kept, state="doing")
        about = {"about": f"improvement:{kept['id']}"}
        entries = shop.client.get("/v1/audit", params=about).json()["entries"]
        assert [one["what"] for one in entries] == ["improvement_moved", "improvement_planned"]
        assert entries[0]["details"] == {"before": "planned", "after": "doing"}

    def test_from_an_old_state_is_refused(self, shop: House) -> None:
        kept = _planned(shop)
        one = f"/v1/improvements/{kept['id']}"
        for path in (one, f"{one}/state"):
            body = {"title": "x"} if path == one else {"state": "doing"}
            answer = shop.client.put(path, json=body, headers={"if-match": '"7"'})
            assert (answer.status_code, answer.json()["code"]) == (409, "board_stale")


DAY = 86_400
BEGIN = 1_740_787_200
"""2025-03-01, in seconds."""
DEPLOYED = BEGIN + 70 * DAY
EVERY = 3 * 3_600
"""Seconds between two who come."""


def at(seconds: float) -> str:
    """The moment as it is sent."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat().replace("+00:00", "Z")


def come(rate: Callable[[int, float], float], days: int) -> Iterator[dict[str, Any]]:
    """One person every three hours, every second in the north; `rate` of them order a day later."""
    drawn = random.Random(6)
    for person in range(days * DAY // EVERY):
        moment = BEGIN + person * EVERY
        who = {"user_id": f"p{person}", "properties": {"region": ("north", "south")[person % 2]}}
        yield {**who, "type": "page_viewed", "at": at(moment)}
        if drawn.random() < rate(person, moment):
            yield {**who, "type": "order_completed", "at": at(moment + DAY)}


class TestEffect:
    def test_is_what_was_planted_and_says_how_it_is_known(self, shop: House) -> None:
        """The north gains 30 points from the day of the deployment; the south shows the others."""
        shop.send(list(come(lambda p, at: 0.3 + 0.3 * (p % 2 == 0 and at >= DEPLOYED), 140)))
        north = {"who": "property", "name": "region", "value": "north"}
        kept = _planned(shop, reach=north, measure={"within_days": 3})
        one = f"/v1/improvements/{kept['id']}"
        before = shop.client.get(f"{one}/needed").json()
        assert before["share"] == pytest.approx(0.5, abs=0.01)
        assert before["a_week"] == pytest.approx(56, rel=0.1)
        assert before["needed"] > 0
        early = shop.client.get(f"{one}/effect")
        assert (early.status_code, early.json()["code"]) == (409, "improvement_undeployed")
        _moved(shop, "improvements", kept, state="deployed", deployed_at=at(DEPLOYED))
        found = shop.client.get(f"{one}/effect").json()
        assert found["design"] == "difference_in_differences"
        assert found["verdict"] == "helped"
        assert found["low"] < 0.3 < found["high"]
        assert found["words"][0]["key"] == "effects.rate_helped"
        assert found["series"][0]["begins"].endswith("Z")

    def test_of_a_random_share_is_proven(self, shop: House) -> None:
        """Whoever is reached orders, by the answer that the shop was given."""
        kept = _planned(shop, reach={"who": "random", "share": 0.5}, measure={"within_days": 0.01})
        one = f"/v1/improvements/{kept['id']}"
        early = shop.client.post(f"{one}/arm", json={"value": "p0"}).json()
        assert early == {"reached": False, "live": False}
        _moved(shop, "improvements", kept, state="deployed", deployed_at=at(BEGIN))
        wanted = [{"value": f"p{n}"} for n in range(300)]
        dealt = [shop.client.post(f"{one}/arm", json=who).json()["reached"] for who in wanted]
        again = [shop.client.post(f"{one}/arm", json=who).json()["reached"] for who in wanted[:20]]
        assert again == dealt[:20]
        assert 100 < sum(dealt) < 200
        now = shop.rooms.clock.now() / 1e6
        later = {"at": at(now + 3_000), "type": "page_viewed"}
        events: list[dict[str, object]] = []
        for n, reached in enumerate(dealt):
            events.append({"user_id": f"p{n}", "type": "page_viewed", "at": at(now)})
            if reached:
                events.append({"user_id": f"p{n}", "type": "order_completed", "at": at(now + 1)})
        shop.send([*events, {"user_id": "last", **later}])
        found = shop.client.get(f"{one}/effect").json()
        assert (found["design"], found["verdict"]) == ("randomised", "helped")
        assert found["any_time_low"] > 0.5
        assert found["reached"]["n_after"] + found["compared"]["n_after"] == 300

    def test_of_a_value_is_in_its_unit(self, shop: House) -> None:
        """The north's orders are worth 40, not 20, from the day of the deployment."""
        walked = list(come(lambda _p, _at: 0.6, 140))
        for one in walked:
            if one["type"] == "order_completed":
                late = one["at"] >= at(DEPLOYED + DAY)
                dear = late and one["properties"]["region"] == "north"
                one["value"] = 40 if dear else 20
        shop.send(walked)
        north = {"who": "property", "name": "region", "value": "north"}
        said = {"within_days": 3, "counts": "each", "at_most": 30}
        kept = _planned(shop, reach=north, measure=said, smallest=0.1)
        one = f"/v1/improvements/{kept['id']}"
        assert shop.client.get(f"{one}/needed").json()["kind"] == "each"
        _moved(shop, "improvements", kept, state="deployed", deployed_at=at(DEPLOYED))
        found = shop.client.get(f"{one}/effect").json()
        assert (found["kind"], found["at_most"]) == ("each", 30)
        assert found["verdict"] == "helped"
        assert found["estimate"] == pytest.approx(10), "from 20 to 40, of which 30 count"
        dear = [one for one in walked if one.get("value") == 40]
        assert found["cut"] == pytest.approx(len(dear), abs=8), "the last have three days yet"

    def test_of_the_source_that_events_came_by(self, shop: House) -> None:
        """Two sites deal their visitors by lot and send by keys of their own."""
        deployed = at(BEGIN - DAY)
        walked = list(come(lambda p, _at: 0.3 + 0.3 * (p % 2 == 0), 140))
        for number, name in enumerate(("new-site", "old-site")):
            made = shop.client.post("/v1/sources", json={"name": name}).raise_for_status()
            key = {"x-write-key": made.json()["write_key"]}
            mine = [one for one in walked if int(one["user_id"][1:]) % 2 == number]
            shop.client.post("/v1/batch", json={"batch": mine}, headers=key).raise_for_status()
        shop.settle()
        new = {"who": "source", "name": "new-site", "by_lot": True}
        kept = _planned(shop, reach=new, measure={"within_days": 3})
        one = f"/v1/improvements/{kept['id']}"
        before = shop.client.get(f"{one}/needed").json()
        assert (before["share"], before["figure"]) == (0.5, pytest.approx(0.45, abs=0.05))
        _moved(shop, "improvements", kept, state="deployed", deployed_at=deployed)
        found = shop.client.get(f"{one}/effect").json()
        assert (found["design"], found["verdict"]) == ("randomised", "helped")
        assert found["low"] < 0.3 < found["high"]
        sides = [found[side]["n_after"] for side in ("reached", "compared")]
        assert sides == [pytest.approx(560, abs=20)] * 2

    def test_without_a_measure_or_a_lot_says_what_is_missing(self, shop: House) -> None:
        number = _noted(shop, touchpoint="", **SCORES)["id"]
        new = {"opportunity": number, "title": "x"}
        one = f"/v1/improvements/{shop.client.post('/v1/improvements', json=new).json()['id']}"
        assert shop.client.get(f"{one}/needed").json()["code"] == "measure_incomplete"
        said = {"value": "p0"}
        assert shop.client.post(f"{one}/arm", json=said).json()["code"] == "reach_not_random"


CLAIM = {
    "claim": "People who look order soon",
    "entered": "page_viewed",
    "reached": "order_completed",
    "within_days": 2,
    "number": 0.2,
    "started": at(BEGIN),
}


class TestHypothesis:
    def test_is_decided_by_what_comes_after_it_was_stated(self, shop: House) -> None:
        shop.send(list(come(lambda *_: 0.4, 60)))
        made = shop.client.post("/v1/hypotheses", json=CLAIM).json()
        one = f"/v1/hypotheses/{made['id']}"
        found = shop.client.get(f"{one}/standing").json()
        assert (found["verdict"], found["more"]) == ("holds", 0)
        assert found["low"] < 0.4 < found["high"]
        assert found["words"][0]["key"] == "hypotheses.at_least_holds"
        asked = {"number": 0.2, "margin": 0.05}
        assert shop.client.get("/v1/hypotheses/needed", params=asked).json() == {
            "needed": found["needed"]
        }
        other = {**CLAIM, "number": 0.5, "started": None}
        anew = shop.client.put(one, json=other, headers={"if-match": '"1"'}).json()
        assert anew["started_at"] > made["started_at"], "another claim begins anew"
        nothing = shop.client.get(f"{one}/standing").json()
        assert (nothing["verdict"], nothing["n"]) == ("undecided", 0)

    def test_keeps_its_start_with_other_words_and_is_put_away(self, shop: House) -> None:
        made = shop.client.post("/v1/hypotheses", json={**CLAIM, "map": "shop"}).json()
        one = f"/v1/hypotheses/{made['id']}"
        said = {**CLAIM, "claim": "Other words", "started": None}
        kept = shop.client.put(one, json=said, headers={"if-match": '"1"'}).json()
        assert kept["started_at"] == made["started_at"]
        stale = shop.client.put(one, json=said, headers={"if-match": '"1"'})
        assert stale.json()["code"] == "board_stale"
        assert _moved(shop, "hypotheses", kept, state="dropped")["state"] == "dropped"
        unread = shop.client.post("/v1/hypotheses", json={**CLAIM, "entered": "a ->"})
        assert unread.json()["code"] == "pattern_unreadable"
        nowhere = shop.client.post("/v1/hypotheses", json={**CLAIM, "map": "x"})
        assert nowhere.json()["code"] == "map_unknown"
