"""Personas over HTTP, and what they describe."""

from __future__ import annotations

import base64

import pytest
from tests.modules.house import House
from tests.modules.test_maps import MAP, publish_map
from tests.server.processes import walks

BUYS = {"type": "event", "in": ["order_completed"]}
ANNA = {
    "name": "Anna",
    "goals": ["A cat that drinks"],
    "verbatims": [{"text": "It hums at night", "source": "survey"}],
    "rule": BUYS,
}


PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(8)).decode()


class TestPersonas:
    @pytest.mark.parametrize(
        "photo",
        [
            "https://example.org/anna.png",
            "data:image/svg+xml;base64,PHN2Zy8+",
            f"data:image/jpeg;base64,{PNG}",
            "data:image/png;base64,PHN2Zy8+",
        ],
    )
    def test_have_photos_that_a_page_may_show(self, here: House, photo: str) -> None:
        fit = ANNA | {"photo": f"data:image/png;base64,{PNG}"}
        assert here.client.put("/v1/personas/anna", json=fit).status_code == 200
        unfit = here.client.put("/v1/personas/ben", json=ANNA | {"photo": photo})
        assert (unfit.status_code, unfit.json()["code"]) == (422, "photo_unfit")

    def test_a_map_is_drawn_of_the_persons_of_one(self, here: House) -> None:
        here.send(walks(100))
        here.client.put("/v1/personas/anna", json=ANNA)
        publish_map(here, MAP)
        one = here.client.get("/v1/maps/shop/figures", params={"persona": "anna"})
        assert one.json()["figures"]["source"]["journeys"] == 25
        assert (
            here.client.get("/v1/maps/shop/figures").json()["figures"]["source"]["journeys"] == 100
        )
        other = ANNA | {"rule": {"type": "event", "in": ["cart_filled"]}}
        here.client.put("/v1/personas/anna", json=other, headers={"if-match": '"1"'})
        seen = {"if-none-match": one.headers["etag"]}
        again = here.client.get("/v1/maps/shop/figures", params={"persona": "anna"}, headers=seen)
        assert again.json()["figures"]["source"]["journeys"] == 50
        nobody = here.client.get("/v1/maps/shop/figures", params={"persona": "none"})
        assert nobody.json()["code"] == "persona_missing"

    def test_are_kept_changed_and_deleted(self, here: House) -> None:
        made = here.client.put("/v1/personas/anna", json=ANNA)
        assert made.json()["revision"] == 1, made.text
        shown = here.client.get("/v1/personas/anna")
        assert shown.json()["verbatims"][0]["text"] == "It hums at night"
        tag = {"if-match": shown.headers["etag"]}
        late = here.client.put("/v1/personas/anna", json=ANNA)
        assert (late.status_code, late.json()["code"]) == (409, "persona_stale")
        named = here.client.put("/v1/personas/anna", json=ANNA | {"name": "Ann"}, headers=tag)
        assert (named.json()["revision"], named.json()["name"]) == (2, "Ann")
        assert [p["key"] for p in here.client.get("/v1/personas").json()["personas"]] == ["anna"]
        assert here.client.delete("/v1/personas/anna").status_code == 204
        assert here.client.get("/v1/personas/anna").json()["code"] == "persona_missing"
        odd = here.client.put("/v1/personas/anna", json=ANNA | {"rule": {"type": "event"}})
        assert odd.json()["code"] == "rule_unreadable"

    def test_say_what_they_describe_and_what_not(self, here: House) -> None:
        assert here.client.get("/v1/personas/figures").json()["code"] == "personas_unbound"
        here.send(walks(100))
        here.client.put("/v1/personas/anna", json=ANNA)
        plan = {"type": "property", "name": "plan", "op": "eq", "value": "p1"}
        here.client.put("/v1/personas/ben", json={"name": "Ben", "rule": plan})
        here.client.put("/v1/personas/cleo", json={"name": "Cleo"})
        found = here.client.get("/v1/personas/figures").json()
        assert found["persons"] == 100
        shares = {p["name"]: p["share"]["count"] for p in found["personas"]}
        assert shares["anna"] == 25
        both = sum(o["persons"] for o in found["overlaps"])
        assert found["nobody"]["count"] == 100 - shares["anna"] - shares["ben"] + both
        nobody = here.client.get("/v1/personas/persons").json()
        assert nobody["n"] == len(nobody["persons"]) == found["nobody"]["count"]
        shared = {"persona": "anna", "other": "ben"}
        assert here.client.get("/v1/personas/persons", params=shared).json()["n"] == both
        page = {"persona": "anna", "limit": 20}
        first = here.client.get("/v1/personas/persons", params=page).json()
        rest = here.client.get("/v1/personas/persons", params=page | {"after": first["next"]})
        assert len({*first["persons"], *rest.json()["persons"]}) == 25
        odd = here.client.get("/v1/personas/persons", params={"persona": "cleo"})
        assert odd.json()["code"] == "cell_unknown"
        then = here.client.get("/v1/personas/figures", params={"before": "2026-03-02"}).json()
        assert then["personas"][0]["earlier"]["n"] == 4, "every 28th person comes on the first day"
