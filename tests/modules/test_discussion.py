"""Comments, tasks, votes on moments of truth, and nominated pain points."""

from __future__ import annotations

from typing import Any

import pytest
from tests.modules.house import House
from tests.modules.test_maps import MAP, publish_map

AT = "/v1/maps/shop"
BESIDE = {"stage": "all", "touchpoint": "look"}
LANE = {"key": "think", "kind": "think", "name": "Think", "cells": {}}


@pytest.fixture
def shop(here: House) -> House:
    """A house with a map that has a lane."""
    publish_map(here, MAP | {"lanes": [LANE]})
    return here


def said(here: House, method: str, path: str, **body: Any) -> Any:
    answer = here.client.request(method, path, json=body or None)
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


class TestComments:
    def test_are_said_answered_reworded_settled_and_withdrawn(self, shop: House) -> None:
        first = said(shop, "POST", f"{AT}/comments", text="Why?", touchpoint="look", lane="think")
        reply = said(
            shop, "POST", f"{AT}/comments", text="Ask Ben", reply_to=first["id"], mentions=["7"]
        )
        said(shop, "POST", f"{AT}/comments", text="Good map")
        found = said(shop, "GET", f"{AT}/comments")["comments"]
        assert [c["text"] for c in found] == ["Why?", "Ask Ben", "Good map"]
        assert (reply["reply_to"], reply["mentions"]) == (first["id"], ["7"])
        here = said(shop, "GET", f"{AT}/comments?touchpoint=look")["comments"]
        at = [(c["text"], c["lane"]) for c in here]
        assert at == [("Why?", "think"), ("Ask Ben", "think")], "a reply is where its comment is"
        one = f"/v1/comments/{first['id']}"
        assert said(shop, "PATCH", one, text="Why so?")["edited_at"] is not None
        assert said(shop, "PATCH", one, resolved=True)["resolved_by"] == "this machine"
        left = said(shop, "GET", f"{AT}/comments?unresolved=true")["comments"]
        assert [c["text"] for c in left] == ["Ask Ben", "Good map"]
        assert said(shop, "PATCH", one, resolved=False)["resolved_at"] is None
        said(shop, "DELETE", one)
        last = said(shop, "GET", f"{AT}/comments")["comments"]
        assert [c["text"] for c in last] == ["Good map"], "a reply goes with what it replies to"

    @pytest.mark.parametrize(
        ("path", "body", "code"),
        [
            (f"{AT}/comments", {"text": "x", "touchpoint": "none"}, "place_unknown"),
            (f"{AT}/comments", {"text": "x", "stage": "none"}, "place_unknown"),
            (f"{AT}/comments", {"text": "x", **BESIDE}, "request_unfit"),
            (f"{AT}/comments", {"text": "x", "stage": "all", "lane": "think"}, "request_unfit"),
            (f"{AT}/tasks", {"text": "x", "stage": "none"}, "place_unknown"),
            (f"{AT}/tasks", {"text": "x", **BESIDE}, "request_unfit"),
            (f"{AT}/comments", {"text": "x", "lane": "none"}, "place_unknown"),
            (f"{AT}/comments", {"text": "x", "reply_to": 99}, "comment_missing"),
            ("/v1/maps/none/comments", {"text": "x"}, "map_unknown"),
            (f"{AT}/comments", {"text": ""}, "request_unfit"),
        ],
    )
    def test_about_nothing_are_refused(
        self, shop: House, path: str, body: dict[str, Any], code: str
    ) -> None:
        assert shop.client.post(path, json=body).json()["code"] == code

    def test_that_are_gone_are_said(self, shop: House) -> None:
        for method in ("PATCH", "DELETE"):
            answer = shop.client.request(method, "/v1/comments/99", json={"text": "x"})
            assert (answer.status_code, answer.json()["code"]) == (404, "comment_missing")


class TestStages:
    def test_are_spoken_of_beside_their_touchpoints(self, shop: House) -> None:
        for place in ({"stage": "all"}, {"touchpoint": "look"}, {}):
            for kind in ("comments", "tasks"):
                said(shop, "POST", f"{AT}/{kind}", text="x", **place)
        places = [("all", ""), ("", "look"), ("", "")]
        for kind, path in (("comments", f"{AT}/comments"), ("tasks", "/v1/tasks?map=shop")):
            found = said(shop, "GET", path)[kind]
            assert [(one["stage"], one["touchpoint"]) for one in found] == places
        [one] = said(shop, "GET", f"{AT}/comments?stage=all")["comments"]
        assert one["stage"] == "all"

    def test_keep_what_was_said_when_they_split_merge_and_come_back(self, shop: House) -> None:
        split = {"type": "split_stage", "key": "all", "at": 1, "new_key": "end", "new_name": "End"}
        merge = {"type": "merge_stages", "key": "end", "into": "all"}
        _changed(shop, split)
        first = said(shop, "POST", f"{AT}/comments", text="Late", stage="end")
        task = said(shop, "POST", f"{AT}/tasks", text="Ask", stage="end")
        _changed(shop, merge)
        [kept] = said(shop, "GET", f"{AT}/comments?stage=end")["comments"]
        assert kept["text"] == "Late", "of a stage that is gone, nothing that was said is"
        gone = shop.client.post(f"{AT}/comments", json={"text": "New", "stage": "end"})
        assert gone.json()["code"] == "place_unknown"
        reply = said(shop, "POST", f"{AT}/comments", text="It is", reply_to=first["id"])
        assert reply["stage"] == "end", "one can still answer, settle and do"
        assert said(shop, "PATCH", f"/v1/comments/{first['id']}", resolved=True)["resolved_at"]
        assert said(shop, "PATCH", f"/v1/tasks/{task['id']}", done=True)["done_at"]
        _changed(shop, split)
        again = said(shop, "POST", f"{AT}/comments", text="Back", stage="end")
        found = said(shop, "GET", f"{AT}/comments?stage=end")["comments"]
        assert [one["id"] for one in found] == [first["id"], reply["id"], again["id"]]

    def test_of_another_map_are_not_replied_to(self, shop: House) -> None:
        publish_map(shop, MAP | {"key": "other"})
        there = said(shop, "POST", "/v1/maps/other/comments", text="Hi", stage="all")
        asked = {"text": "x", "reply_to": there["id"]}
        assert shop.client.post(f"{AT}/comments", json=asked).json()["code"] == "comment_missing"


def _changed(here: House, change: dict[str, Any]) -> None:
    """Does it to the draft as it stands."""
    revision = said(here, "GET", f"{AT}/draft/changes?after=1")["revision"]
    sent = {"base_revision": revision, "changes": [change], "session": "s"}
    said(here, "POST", f"{AT}/draft/changes", **sent)


class TestTasks:
    def test_are_given_and_done(self, shop: House) -> None:
        late = said(shop, "POST", f"{AT}/tasks", text="Later", due="2026-12-01", assignee="7")
        soon = said(shop, "POST", f"{AT}/tasks", text="Soon", due="2026-11-30", touchpoint="look")
        said(shop, "POST", f"{AT}/tasks", text="Some day")
        found = said(shop, "GET", "/v1/tasks?map=shop")["tasks"]
        assert [t["text"] for t in found] == ["Soon", "Later", "Some day"]
        assert soon["due_at"] == "2026-11-30T23:59:59Z"
        mine = said(shop, "GET", "/v1/tasks?assignee=7")["tasks"]
        assert [t["id"] for t in mine] == [late["id"]]
        done = said(shop, "PATCH", f"/v1/tasks/{soon['id']}", done=True)
        assert (done["done_by"], done["text"]) == ("this machine", "Soon")
        undone = said(shop, "GET", "/v1/tasks?map=shop&undone=true")["tasks"]
        assert [t["text"] for t in undone] == ["Later", "Some day"]
        moved = shop.client.patch(f"/v1/tasks/{late['id']}", json={"due": None, "assignee": ""})
        assert (moved.json()["due_at"], moved.json()["assignee"]) == (None, "")
        gone = shop.client.patch("/v1/tasks/99", json={"done": True})
        assert gone.json()["code"] == "task_missing"


class TestVotes:
    def test_count_once_each_by_department(self, shop: House) -> None:
        at = f"{AT}/votes/look"
        said(shop, "PUT", at, to_customer=5, to_company=2, department="sales")
        found = said(shop, "PUT", at, to_customer=3, to_company=1, department="sales")
        tally = {
            "touchpoint": "look", "department": "sales", "n": 1, "to_customer": 3.0,
            "to_company": 1.0,
        }  # fmt: skip
        assert found["tallies"] == [tally]
        assert [(v["touchpoint"], v["to_customer"]) for v in found["own"]] == [("look", 3)]
        assert said(shop, "GET", f"{AT}/votes") == found
        assert said(shop, "DELETE", at) == {"tallies": [], "own": []}
        wrong = shop.client.put(at, json={"to_customer": 6, "to_company": 1})
        assert wrong.status_code == 422
        gone = shop.client.put(f"{AT}/votes/none", json={"to_customer": 5, "to_company": 1})
        assert gone.json()["code"] == "place_unknown"


class TestNominations:
    def test_need_words_only_and_are_answered(self, shop: House) -> None:
        first = said(shop, "POST", "/v1/nominations", text="Parcels are wet")
        assert (first["status"], first["map"]) == ("open", None)
        second = said(
            shop, "POST", "/v1/nominations", text="They call twice", map="shop",
            touchpoint="look", department="service", times_a_week=12,
        )  # fmt: skip
        found = said(shop, "GET", "/v1/nominations?map=shop")["nominations"]
        assert [n["id"] for n in found] == [second["id"]]
        taken = said(
            shop, "PATCH", f"/v1/nominations/{first['id']}", status="taken", answer="New boxes"
        )
        assert (taken["status"], taken["answer"]) == ("taken", "New boxes")
        assert taken["answered_at"] is not None
        still = said(shop, "GET", "/v1/nominations?status=open")["nominations"]
        assert [n["text"] for n in still] == ["They call twice"]
        gone = shop.client.patch("/v1/nominations/99", json={"status": "taken"})
        assert gone.json()["code"] == "nomination_missing"

    def test_are_known_to_several_departments_and_become_pains_of_a_draft(
        self, shop: House
    ) -> None:
        made = said(
            shop, "POST", "/v1/nominations", text="Parcels are wet", department="service",
            map="shop", touchpoint="order",
        )  # fmt: skip
        assert (made["votes"], made["own"]) == ([{"department": "service", "n": 1}], True)
        one = f"/v1/nominations/{made['id']}"
        assert said(shop, "DELETE", f"{one}/vote")["votes"] == []
        assert said(shop, "PUT", f"{one}/vote", department="sales")["own"]
        again = said(shop, "PUT", f"{one}/vote", department="service")
        assert again["votes"] == [{"department": "service", "n": 1}], "one voice each"
        assert [n["id"] for n in said(shop, "GET", "/v1/nominations?mine=true")["nominations"]] == [
            made["id"]
        ]
        at = {"map": "shop", "touchpoint": "order"}
        taken = said(shop, "POST", f"{one}/take-up", **at, strength=4, answer="New boxes")
        assert (taken["status"], taken["answer"]) == ("taken", "New boxes")
        [pain] = [x for x in said(shop, "GET", f"{AT}/draft")["lanes"] if x["kind"] == "pain"]
        assert pain["cells"]["order"] == {
            "text": "Parcels are wet", "evidence": "reported", "n": 1, "value": 4.0,
            "source": "front line: service 1",
        }  # fmt: skip
        second = said(shop, "POST", "/v1/nominations", text="They come late")["id"]
        said(shop, "POST", f"/v1/nominations/{second}/take-up", **at, text="Late", strength=2)
        [pain] = [x for x in said(shop, "GET", f"{AT}/draft")["lanes"] if x["kind"] == "pain"]
        cell = pain["cells"]["order"]
        assert (cell["text"], cell["n"], cell["value"]) == ("Parcels are wet\nLate", 2, 4.0)
        gone = shop.client.post(f"{one}/take-up", json=at | {"touchpoint": "none"})
        assert gone.json()["code"] == "place_unknown"
        assert shop.client.put("/v1/nominations/99/vote").json()["code"] == "nomination_missing"
