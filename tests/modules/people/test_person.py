"""A person over HTTP: from an anonymous page view to a survey answer, through the real door."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from tests.modules.house import House

from desireline.log.following import Follower
from desireline.log.identity.links import withdraw
from desireline.log.segments.compacting import compact
from desireline.log.segments.erasing import erase
from desireline.log.segments.sealing import seal
from desireline.modules.people.arriving import TAKE_TRAITS
from desireline.modules.sources.facade import SourceBook
from desireline.registry import MODULES
from desireline.worker.reacting import reactions_of

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def react(here: House) -> None:
    """What the worker does about all that is in the log by now."""
    for _ in Follower(here.rooms.db, here.rooms.reader, TAKE_TRAITS).catch_up():
        pass


def get(here: House, path: str, **parameters: Any) -> Any:
    answer = here.client.get(f"/v1/persons{path}", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def page(n: int, at: str, path: str, **more: Any) -> dict[str, Any]:
    """A page as our tracker sends it."""
    return {
        "id": f"page-{n}",
        "type": "page_viewed",
        "kind": "page",
        "at": at,
        "channel": "web",
        "properties": {"url": f"https://shop.example{path}", "path": path, **more},
    }


def walk(here: House) -> None:
    """One customer, from the first anonymous page to a survey, over four protocols' doors."""
    rooms = here.rooms
    key = SourceBook(rooms.db, rooms.clock).add("shop-web")
    cat = {"category": "Cats", "name": "Fountain"}
    tracker = [
        page(1, "2026-03-01T18:00:00Z", "/", referrer="https://www.google.de/"),
        page(2, "2026-03-01T18:04:00Z", "/fountain", **cat),
        page(3, "2026-03-01T18:09:00Z", "/fountain/reviews", **cat),
    ]
    anonymous = [one | {"anonymous_id": "a-1"} for one in tracker]
    told = {"write_key": key, "events": anonymous}
    here.client.post("/v1/events", json=told).raise_for_status()
    segment = {
        "batch": [
            {
                "type": "identify",
                "messageId": "s-1",
                "anonymousId": "a-1",
                "userId": "4711",
                "traits": {"email": "Ann@Example.com", "name": "Ann Miller", "plan": "free"},
                "timestamp": "2026-03-02T09:00:00Z",
            }
        ],
    }
    basic = httpx.BasicAuth(key, "")
    here.client.post("/v1/batch", json=segment, auth=basic).raise_for_status()
    ann = {"user_id": "4711"}
    invoice = {"name": "invoice-1.pdf", "sha256": SHA, "type": "application/pdf", "bytes": 48_213}
    more: list[dict[str, Any]] = [
        {
            "type": "email_clicked",
            "email": "ann@example.com",
            "channel": "e-mail",
            "at": "2026-03-03T07:30:00Z",
            "properties": {"campaign": "spring"},
        },
        page(4, "2026-03-03T07:31:00Z", "/fountain?utm_campaign=spring&utm_medium=email", **cat)
        | ann,
        {"type": "chat_started", "channel": "chat", "at": "2026-03-03T07:35:00Z", **ann},
        {"type": "call_taken", "channel": "phone", "at": "2026-03-04T10:00:00Z", **ann},
        {
            "type": "order_completed",
            "channel": "web",
            "at": "2026-03-04T19:00:00Z",
            "value": 39.9,
            "currency": "EUR",
            "properties": {"products": [cat], "attachments": [invoice]},
            **ann,
        },
        {
            "type": "complaint_filed",
            "channel": "e-mail",
            "at": "2026-03-10T08:00:00Z",
            "email": "ann@example.com",
        },
        {
            "type": "survey_answered",
            "channel": "e-mail",
            "at": "2026-03-20T08:00:00Z",
            "properties": {"score": 8},
            **ann,
        },
    ]
    here.send([one | {"id": one.get("id", f"e-{n}")} for n, one in enumerate(more)])
    react(here)


STEPS = [
    "visit",
    "identified",
    "email_clicked",
    "visit",
    "chat_started",
    "call_taken",
    "order_completed",
    "complaint_filed",
    "survey_answered",
]


class TestTimeline:
    def test_runs_from_an_anonymous_page_to_a_survey(self, here: House) -> None:
        walk(here)
        found = get(here, "/email:ann@example.com/timeline", order="oldest")
        happened = [one for one in found["entries"] if one["what"] != "link"]
        assert [one["type"] for one in happened] == STEPS
        assert found["next"] is None
        first, order = happened[0], happened[6]
        assert (first["count"], first["duration_seconds"]) == (3, 540.0)
        assert first["seen"][0] == {"what": "/", "n": 1}
        assert order["attachments"][0]["name"] == "invoice-1.pdf"
        assert order["attachments"][0]["sha256"] == SHA
        assert [one["department"] for one in happened[4:]] == [
            *("service", "service", "sales", "service", "marketing")
        ]

    def test_merges_are_shown_with_their_evidence(self, here: House) -> None:
        walk(here)
        found = get(here, "/anonymous_id:a-1/timeline")
        links = [one for one in found["entries"] if one["what"] == "link"]
        ends = [{(s["kind"], s["value"]) for s in one["by"]} for one in links]
        assert {("user_id", "4711"), ("anonymous_id", "a-1")} in ends
        assert all(one["type"] == "identifiers_linked" and one["evidence"] for one in links)

    def test_a_merge_undone_parts_the_timelines_and_stays_on_both(self, here: House) -> None:
        walk(here)
        subjects = {s["kind"]: s["subject"] for s in get(here, "/user_id:4711")["identifiers"]}
        with here.rooms.db.transaction() as tx:
            for kind in ("user_id", "email"):
                ends = (subjects["anonymous_id"], subjects[kind])
                withdraw(tx, *ends, here.rooms.clock.now())
        known = get(here, "/user_id:4711/timeline", order="oldest")
        cookie = get(here, "/anonymous_id:a-1/timeline", order="oldest")
        assert known["person"] != cookie["person"]
        assert [one["type"] for one in cookie["entries"] if one["what"] != "link"] == ["visit"]
        assert cookie["entries"][0]["count"] == 3
        happened = [one["type"] for one in known["entries"] if one["what"] != "link"]
        assert happened == STEPS[1:]
        for found in (known, cookie):
            assert "link_withdrawn" in [one["type"] for one in found["entries"]]

    def test_is_the_same_whoever_of_the_person_is_asked_for(self, here: House) -> None:
        walk(here)
        person = get(here, "/user_id:4711")["person"]
        whole = get(here, f"/{person}/timeline")
        for name in ("email:ann@example.com", "anonymous_id:a-1", "user_id:4711"):
            assert get(here, f"/{name}/timeline")["entries"] == whole["entries"]

    def test_the_same_when_sealed_and_merged_and_in_small_pages(self, here: House) -> None:
        walk(here)
        rooms = here.rooms
        whole = get(here, "/user_id:4711/timeline")["entries"]
        seal(rooms.db, rooms.store, rooms.clock, upto=5)
        seal(rooms.db, rooms.store, rooms.clock)
        assert get(here, "/user_id:4711/timeline")["entries"] == whole
        compact(rooms.db, rooms.store, rooms.clock, fully=True)
        for order, expected in (("newest", whole), ("oldest", whole[::-1])):
            found, after = [], ""
            while after is not None:
                part = get(here, "/user_id:4711/timeline", limit=2, order=order, after=after)
                found += part["entries"]
                after = part["next"]
            assert found == expected

    def test_filters(self, here: House) -> None:
        walk(here)

        def types(**asked: Any) -> list[str]:
            found = get(here, "/user_id:4711/timeline", order="oldest", **asked)
            return [one["type"] for one in found["entries"]]

        assert types(channel=["e-mail"]) == ["email_clicked", "complaint_filed", "survey_answered"]
        assert types(department=["service"]) == ["chat_started", "call_taken", "complaint_filed"]
        assert types(type=["order_completed", "call_taken"]) == ["call_taken", "order_completed"]
        assert types(start="2026-03-04T10:00:00Z", stop="2026-03-10T08:00:00Z") == [
            *("call_taken", "order_completed")
        ]
        assert types(unfold=True, channel=["web"]).count("page_viewed") == 4

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/99999/timeline", 404),
            ("/email:nobody@example.com", 404),
            ("/ann", 422),
            ("/1/timeline?after=x", 404),
            ("/1/timeline?department=legal", 404),
        ],
    )
    def test_what_is_not_there_is_told(self, here: House, path: str, status: int) -> None:
        answer = here.client.get(f"/v1/persons{path}")
        assert answer.status_code == status
        assert answer.json()["hint"]


class TestProfile:
    def test_says_who_it_is_and_what_is_known(self, here: House) -> None:
        walk(here)
        found = get(here, "/user_id:4711")
        names = {(one["kind"], one["value"]) for one in found["identifiers"]}
        assert names == {
            ("user_id", "4711"),
            ("email", "ann@example.com"),
            ("anonymous_id", "a-1"),
        }
        assert (found["first_seen_at"], found["last_seen_at"]) == (
            *("2026-03-01T18:00:00Z", "2026-03-20T08:00:00Z"),
        )
        first, last = found["first_touch"], found["last_touch"]
        assert (first["source"], first["referrer"]) == ("search", "www.google.de")
        assert (last["source"], last["campaign"]) == ("email", "spring")
        assert found["value"] == {"EUR": 39.9}
        assert (found["events"], found["is_whole"]) == (11, True)
        [cats] = [one for one in found["interests"] if one["topic"] == "cats"]
        assert cats["how"] == {"bought": 1, "viewed": 3}
        assert (cats["n"], cats["visits"]) == (4, 3)
        assert cats["examples"][0]["how"] == "bought"

    def test_traits_come_from_identify_with_who_said_them(self, here: House) -> None:
        walk(here)
        react(here)
        found = get(here, "/user_id:4711/traits")
        told = {one["name"]: one["value"] for one in found["traits"]}
        assert told["name"] == "Ann Miller"
        assert told["plan"] == "free"
        [plan] = [one for one in found["traits"] if one["name"] == "plan"]
        assert (plan["said_by"], plan["source"]) == ("stated", "shop-web")
        assert plan["since"] == "2026-03-02T09:00:00Z"
        assert plan["position"] == 4

    def test_posthog_sets_once_what_is_said_once(self, here: House) -> None:
        key = SourceBook(here.rooms.db, here.rooms.clock).add("hog")
        for n, (city, plan) in enumerate((("Bonn", "free"), ("Ulm", "pro"))):
            event = {
                "event": "signed_up",
                "uuid": f"0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c0{n}",
                "distinct_id": "bob",
                "timestamp": f"2026-03-0{n + 1}T10:00:00Z",
                "properties": {"$set": {"plan": plan}, "$set_once": {"first_city": city}},
            }
            told = {"api_key": key, "batch": [event]}
            here.client.post("/batch/", json=told).raise_for_status()
        react(here)
        found = get(here, "/user_id:bob/traits")
        assert {one["name"]: one["value"] for one in found["traits"]} == {
            "first_city": "Bonn",
            "plan": "pro",
        }

    def test_who_is_erased_is_nobody(self, here: House) -> None:
        walk(here)
        found = get(here, "/user_id:4711")
        subjects = [one["subject"] for one in found["identifiers"]]
        erase(here.rooms.db, here.rooms.store, here.rooms.clock, subjects)
        assert here.client.get("/v1/persons/user_id:4711").status_code == 404
        assert get(here, "", search="Ann")["persons"] == []


class TestSearch:
    def test_by_the_beginning_of_identifiers_and_names(self, here: House) -> None:
        walk(here)
        for text in ("ann@", "ANN@Example", "47", "a-", "ann mil", "Ann"):
            [found] = get(here, "", search=text)["persons"]
            assert found["name"] == "Ann Miller"

    @pytest.mark.parametrize("text", ["%", "_", "4_11", "a%", "nn", "'", "\\"])
    def test_signs_of_sql_are_signs(self, here: House, text: str) -> None:
        walk(here)
        assert get(here, "", search=text)["persons"] == []

    def test_pages_put_together_are_all(self, here: House) -> None:
        here.send(
            [
                {"type": "seen", "id": f"i{n}", "user_id": f"u{n:03}", "email": f"u{n}@example.com"}
                for n in range(40)
            ]
            + [
                {
                    "type": "identified",
                    "kind": "identify",
                    "id": f"t{n}",
                    "user_id": f"u{n:03}",
                    "properties": {"name": f"Uwe {n}"},
                }
                for n in range(40)
            ]
        )
        react(here)
        found, after = set(), ""
        while after is not None:
            part = get(here, "", search="u", limit=7, after=after)
            found |= {one["person"] for one in part["persons"]}
            after = part["next"]
        assert len(found) == 40

    def test_nothing_cannot_be_searched_for(self, here: House) -> None:
        assert here.client.get("/v1/persons", params={"search": " "}).status_code != 200
        broken = {"search": "a", "after": "!!"}
        assert here.client.get("/v1/persons", params=broken).status_code != 200


class TestReactions:
    def test_the_worker_runs_those_of_the_registry(self) -> None:
        assert "people.traits" in [one.name for one in reactions_of(MODULES)]
