"""Many maps over HTTP: made of files and of nothing, put away and back, given out as a page."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from tests.engine.maps import any_map
from tests.modules.house import House
from tests.modules.team.team import audited, browser, done, founded, joined, refused
from tests.modules.test_maps import MAP, publish_map
from tests.server.processes import walks

from desireline.engine.journey_map import JourneyMap, from_dict
from desireline.formats import map_cjml, map_yaml
from desireline.formats.page import OPENING
from desireline.modules.maps.service import columns_of_maps

FORMS = {"json": "application/json", "yaml": "application/yaml", "cjml": "application/xml"}


def keys(here: House, **asked: bool) -> set[str]:
    """The keys of the maps that are listed."""
    return {m["key"] for m in here.client.get("/v1/maps", params=asked).json()["maps"]}


def added(here: House, document: dict[str, Any]) -> dict[str, Any]:
    """A new map of this document, as the answer tells it."""
    answer = here.client.post("/v1/maps", json=document)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


class TestAdd:
    def test_a_taken_key_becomes_one_like_it(self, here: House) -> None:
        first, second = added(here, MAP), added(here, MAP | {"name": "Copy", "version": 7})
        assert (first["key"], second["key"]) == ("shop", "shop_2")
        assert keys(here) == {"shop", "shop_2"}
        draft = here.client.get("/v1/maps/shop_2/draft").json()
        assert (draft["key"], draft["name"], draft["version"]) == ("shop_2", "Copy", 1)
        assert second["version"] is None
        assert second["shape"] == [2]

    def test_a_map_may_begin_with_a_name_alone(self, here: House) -> None:
        made = added(here, {"key": "idea", "name": "Idea", "kind": "hypothesis"})
        assert (made["kind"], made["touchpoints"], made["shape"]) == ("hypothesis", 0, [])

    def test_the_file_beside_a_page_is_a_map_too(self, here: House) -> None:
        publish_map(here)
        file = here.client.get("/v1/maps/shop/figures").json()
        assert added(here, file)["key"] == "shop_2"

    @pytest.mark.parametrize(
        ("form", "text", "line", "column"),
        [
            ("yaml", "key: shop\nstages:\n  - key: a b\n", 3, 5),
            ("yaml", "key: shop\nstages: [\n", 3, 1),
            ("json", '{"key": "shop",\n "name": "S",\n "kind": "odd"}', 3, 2),
            ("json", '{"key": "shop", "name": "S", "stages": [\n  {"key": 3, "name": "x"}]}', 2, 4),
            ("json", '{"key": "shop",\n oops}', 2, 2),
            ("json", '{"key": "shop"', 1, 15),
            ("cjml", "<a>\n  <b></a>", 2, 8),
        ],
    )
    def test_what_is_wrong_with_a_file_is_said_with_its_place(
        self, here: House, form: str, text: str, line: int, column: int
    ) -> None:
        headers = {"content-type": FORMS[form]}
        answer = here.client.post("/v1/maps", content=text, headers=headers)
        assert answer.status_code in (400, 422)
        told = answer.json()
        assert (told["line"], told["column"]) == (line, column), told
        assert keys(here) == set()

    @pytest.mark.parametrize("form", FORMS)
    @settings(
        max_examples=6,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(document=any_map())
    def test_a_map_that_went_out_comes_in_as_it_was(
        self, here: House, form: str, document: JourneyMap
    ) -> None:
        document = msgspec.structs.replace(document, key="round")
        kept = added(here, document.to_dict())
        address = f"/v1/maps/{kept['key']}/draft"
        out = here.client.get(address, headers={"accept": FORMS[form]})
        sent = here.client.post(
            "/v1/maps", content=out.content, headers={"content-type": FORMS[form]}
        )
        assert sent.status_code == 201, sent.text
        back = from_dict(here.client.get(f"/v1/maps/{sent.json()['key']}/draft").json())
        wanted = msgspec.structs.replace(document, key=sent.json()["key"], version=1)
        assert back == wanted


class TestOwn:
    def test_who_makes_a_map_owns_it_until_somebody_else_does(self, here: House) -> None:
        olga = founded(here)["member"]
        made = added(here, MAP)
        assert made["owner"] == {"id": olga["id"], "name": "Olga Owner"}
        with browser(here) as bob:
            his = joined(here, bob, "Bob Editor", "editor")["member"]
            told = done(bob.put("/v1/maps/shop/owner", json={"member": his["id"]}))
            assert told["owner"] == {"id": his["id"], "name": "Bob Editor"}
            assert told["revision"] == made["revision"]
        listed = done(here.client.get("/v1/maps"))["maps"]
        assert [one["owner"]["name"] for one in listed] == ["Bob Editor"]
        assert audited(here)[-1] == ("Bob Editor", "map_owner_set", "map:shop")

    def test_a_member_who_was_removed_owns_nothing(self, here: House) -> None:
        founded(here)
        with browser(here) as bob:
            number = joined(here, bob, "Bob Editor", "editor")["member"]["id"]
            assert done(bob.post("/v1/maps", json=MAP), 201)["owner"]["id"] == number
        here.client.delete(f"/v1/members/{number}").raise_for_status()
        (told,) = done(here.client.get("/v1/maps"))["maps"]
        assert told["owner"] is None
        owner = "/v1/maps/shop/owner"
        refused(here.client.put(owner, json={"member": number}), 404, "map_owner_unknown")

    def test_nobody_may_own_it_and_viewers_may_not_say_who(self, here: House) -> None:
        number = founded(here)["member"]["id"]
        added(here, MAP)
        owner = "/v1/maps/shop/owner"
        assert done(here.client.put(owner, json={"member": None}))["owner"] is None
        with browser(here) as eve:
            joined(here, eve, "Eve Viewer", "viewer")
            refused(eve.put(owner, json={"member": number}), 403, "not_allowed")
        here.client.post("/v1/maps/shop/archive").raise_for_status()
        refused(here.client.put(owner, json={"member": number}), 409, "map_archived")

    def test_a_map_made_before_there_is_a_team_has_no_owner(self, here: House) -> None:
        assert added(here, MAP)["owner"] is None


class TestArchive:
    def test_it_goes_and_comes_back_with_all_that_it_had(self, here: House) -> None:
        publish_map(here)
        publish_map_again(here)
        before = here.client.get("/v1/maps").json()
        gone = here.client.post("/v1/maps/shop/archive").json()
        assert gone["archived_at"] is not None
        assert (keys(here), keys(here, archived=True)) == (set(), {"shop"})
        assert here.client.get("/v1/maps/shop").json()["name"] == "Second"
        assert here.client.post("/v1/maps/shop/archive").json() == gone
        here.client.post("/v1/maps/shop/restore").raise_for_status()
        assert here.client.get("/v1/maps").json() == before
        versions = here.client.get("/v1/maps/shop/versions").json()["versions"]
        assert [v["version"] for v in versions] == [2, 1]
        what = {e["what"] for e in here.client.get("/v1/audit").json()["entries"]}
        assert {"map_archived", "map_restored"} <= what

    def test_nobody_changes_it_meanwhile(self, here: House) -> None:
        publish_map(here)
        here.client.post("/v1/maps/shop/archive").raise_for_status()
        tag = {"if-match": '"2"'}
        change = {"type": "set", "part": "map", "field": "name", "value": "Other"}
        sent = {"base_revision": 2, "session": "s", "changes": [change]}
        for answer in (
            here.client.put("/v1/maps/shop/draft", json=MAP, headers=tag),
            here.client.post("/v1/maps/shop/publish", headers=tag),
            here.client.post("/v1/maps/shop/draft/changes", json=sent),
        ):
            assert (answer.status_code, answer.json()["code"]) == (409, "map_archived")
        assert added(here, MAP)["key"] == "shop_2"

    def test_the_log_keeps_no_property_for_it(self, here: House) -> None:
        rule = {"type": "property", "name": "plan", "op": "exists", "value": None}
        with_plan = json.loads(json.dumps(MAP))
        with_plan["stages"][0]["touchpoints"][0]["rule"] = rule
        publish_map(here, with_plan)
        with here.rooms.db.reading() as connection:
            assert columns_of_maps(connection) == {"plan"}
        here.client.post("/v1/maps/shop/archive").raise_for_status()
        with here.rooms.db.reading() as connection:
            assert columns_of_maps(connection) == set()

    def test_what_is_not_there_cannot_be_put_away(self, here: House) -> None:
        for verb in ("archive", "restore"):
            assert here.client.post(f"/v1/maps/none/{verb}").status_code == 404


def publish_map_again(here: House) -> None:
    """A second version, of another name."""
    tag = here.client.get("/v1/maps/shop/draft").headers["etag"]
    put = here.client.put(
        "/v1/maps/shop/draft", json=MAP | {"name": "Second"}, headers={"if-match": tag}
    )
    done = here.client.post("/v1/maps/shop/publish", headers={"if-match": put.headers["etag"]})
    assert done.status_code == 200, done.text


class TestPage:
    def test_it_holds_the_map_and_its_figures(self, here: House) -> None:
        here.send(walks(40))
        publish_map(here, MAP | {"name": "Shop </script> here"})
        answer = here.client.get("/v1/maps/shop/page")
        assert answer.status_code == 200, answer.text[:300]
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''shop.html"
        data = answer.text.split(OPENING)[1].split("</script>")[0]
        assert json.loads(data) == here.client.get("/v1/maps/shop/figures").json()

    def test_at_a_glance_every_touchpoint_has_its_reach(self, here: House) -> None:
        here.send(walks(40))
        publish_map(here)
        told = here.client.get("/v1/maps", params={"headline": True}).json()["maps"][0]
        assert told["headline"]["reach"] == [1.0, 0.25]


def test_cjml_and_yaml_are_read_by_their_form(here: House) -> None:
    document = from_dict(MAP)
    for form, text in (("cjml", map_cjml.dumps(document)), ("yaml", map_yaml.dumps(document))):
        headers = {"content-type": FORMS[form]}
        assert here.client.post("/v1/maps", content=text, headers=headers).status_code == 201
