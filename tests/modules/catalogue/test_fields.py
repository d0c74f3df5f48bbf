"""Fields of persons: declared, and told."""

from __future__ import annotations

import pytest
from tests.modules.catalogue.cases import follow, sent
from tests.modules.house import House

from desireline.modules.catalogue.facade import TraitMisfit, check_traits
from desireline.modules.people.arriving import TAKE_TRAITS


class TestFields:
    def test_are_declared_changed_and_withdrawn(self, here: House) -> None:
        said = {"kind": "choice", "options": ["cat", "dog"], "owner": "crm"}
        assert here.client.put("/v1/fields/pet", json=said).status_code == 200
        field = here.client.get("/v1/fields").json()["fields"][0]
        assert (field["name"], field["kind"], field["options"]) == ("pet", "choice", ["cat", "dog"])
        here.client.put("/v1/fields/pet", json={"kind": "string"})
        assert here.client.get("/v1/fields").json()["fields"][0]["options"] == []
        assert here.client.delete("/v1/fields/pet").status_code == 204
        assert here.client.delete("/v1/fields/pet").status_code == 404
        assert here.client.get("/v1/fields").json()["fields"] == []

    @pytest.mark.parametrize(
        "said",
        [
            {"kind": "choice"},
            {"kind": "choice", "options": ["a", "a"]},
            {"kind": "number", "options": ["1"]},
        ],
    )
    def test_options_belong_to_a_choice(self, here: House, said: dict[str, object]) -> None:
        answer = here.client.put("/v1/fields/x", json=said)
        assert answer.json()["code"] == "field_options_unfit"

    def test_traits_are_held_to_them(self, here: House) -> None:
        here.client.put("/v1/fields/pet", json={"kind": "choice", "options": ["cat", "dog"]})
        here.client.put("/v1/fields/age", json={"kind": "number"})
        here.client.put("/v1/fields/note", json={"kind": "string"})
        with here.rooms.db.reading() as look:
            check_traits(look, {"pet": "cat", "age": 7, "note": "2026-03-01", "other": [1]})
            check_traits(look, {"pet": None, "age": None})
            check_traits(look, {})
            for wrong in ({"pet": "rat"}, {"age": "7"}, {"note": 7}, {"pet": ["cat"]}):
                with pytest.raises(TraitMisfit, match=next(iter(wrong))):
                    check_traits(look, wrong)


class TestTell:
    def test_traits_become_an_event_of_the_person(self, here: House) -> None:
        sent(here, {"type": "page_viewed"})
        here.client.put("/v1/fields/age", json={"kind": "number"})
        told = here.client.post("/v1/persons/user_id:u1/traits", json={"traits": {"age": 7}})
        assert told.json() == {"position": 2}
        follow(here)
        field = here.client.get("/v1/fields").json()["fields"][0]
        assert [(kind["kind"], kind["events"]) for kind in field["seen"]] == [("number", 1)]
        follow(here, TAKE_TRAITS)
        traits = here.client.get("/v1/persons/user_id:u1/traits").json()["traits"]
        assert [(one["name"], one["value"]) for one in traits] == [("age", 7)]

    def test_what_does_not_fit_is_refused_and_nothing_is_kept(self, here: House) -> None:
        sent(here, {"type": "page_viewed"})
        here.client.put("/v1/fields/age", json={"kind": "number"})
        wrong = {"traits": {"age": "seven", "name": "Ann"}}
        answer = here.client.post("/v1/persons/user_id:u1/traits", json=wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "trait_misfit")
        assert here.client.get("/v1/counts").json()["received"] == 1

    def test_what_events_tell_is_taken_and_flagged(self, here: House) -> None:
        """An event is never lost because a field was declared."""
        here.client.put("/v1/fields/age", json={"kind": "number"})
        sent(here, {"kind": "identify", "properties": {"age": "seven"}})
        field = here.client.get("/v1/fields").json()["fields"][0]
        assert [finding["code"] for finding in field["findings"]] == ["kind_wrong"]
