"""Maps over HTTP: drafts, versions, discovery, figures, and the stream of them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from tests.modules.house import House
from tests.modules.streams import told_by
from tests.server.processes import walks

from desireline.formats import map_yaml
from desireline.log.segments.sealing import seal
from desireline.modules.maps.patching import changes

MAP: dict[str, Any] = {
    "format": "desireline.map/1",
    "key": "shop",
    "name": "Shop",
    "goal": {"statement": "Buy", "outcome": {"type": "event", "in": ["order_completed"]}},
    "stages": [
        {
            "key": "all",
            "name": "All",
            "touchpoints": [
                {
                    "key": "look",
                    "name": "Look",
                    "kind": "action",
                    "rule": {"type": "event", "in": ["page_viewed"]},
                },
                {
                    "key": "order",
                    "name": "Order",
                    "kind": "action",
                    "rule": {"type": "event", "in": ["order_completed"]},
                },
            ],
        }
    ],
}


def publish_map(here: House, document: dict[str, Any] = MAP) -> None:
    """Keeps the document as a draft and makes a version of it."""
    put = here.client.put(f"/v1/maps/{document['key']}/draft", json=document)
    assert put.status_code == 200, put.text
    done = here.client.post(
        f"/v1/maps/{document['key']}/publish", headers={"if-match": put.headers["etag"]}
    )
    assert done.status_code == 200, done.text


def touchpoint_in(file: dict[str, Any], key: str) -> dict[str, Any]:
    """The figures of a touchpoint."""
    return next(t for t in file["figures"]["touchpoints"] if t["key"] == key)


class TestDraft:
    def test_a_new_map_begins_as_a_draft(self, here: House) -> None:
        put = here.client.put("/v1/maps/shop/draft", json=MAP)
        assert put.json()["version"] is None
        assert put.json()["has_draft"]
        assert here.client.get("/v1/maps/shop").status_code == 404
        assert here.client.get("/v1/maps/shop").json()["code"] == "map_unpublished"
        draft = here.client.get("/v1/maps/shop/draft")
        assert draft.json()["stages"][0]["touchpoints"][0]["key"] == "look"
        assert draft.headers["etag"] == put.headers["etag"] == '"1"'

    def test_a_change_names_what_it_was_made_from(self, here: House) -> None:
        first = here.client.put("/v1/maps/shop/draft", json=MAP).headers["etag"]
        unnamed = here.client.put("/v1/maps/shop/draft", json=MAP)
        assert unnamed.status_code == 428
        mine = here.client.put("/v1/maps/shop/draft", json=MAP, headers={"if-match": first})
        assert mine.status_code == 200
        late = here.client.put("/v1/maps/shop/draft", json=MAP, headers={"if-match": first})
        assert late.status_code == 409
        assert late.json()["code"] == "map_version_stale"
        assert "revision 2, not 1" in late.json()["detail"]
        odd = here.client.put("/v1/maps/shop/draft", json=MAP, headers={"if-match": "x"})
        assert odd.status_code == 422

    def test_of_two_at_once_one_is_stale(self, here: House) -> None:
        tag = here.client.put("/v1/maps/shop/draft", json=MAP).headers["etag"]
        found: list[int] = []

        def put() -> None:
            answer = here.client.put("/v1/maps/shop/draft", json=MAP, headers={"if-match": tag})
            found.append(answer.status_code)

        threads = [threading.Thread(target=put) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(found) == [200, 409, 409, 409, 409, 409]

    def test_yaml_comes_and_goes(self, here: House) -> None:
        headers = {"content-type": "application/yaml"}
        here.client.put("/v1/maps/shop/draft", json=MAP)
        wanted = {"accept": "application/yaml"}
        text = here.client.get("/v1/maps/shop/draft", headers=wanted)
        assert text.headers["content-type"].startswith("application/yaml")
        found = map_yaml.loads(text.text)
        assert found.name == "Shop"
        renamed = map_yaml.dumps(msgspec.structs.replace(found, name="Renamed"))
        tag = {"if-match": text.headers["etag"]}
        put = here.client.put("/v1/maps/shop/draft", content=renamed, headers=headers | tag)
        assert put.json()["name"] == "Renamed"

    def test_what_is_no_map_is_said(self, here: House) -> None:
        for document, status, code in (
            (b"", 400, "map_unsaid"),
            (b"\xff", 400, "map_unsaid"),
            (b"[" * 50_000, 400, "map_unsaid"),
            (b"{}", 422, "map_unreadable"),
            (json.dumps(MAP | {"key": "other"}).encode(), 422, "map_key_differs"),
            (json.dumps(MAP | {"stages": [MAP["stages"][0]] * 2}).encode(), 422, "key_repeated"),
            (json.dumps(MAP | {"format": "desireline.map/9"}).encode(), 422, "map_format_unknown"),
            (b" " * 1_000_001, 413, "body_too_large"),
        ):
            answer = here.client.put("/v1/maps/shop/draft", content=document)
            assert answer.status_code == status, answer.text
            assert answer.json()["code"] == code

    def test_bad_yaml_is_said_with_its_place(self, here: House) -> None:
        headers = {"content-type": "application/yaml"}
        answer = here.client.put("/v1/maps/shop/draft", content="a: [", headers=headers)
        assert answer.status_code == 422
        assert "line" in answer.json()["detail"]


class TestPublish:
    def test_versions_stay(self, here: House) -> None:
        publish_map(here)
        tag = here.client.get("/v1/maps/shop/draft").headers["etag"]
        nothing = here.client.post("/v1/maps/shop/publish", headers={"if-match": tag})
        assert nothing.status_code == 409
        assert nothing.json()["code"] == "nothing_to_publish"
        second = MAP | {"name": "Second"}
        put = here.client.put("/v1/maps/shop/draft", json=second, headers={"if-match": tag})
        here.client.post("/v1/maps/shop/publish", headers={"if-match": put.headers["etag"]})
        listed = here.client.get("/v1/maps/shop/versions").json()["versions"]
        assert [v["version"] for v in listed] == [2, 1]
        assert here.client.get("/v1/maps/shop").json()["name"] == "Second"
        assert here.client.get("/v1/maps/shop").json()["version"] == 2
        assert here.client.get("/v1/maps/shop/versions/1").json()["name"] == "Shop"
        assert here.client.get("/v1/maps/shop/versions/3").status_code == 404
        assert [m["name"] for m in here.client.get("/v1/maps").json()["maps"]] == ["Second"]


class TestDiscover:
    def test_an_empty_log_has_none(self, here: House) -> None:
        answer = here.client.post("/v1/maps/discover", json={})
        assert answer.status_code == 409
        assert answer.json()["code"] == "log_empty"

    def test_it_finds_a_draft_and_a_second_one(self, here: House) -> None:
        here.send(walks(200))
        made = here.client.post("/v1/maps/discover", json={"name": "Shop"})
        assert made.status_code == 201
        assert made.headers["location"] == "/v1/maps/shop"
        assert made.json()["touchpoints"] == 3
        assert made.json()["has_draft"]
        again = here.client.post("/v1/maps/discover", json={"name": "Shop", "publish": True})
        assert again.json()["key"] == "shop_2"
        assert again.json()["version"] == 1
        wrong = here.client.post("/v1/maps/discover", json={"outcome": "nothing_such"})
        assert wrong.status_code == 422
        assert wrong.json()["code"] == "outcome_unknown"


class TestFigures:
    def test_they_are_those_of_the_log(self, here: House) -> None:
        publish_map(here)
        here.send(walks(100))
        answer = here.client.get("/v1/maps/shop/figures")
        assert touchpoint_in(answer.json(), "look")["persons"] == 100
        assert touchpoint_in(answer.json(), "order")["persons"] == 25
        tag = answer.headers["etag"]
        assert tag == f'"1.{len(walks(100))}"'
        same = here.client.get("/v1/maps/shop/figures", headers={"if-none-match": tag})
        assert same.status_code == 304
        here.send(walks(10, begin=100))
        more = here.client.get("/v1/maps/shop/figures", headers={"if-none-match": tag})
        assert touchpoint_in(more.json(), "look")["persons"] == 110

    def test_a_part_of_the_log_can_be_asked_for(self, here: House) -> None:
        publish_map(here)
        here.send(walks(56))
        asked = {"start": "2026-03-01", "stop": "2026-03-02"}
        part = here.client.get("/v1/maps/shop/figures", params=asked).json()
        assert touchpoint_in(part, "look")["persons"] == 2
        none = here.client.get("/v1/maps/shop/figures", params={"channel": "post"})
        assert none.status_code == 200
        assert touchpoint_in(none.json(), "look")["persons"] == 0
        for wrong in ({"start": "x"}, {"start": "2026-03-02", "stop": "2026-03-01"}):
            answer = here.client.get("/v1/maps/shop/figures", params=wrong)
            assert answer.status_code == 422
            assert answer.json()["code"] == "period_unreadable"

    def test_bots_are_in_out_or_alone(self, here: House) -> None:
        """Six people, and of machines a bot, a prefetch and a rented server; also once sealed."""
        publish_map(here)
        here.send(walks(6))
        marks = ({"bot": "Googlebot"}, {"prefetch": True}, {"datacenter": "aws"}, {"locale": "de"})
        looked = {"type": "page_viewed", "at": "2026-03-01T10:00:00Z"}
        here.send([looked | {"user_id": f"m{n}", "context": m} for n, m in enumerate(marks)])

        def persons(**asked: str) -> int:
            answer = here.client.get("/v1/maps/shop/figures", params=asked)
            assert answer.status_code == 200, answer.text
            return int(touchpoint_in(answer.json(), "look")["persons"])

        for _ in range(2):
            assert persons() == persons(bots="with") == 10
            assert persons(bots="without") == 7
            assert persons(bots="only") == 3
            seal(here.rooms.db, here.rooms.store, here.rooms.clock)
            here.send([looked | {"user_id": "m0", "context": marks[0]}])
        assert here.client.get("/v1/maps/shop/figures?bots=some").status_code == 422

    def test_a_rule_may_ask_for_the_context(self, here: House) -> None:
        here.send(walks(6))
        looked = {"type": "page_viewed", "user_id": "m", "context": {"page": {"tab": "2"}}}
        here.send([looked])
        rule = {"type": "property", "name": "context.page.tab", "op": "eq", "value": 2}
        stage = MAP["stages"][0]
        points = [stage["touchpoints"][0] | {"rule": rule}, stage["touchpoints"][1]]
        publish_map(here, MAP | {"stages": [stage | {"touchpoints": points}]})
        file = here.client.get("/v1/maps/shop/figures").json()
        assert touchpoint_in(file, "look")["persons"] == 1

    def test_a_rule_may_ask_for_a_property_nobody_asked_for_before(self, here: House) -> None:
        here.send(walks(30))
        rule = {"type": "property", "name": "plan", "op": "eq", "value": "p1"}
        stage = MAP["stages"][0]
        points = [stage["touchpoints"][0] | {"rule": rule}, stage["touchpoints"][1]]
        publish_map(here, MAP | {"stages": [stage | {"touchpoints": points}]})
        file = here.client.get("/v1/maps/shop/figures").json()
        assert touchpoint_in(file, "look")["persons"] == 10

    def test_many_askers_are_answered_by_one_drawing(self, here: House) -> None:
        publish_map(here)
        here.send(walks(100))
        texts: list[str] = []

        def ask() -> None:
            texts.append(here.client.get("/v1/maps/shop/figures").text)

        threads = [threading.Thread(target=ask) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(texts) == 16
        assert len(set(texts)) == 1


class TestLive:
    def test_whole_then_changes_then_resumed(self, here: House) -> None:
        publish_map(here)
        here.send(walks(3000))
        with here.client.stream("GET", "/v1/maps/shop/live") as stream:
            told = told_by(stream.iter_lines())
            name, ident, file = _next(told)
            assert name == "figures"
            assert ident == f"1.{len(walks(3000))}"
            here.send(walks(4, begin=3000))
            name, ident, found = _next(told)
            assert name == "change"
            after = _patched(file, found)
            assert after == here.client.get("/v1/maps/shop/figures").json()
            assert touchpoint_in(after, "look")["persons"] == 3004
        here.send(walks(4, begin=3004))
        resumed = {"last-event-id": ident}
        with here.client.stream("GET", "/v1/maps/shop/live", headers=resumed) as stream:
            name, ident, found = _next(told_by(stream.iter_lines()))
            assert name == "change"
            assert touchpoint_in(_patched(after, found), "look")["persons"] == 3008
        with here.client.stream("GET", f"/v1/maps/shop/live?after={ident}") as stream:
            here.send(walks(1, begin=3008))
            assert _next(told_by(stream.iter_lines()))[0] == "change"

    def test_a_new_version_is_sent_whole_or_as_a_change(self, here: House) -> None:
        publish_map(here)
        here.send(walks(10))
        with here.client.stream("GET", "/v1/maps/shop/live") as stream:
            told = told_by(stream.iter_lines())
            _, _, file = _next(told)
            tag = here.client.get("/v1/maps/shop/draft").headers["etag"]
            put = here.client.put(
                "/v1/maps/shop/draft", json=MAP | {"name": "New"}, headers={"if-match": tag}
            )
            here.client.post("/v1/maps/shop/publish", headers={"if-match": put.headers["etag"]})
            name, ident, found = _next(told)
            assert ident.startswith("2.")
            file = found if name == "figures" else _patched(file, found)
            assert file["map"]["name"] == "New"

    def test_who_edits_hears_of_the_draft_without_figures(self, here: House) -> None:
        publish_map(here)
        here.send(walks(10))
        address = "/v1/maps/shop/live?figures=false&revision=2"
        with here.client.stream("GET", address) as stream:
            told = told_by(stream.iter_lines())
            change = {"type": "set", "part": "map", "field": "name", "value": "New"}
            here.client.post(
                "/v1/maps/shop/draft/changes",
                json={"base_revision": 2, "session": "s", "changes": [change]},
            ).raise_for_status()
            heard: list[str] = []
            found = next(data for name, _, data in told if heard.append(name) or name == "draft")
            assert [entry["changes"] for entry in found["entries"]] == [[change]]
            assert set(heard) <= {"pulse", "draft", "here"}

    def test_what_is_not_there_is_no_stream(self, here: House) -> None:
        assert here.client.get("/v1/maps/none/live").status_code == 404


class TestChanges:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ({"a": 1}, {"a": 2}),
            ({"a": 1}, {"b": 1}),
            ({"a": [1, 2, 3]}, {"a": [1, 5]}),
            ({"a": [1]}, {"a": [1, {"x": None}, 3]}),
            ({"a/b": {"~": 1}}, {"a/b": {"~": 2}}),
            ({"a": [{"b": 1}, 2]}, {"a": [3]}),
            ({"a": [{"b": 1}]}, {"a": []}),
            ({"a": 1}, [1]),
            ({"a": 1}, {"a": 1.0}),
            ({"a": True}, {"a": 1}),
        ],
    )
    def test_they_lead_from_one_to_the_other(self, before: Any, after: Any) -> None:
        found = json.loads(json.dumps(list(changes(before, after))))
        made = _patched(before, found)
        assert json.dumps(made, sort_keys=True) == json.dumps(after, sort_keys=True)


def _next(told: Iterator[tuple[str, str, Any]]) -> tuple[str, str, Any]:
    """The next event about figures."""
    return next(one for one in told if one[0] in ("figures", "change"))


def _patched(before: Any, found: list[dict[str, Any]]) -> Any:
    """A JSON Patch applied the slow and obvious way."""
    root = [json.loads(json.dumps(before))]
    for change in found:
        holder: Any = root
        parts = change["path"].split("/")[1:]
        steps = ["0", *(p.replace("~1", "/").replace("~0", "~") for p in parts)]
        for step in steps[:-1]:
            holder = holder[int(step)] if isinstance(holder, list) else holder[step]
        last: Any = steps[-1]
        if isinstance(holder, list):
            last = len(holder) if last == "-" else int(last)
        if change["op"] == "remove":
            del holder[last]
        elif change["op"] == "add" and isinstance(holder, list):
            holder.insert(last, change["value"])
        else:
            holder[last] = change["value"]
    return root[0]


class TestForms:
    def test_a_template_becomes_a_draft(self, here: House) -> None:
        listed = here.client.get("/v1/map-templates").json()["templates"]
        assert [t["key"] for t in listed][-1] == "retail"
        document = here.client.get("/v1/map-templates/retail").json()
        put = here.client.put("/v1/maps/mine/draft", json=document | {"key": "mine"})
        assert put.json()["kind"] == "hypothesis", put.text
        assert here.client.get("/v1/map-templates/none").json()["code"] == "template_unknown"

    def test_cjml_comes_and_goes_and_csv_goes(self, here: House) -> None:
        here.client.put("/v1/maps/shop/draft", json=MAP)
        cjml = here.client.get("/v1/maps/shop/draft", headers={"accept": "application/xml"})
        assert cjml.headers["content-type"].startswith("application/xml")
        headers = {"content-type": "application/xml", "if-match": cjml.headers["etag"]}
        put = here.client.put("/v1/maps/shop/draft", content=cjml.content, headers=headers)
        assert put.status_code == 200, put.text
        assert (
            here.client.get("/v1/maps/shop/draft").json()
            == map_yaml.loads(
                here.client.get("/v1/maps/shop/draft", headers={"accept": "application/yaml"}).text
            ).to_dict()
        )
        rows = here.client.get("/v1/maps/shop/draft", headers={"accept": "text/csv"}).text
        assert rows.splitlines()[1].startswith("All,look,Look,action,")
        odd = here.client.put("/v1/maps/shop/draft", content=b"<a/>", headers=headers)
        assert odd.json()["code"] == "cjml_unreadable"
