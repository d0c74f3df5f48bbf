"""The debugger of failed events: why, what came, once more, mended."""

from __future__ import annotations

import pytest
from tests.modules.house import House

NOBODY = {"type": "order_completed", "id": "o1", "properties": {"price": 3}}


def _source(here: House, name: str) -> dict[str, str]:
    made = here.client.post("/v1/sources", json={"name": name}).json()
    return {"x-write-key": made["write_key"]}


@pytest.fixture
def broken(here: House) -> House:
    """Three events of `shop` that name nobody, one of `till` with a time that is none."""
    shop, till = _source(here, "shop"), _source(here, "till")
    for _ in range(3):
        here.client.post("/v1/events", json=NOBODY, headers=shop)
    wrong = {"type": "paid", "user_id": "ann", "at": "yesterday"}
    here.client.post("/v1/events", json=wrong, headers=till)
    return here


class TestReasons:
    def test_they_are_counted_by_source(self, broken: House) -> None:
        told = broken.client.get("/v1/events/failed/reasons").json()["reasons"]
        assert [(r["source"], r["code"], r["events"]) for r in told] == [
            ("shop", "identifier_missing", 3),
            ("till", "at_unreadable", 1),
        ]
        assert all(reason["reason"].count(".") >= 2 for reason in told)  # what, and what to do

    def test_a_filter_holds_for_all(self, broken: House) -> None:
        ask = broken.client.get
        found = ask("/v1/events/failed", params={"source": "shop"}).json()
        assert (len(found["failed"]), found["waiting"]) == (3, 3)
        assert ask("/v1/events/failed", params={"code": "at_unreadable"}).json()["waiting"] == 1
        at = found["failed"][0]["received_at"]
        assert ask("/v1/events/failed", params={"until": "2020-01-01"}).json()["waiting"] == 0
        assert ask("/v1/events/failed", params={"since": at[:10]}).json()["waiting"] == 4
        assert ask("/v1/events/failed/reasons", params={"source": "x"}).json()["reasons"] == []
        unread = ask("/v1/events/failed", params={"since": "soon"})
        assert (unread.status_code, unread.json()["code"]) == (422, "period_unreadable")


class TestOne:
    def test_its_body_can_be_read(self, broken: House) -> None:
        number = broken.client.get("/v1/events/failed").json()["failed"][-1]["id"]
        one = broken.client.get(f"/v1/events/failed/{number}").json()
        assert one["protocol"] == "own"
        assert '  "price": 3' in one["readable"] or '"price": 3' in one["readable"]
        assert one["readable"].count("\n") >= 5
        assert broken.client.get("/v1/events/failed/999").status_code == 404

    def test_mended_it_is_stored(self, broken: House) -> None:
        number = broken.client.get("/v1/events/failed").json()["failed"][-1]["id"]
        path = f"/v1/events/failed/{number}/replay"
        told = broken.client.post(path, json={**NOBODY, "user_id": "ann"}).json()
        assert (told["stored"], told["failed"]) == (1, 0)
        assert broken.client.post(path).status_code == 409
        kept = broken.client.get("/v1/events/failed", params={"replayed": True}).json()["failed"]
        mended = next(one for one in kept if one["id"] == number)
        assert "ann" not in mended["body"]
        recent = broken.client.get("/v1/events/recent").json()["events"]
        assert [(e["source"], e["identifiers"]) for e in recent] == [("shop", {"user_id": "ann"})]


class TestMany:
    def test_all_of_a_source_end_also_when_they_fail_again(self, broken: House) -> None:
        told = broken.client.post("/v1/events/failed/replay", json={"source": "shop"}).json()
        assert (told["received"], told["failed"], told["left"]) == (3, 3, 0)
        assert {one["code"] for one in told["again"]} == {"identifier_missing"}
        assert broken.client.get("/v1/events/failed").json()["waiting"] == 4
        counts = broken.client.get("/v1/counts").json()
        assert counts["received"] == 7 == counts["stored"] + counts["duplicate"] + counts["failed"]

    def test_named_ones_alone(self, broken: House) -> None:
        ids = [one["id"] for one in broken.client.get("/v1/events/failed").json()["failed"]][:2]
        told = broken.client.post("/v1/events/failed/replay", json={"ids": ids}).json()
        assert told["received"] == 2
        again = broken.client.post("/v1/events/failed/replay", json={"ids": ids}).json()
        assert again["received"] == 0
