"""Drafts that several people change, previews, differences, and the time machine."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from tests.modules.house import House
from tests.modules.streams import next_event, told_by
from tests.modules.test_maps import MAP, publish_map, touchpoint_in
from tests.server.processes import walks

RENAME = {"type": "set", "part": "touchpoint", "key": "look", "field": "name", "value": "See"}
LANE = {"type": "add", "part": "lane", "value": {"key": "think", "kind": "think", "name": "T"}}


def cell(touchpoint: str, text: str) -> dict[str, Any]:
    return {"type": "set_cell", "lane": "think", "touchpoint": touchpoint, "cell": {"text": text}}


def begin(here: House) -> int:
    """A draft with a lane; its revision."""
    here.client.put("/v1/maps/shop/draft", json=MAP).raise_for_status()
    return int(change(here, 1, [LANE]).json()["revision"])


def change(
    here: House, base: int, changes: list[dict[str, Any]], session: str = "anna"
) -> httpx.Response:
    body = {"base_revision": base, "session": session, "changes": changes}
    return here.client.post("/v1/maps/shop/draft/changes", json=body)


def draft(here: House) -> dict[str, Any]:
    found: dict[str, Any] = here.client.get("/v1/maps/shop/draft").json()
    return found


def texts(here: House) -> dict[str, str]:
    return {key: cell["text"] for key, cell in draft(here)["lanes"][0]["cells"].items()}


class TestChanges:
    def test_are_taken_and_told(self, here: House) -> None:
        base = begin(here)
        answer = change(here, base, [RENAME, cell("look", "Nice")])
        assert answer.status_code == 200, answer.text
        assert answer.json()["revision"] == base + 1
        assert [e["changes"] for e in answer.json()["entries"]] == [[RENAME, cell("look", "Nice")]]
        assert draft(here)["stages"][0]["touchpoints"][0]["name"] == "See"
        tag = here.client.get("/v1/maps/shop/draft").headers["etag"]
        assert tag == f'"{base + 1}"'
        known = here.client.get("/v1/maps/shop/draft/changes", params={"after": 1}).json()
        assert [e["revision"] for e in known["entries"]] == [2, 3]
        assert {e["by"] for e in known["entries"]} == {"this machine"}

    def test_of_two_who_do_not_meet_both_stand(self, here: House) -> None:
        base = begin(here)
        change(here, base, [cell("look", "A")], "anna")
        second = change(here, base, [cell("order", "B")], "ben")
        assert second.status_code == 200
        assert [e["session"] for e in second.json()["entries"]] == ["anna", "ben"]
        assert texts(here) == {"look": "A", "order": "B"}

    def test_that_meet_are_given_back_and_nothing_is_overwritten(self, here: House) -> None:
        base = begin(here)
        change(here, base, [cell("look", "A")], "anna")
        second = change(here, base, [cell("order", "B"), cell("look", "B")], "ben")
        assert second.status_code == 409
        problem = second.json()
        assert problem["code"] == "changes_conflict"
        assert problem["conflicts"] == [
            {
                "index": 1,
                "place": ["lane", "think", "cells", "look"],
                "by": "this machine",
                "says": "this machine has changed lane think cells look meanwhile.",
            }
        ]
        assert [e["session"] for e in problem["since"]] == ["anna"]
        assert texts(here) == {"look": "A"}
        again = change(here, base + 1, [cell("order", "B"), cell("look", "B")], "ben")
        assert again.status_code == 200
        assert texts(here) == {"look": "B", "order": "B"}

    def test_of_what_somebody_has_removed_are_given_back(self, here: House) -> None:
        base = begin(here)
        change(here, base, [{"type": "remove", "part": "touchpoint", "key": "look"}], "anna")
        second = change(here, base, [cell("look", "B")], "ben")
        assert second.status_code == 409
        assert second.json()["conflicts"][0]["place"] == ["touchpoint", "look"]
        assert "no touchpoint 'look'" in second.json()["conflicts"][0]["says"]

    def test_of_one_window_never_meet_themselves(self, here: House) -> None:
        base = begin(here)
        assert change(here, base, [cell("look", "A")]).status_code == 200
        assert change(here, base, [cell("look", "AB")]).status_code == 200
        assert texts(here) == {"look": "AB"}

    def test_a_draft_that_was_sent_whole_meets_everything(self, here: House) -> None:
        base = begin(here)
        tag = {"if-match": f'"{base}"'}
        here.client.put("/v1/maps/shop/draft", json=MAP | {"name": "Whole"}, headers=tag)
        late = change(here, base, [RENAME], "ben")
        assert late.status_code == 409
        assert late.json()["since"][0]["changes"][0]["type"] == "replace"
        assert change(here, base + 1, [RENAME], "ben").status_code == 200

    def test_begin_from_the_published_version(self, here: House) -> None:
        publish_map(here)
        revision = int(here.client.get("/v1/maps/shop/draft").headers["etag"].strip('"'))
        assert not here.client.get("/v1/maps").json()["maps"][0]["has_draft"]
        assert change(here, revision, [RENAME]).status_code == 200
        assert here.client.get("/v1/maps").json()["maps"][0]["has_draft"]
        assert here.client.get("/v1/maps/shop").json()["stages"][0]["touchpoints"][0]["name"] == (
            "Look"
        )

    def test_over_a_publishing_stand(self, here: House) -> None:
        base = begin(here)
        tag = {"if-match": f'"{base}"'}
        here.client.post("/v1/maps/shop/publish", headers=tag).raise_for_status()
        answer = change(here, base, [RENAME])
        assert [e["version"] for e in answer.json()["entries"]] == [1, None]

    @pytest.mark.parametrize(
        ("changes", "status", "code"),
        [
            ([{"type": "explode"}], 422, "change_unreadable"),
            ([RENAME | {"field": "key"}], 422, "field_unknown"),
            ([RENAME | {"key": "none"}], 422, "part_missing"),
            ([RENAME | {"value": 5}], 422, "change_unreadable"),
            ([], 422, "request_unfit"),
            (["x"], 422, "request_unfit"),
        ],
    )
    def test_that_are_none_are_said(
        self, here: House, changes: list[Any], status: int, code: str
    ) -> None:
        base = begin(here)
        answer = change(here, base, changes)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert int(here.client.get("/v1/maps/shop/draft").headers["etag"].strip('"')) == base

    def test_from_an_unknown_revision_are_refused(self, here: House) -> None:
        base = begin(here)
        assert change(here, base + 5, [RENAME]).json()["code"] == "draft_revision_unknown"
        body = {"base_revision": 1, "session": "a", "changes": [RENAME]}
        gone = here.client.post("/v1/maps/none/draft/changes", json=body)
        assert gone.status_code == 404

    def test_of_many_at_once_all_stand(self, here: House) -> None:
        base = begin(here)
        statuses: list[int] = []

        def send(number: int) -> None:
            lane = {"key": f"l{number}", "kind": "say", "name": f"L{number}"}
            sent = [{"type": "add", "part": "lane", "value": lane}]
            statuses.append(change(here, base, sent, f"s{number}").status_code)

        threads = [threading.Thread(target=send, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [200] * 8
        assert {lane["key"] for lane in draft(here)["lanes"]} == {
            "think",
            *(f"l{n}" for n in range(8)),
        }


class TestPresence:
    def test_tells_who_is_there_and_what_is_open(self, here: House) -> None:
        begin(here)
        at = "/v1/maps/shop/draft/here"
        here.client.post(at, json={"session": "anna", "place": "touchpoint/look"})
        both = here.client.post(at, json={"session": "ben"}).json()["here"]
        assert [(p["session"], p["place"]) for p in both] == [
            ("anna", "touchpoint/look"),
            ("ben", ""),
        ]
        left = here.client.post(at, json={"session": "anna", "leaves": True}).json()["here"]
        assert [p["session"] for p in left] == ["ben"]
        assert here.client.get(at).json()["here"] == left
        assert here.client.get("/v1/maps/none/draft/here").status_code == 404


class TestStream:
    def test_tells_of_changes_and_of_people(self, here: House) -> None:
        base = begin(here)
        with here.client.stream("GET", f"/v1/maps/shop/live?revision={base}") as stream:
            told = told_by(stream.iter_lines())
            change(here, base, [RENAME], "ben")
            _, found = next_event(told, "draft")
            assert found["revision"] == base + 1
            assert found["entries"][0]["changes"] == [RENAME]
            here.client.post("/v1/maps/shop/draft/here", json={"session": "ben"})
            _, found = next_event(told, "here")
            assert [p["session"] for p in found["here"]] == ["ben"]
            tag = {"if-match": f'"{base + 1}"'}
            here.client.post("/v1/maps/shop/publish", headers=tag).raise_for_status()
            _, found = next_event(told, "draft")
            assert found["entries"][0]["version"] == 1
            assert next_event(told, "figures")[1]["map"]["version"] == 1


class TestPreviews:
    def test_of_a_rule_count_and_show(self, here: House) -> None:
        begin(here)
        here.send(walks(100))
        asked = {"rule": {"type": "event", "in": ["order_completed"]}, "map": "shop"}
        found = here.client.post("/v1/maps/rule-preview", json=asked).json()
        assert (found["events"], found["persons"], found["left"]) == (25, 25, 0)
        assert found["overlap"] == [{"touchpoint": "order", "events": 25, "goes_there": True}]
        assert len(found["examples"]) == 5
        assert {e["event"] for e in found["examples"]} == {"order_completed"}
        assert len({e["person"] for e in found["examples"]}) == 5
        assert found["first_at"] <= found["examples"][-1]["at"] <= found["last_at"]
        own = here.client.post("/v1/maps/rule-preview", json=asked | {"touchpoint": "order"}).json()
        assert (own["left"], own["overlap"]) == (25, [])
        nothing = {"rule": {"type": "any", "rules": []}}
        none = here.client.post("/v1/maps/rule-preview", json=nothing).json()
        assert (none["events"], none["first_at"], none["examples"]) == (0, None, [])
        odd = here.client.post("/v1/maps/rule-preview", json={"rule": {"type": "event"}})
        assert (odd.status_code, odd.json()["code"]) == (422, "rule_unreadable")

    def test_of_a_rule_may_ask_for_a_property_nobody_asked_for_before(self, here: House) -> None:
        here.send(walks(30))
        rule = {"type": "property", "name": "plan", "op": "eq", "value": "p1"}
        found = here.client.post("/v1/maps/rule-preview", json={"rule": rule}).json()
        assert found["persons"] == 10

    def test_of_a_rule_may_ask_for_the_direction(self, here: House) -> None:
        ways = ["outbound", "inbound", "internal", None]
        other = {"properties": {"direction": "outbound"}}  # a property, and no direction
        said = [{"direction": way} if way else {} for way in ways]
        events = [one | other | said[n % 4] for n, one in enumerate(walks(40))]
        here.send(events)
        for names in (["outbound"], ["inbound"], ["internal", "outbound"]):
            rule = {"type": "direction", "in": names}
            found = here.client.post("/v1/maps/rule-preview", json={"rule": rule}).json()
            wanted = [one for one in events if one.get("direction", "inbound") in names]
            assert found["events"] == len(wanted) > 0

    def test_of_a_map_are_its_figures(self, here: House) -> None:
        here.send(walks(100))
        file = here.client.post("/v1/maps/preview", json=MAP).json()
        assert touchpoint_in(file, "look")["persons"] == 100
        assert touchpoint_in(file, "order")["persons"] == 25
        assert here.client.get("/v1/maps").json()["maps"] == []
        assert here.client.post("/v1/maps/preview", content=b"{}").status_code == 422


class TestVersions:
    def test_have_messages_and_differ(self, here: House) -> None:
        base = begin(here)
        here.client.post(
            "/v1/maps/shop/publish",
            headers={"if-match": f'"{base}"'},
            json={"message": "First"},
        ).raise_for_status()
        move = {"type": "move", "part": "touchpoint", "key": "order", "at": 0}
        done = change(here, base + 1, [RENAME, move, cell("look", "Hm")]).json()["revision"]
        here.client.post("/v1/maps/shop/publish", headers={"if-match": f'"{done}"'})
        listed = here.client.get("/v1/maps/shop/versions").json()["versions"]
        assert [v["message"] for v in listed] == ["", "First"]
        asked = {"from": "1", "to": "2"}
        found = here.client.get("/v1/maps/shop/difference", params=asked).json()["differences"]
        assert [(d["part"], d["key"], d["what"]) for d in found] == [
            ("touchpoint", "order", "moved"),
            ("touchpoint", "look", "changed"),
            ("cell", "think", "added"),
        ]
        assert found[1]["fields"] == [{"field": "name", "before": "Look", "after": "See"}]
        same = here.client.get("/v1/maps/shop/difference", params={"from": "2", "to": "draft"})
        assert same.json()["differences"] == []
        odd = here.client.get("/v1/maps/shop/difference", params={"from": "last"})
        assert odd.status_code == 422

    def test_two_maps_stand_side_by_side(self, here: House) -> None:
        publish_map(here)
        wish = MAP | {"key": "wish", "kind": "to_be", "stages": []}
        publish_map(here, wish)
        asked = {"other": "wish"}
        found = here.client.get("/v1/maps/shop/difference", params=asked).json()["differences"]
        assert [(d["part"], d["key"], d["what"]) for d in found] == [
            ("map", "", "changed"),
            ("stage", "all", "removed"),
            ("touchpoint", "look", "removed"),
            ("touchpoint", "order", "removed"),
        ]

    def test_the_time_machine_knows_what_was_known_then(self, here: House) -> None:
        publish_map(here)
        here.send(walks(56))
        then = {"at": "2026-03-01"}
        file = here.client.get("/v1/maps/shop/figures", params=then).json()
        assert touchpoint_in(file, "look")["persons"] == 2
        assert file["figures"]["as_of"].startswith("2026-03-01T23:59:59")
        change(here, 2, [{"type": "set", "part": "map", "field": "name", "value": "Later"}])
        here.client.post("/v1/maps/shop/publish", headers={"if-match": '"3"'}).raise_for_status()
        assert here.client.get("/v1/maps/shop", params=then).json()["version"] == 1
        now = datetime.now(UTC).isoformat()
        assert here.client.get("/v1/maps/shop", params={"at": now}).json()["version"] == 2
        wrong = here.client.get("/v1/maps/shop/figures", params={"at": "soon"})
        assert wrong.json()["code"] == "period_unreadable"


class TestPortfolio:
    def test_tells_each_map_at_a_glance(self, here: House) -> None:
        publish_map(here)
        here.client.put(
            "/v1/maps/detail/draft", json=MAP | {"key": "detail", "parent": {"map": "shop"}}
        )
        here.send(walks(100))
        found = here.client.get("/v1/maps", params={"headline": True}).json()["maps"]
        by_key = {m["key"]: m for m in found}
        assert by_key["shop"]["goal"] == "Buy"
        assert by_key["shop"]["headline"]["persons"] == 100
        assert by_key["shop"]["headline"]["outcome"]["count"] == 25
        assert by_key["detail"]["parent"] == "shop"
        assert by_key["detail"]["headline"] is None
