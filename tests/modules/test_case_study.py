"""A real way as a map: nobody can read who it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.modules.house import House
from tests.modules.test_maps import MAP, publish_map

from desireline.modules.maps.case_study.happened import rounded

ANN = {
    "user_id": "4711",
    "email": "ann.smith@example.com",
    "phone": "+48600100200",
    "channel": "web",
}


def way() -> list[dict[str, Any]]:
    """Ann looks, asks, orders five days later, and complains; her name is known."""
    return [
        {**ANN, "kind": "identify", "type": "identified", "at": "2026-03-01T09:00:00Z",
         "properties": {"name": "Ann Smith", "city": "Ely"}},
        {**ANN, "type": "page_viewed", "at": "2026-03-01T10:00:00Z",
         "properties": {"path": "/u/4711"}},
        {**ANN, "type": "page_viewed", "at": "2026-03-01T10:05:00Z"},
        {**ANN, "type": "question_asked", "channel": "chat", "at": "2026-03-02T12:00:00Z",
         "properties": {"text": "This is Ann Smith from Ely: is it quiet? ann.smith@example.com"}},
        {**ANN, "type": "order_completed", "value": 39.9, "currency": "EUR",
         "at": "2026-03-06T10:30:00Z"},
    ]  # fmt: skip


def words_of(document: object, field: str = "") -> Iterator[str]:
    """All that a reader of the document reads."""
    if isinstance(document, dict):
        for name, value in document.items():
            yield from words_of(value, name)
    elif isinstance(document, list):
        for one in document:
            yield from words_of(one, field)
    elif isinstance(document, str):
        yield document


class TestCaseStudy:
    def test_tells_a_way_in_the_touchpoints_of_a_map(self, here: House) -> None:
        here.send(way())
        publish_map(here, MAP)
        body = {"person": "user_id:4711", "map": "shop", "words": {"name": "Cold feet"}}
        answer = here.client.post("/v1/maps/case-study", json=body)
        made = answer.raise_for_status().json()
        assert made["map"]["key"] == "case_study"
        assert made["map"]["version"] is None, "it is a draft"
        told = here.client.get("/v1/maps/case_study/draft").json()
        assert (told["name"], told["kind"]) == ("Cold feet", "as_is")
        points = [t["name"] for stage in told["stages"] for t in stage["touchpoints"]]
        assert points == ["Look", "Order"]
        lanes = {lane["key"]: lane["cells"] for lane in told["lanes"]}
        assert [c["text"] for c in lanes["when"].values()] == ["Day 1", "Day 6"]
        assert lanes["did"]["step_1"]["text"] == "2 times"
        assert lanes["did"]["step_2"]["text"] == "about 40 EUR"
        assert lanes["said"] == {}
        removed = made["removed"]
        assert (removed["identifiers"], removed["amounts"], removed["texts"]) == (3, 1, 1)
        assert removed["outside"] == 1, "her question is no touchpoint"
        again = here.client.post("/v1/maps/case-study", json=body).json()
        assert again["map"]["key"] == "case_study_2"

    def test_words_stay_only_where_somebody_lets_them_and_masked(self, here: House) -> None:
        here.send(way())
        body: dict[str, Any] = {"person": "email:ann.smith@example.com"}
        seen = here.client.post("/v1/maps/case-study/look", json=body).raise_for_status().json()
        assert [t["text"] for t in seen["texts"]] == ["This is … … from …: is it quiet? …"]
        assert "quiet" not in msgspec.json.encode(seen["document"]).decode()
        kept = {name: seen["texts"][0][name] for name in ("position", "property")}
        looked = here.client.post("/v1/maps/case-study/look", json=body | {"keep": [kept]}).json()
        said = next(lane for lane in looked["document"]["lanes"] if lane["key"] == "said")
        [cell] = said["cells"].values()
        assert (cell["text"], cell["n"]) == ("This is … … from …: is it quiet? …", 1)
        assert looked["removed"]["texts"] == 0
        assert [s["name"] for s in looked["document"]["stages"]] == ["Day 1", "Day 2", "Day 6"]
        assert here.client.get("/v1/maps").json()["maps"] == [], "to look keeps nothing"

    def test_of_nobody_or_of_nothing_is_refused(self, here: House) -> None:
        here.send([{"type": "seen", "user_id": "bob"}])
        publish_map(here, MAP)
        asked: tuple[tuple[dict[str, str], str], ...] = (
            ({"person": "user_id:nobody"}, "person_unknown"),
            ({"person": "user_id:bob", "map": "none"}, "map_unknown"),
            ({"person": "user_id:bob", "map": "shop"}, "case_empty"),
        )
        for body, code in asked:
            assert here.client.post("/v1/maps/case-study", json=body).json()["code"] == code


LETTERS = "abcdefghijklmnoprstuwyząęłóśćż"
NAME = st.text(LETTERS, min_size=4, max_size=10).map(lambda name: "qz" + name)
"""No word of the document begins so."""
person = st.fixed_dictionaries(
    {
        "first": NAME,
        "last": NAME,
        "mail": NAME,
        "id": st.integers(10**6, 10**9).map(str),
        "phone": st.integers(600_000_000, 699_999_999).map(lambda n: f"+48{n}"),
        "shape": st.sampled_from(["{first} {last}", "{last}, {first}", "I, {first}, am {last}"]),
    }
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(planted=person)
def test_no_document_says_who_it_is_of(here: House, planted: dict[str, str]) -> None:
    mail = f"{planted['mail']}.{planted['last']}@{planted['id']}.example"
    who = {"user_id": planted["id"], "email": mail, "phone": planted["phone"]}
    said = planted["shape"].format(**planted) + f" <{mail}>, {planted['phone']}, {planted['id']}"
    name = f"{planted['first'].title()} {planted['last'].title()}"
    here.send(
        [
            {**who, "kind": "identify", "type": "identified", "properties": {"name": name}},
            {**who, "type": f"met {planted['first']}", "channel": planted["last"]},
            {**who, "type": "message_sent", "channel": "chat", "properties": {"text": said}},
            {**who, "type": "order_completed", "value": 1234.56, "properties": {"to": name}},
        ]
    )
    body: dict[str, Any] = {
        "person": f"user_id:{planted['id']}",
        "words": {"name": f"The story of {name}", "called": name},
    }
    seen = here.client.post("/v1/maps/case-study/look", json=body).raise_for_status().json()
    keep = [{key: t[key] for key in ("position", "property")} for t in seen["texts"]]
    assert keep
    answer = here.client.post("/v1/maps/case-study/look", json=body | {"keep": keep})
    told = " ".join(words_of(answer.raise_for_status().json()["document"])).casefold()
    digits = re.sub(r"\D", "", told)
    for secret in (planted["first"], planted["last"], planted["mail"], mail):
        assert secret.casefold() not in told
    for number in (planted["id"], planted["phone"][3:]):
        assert number not in digits
    assert "1234" not in told


@pytest.mark.parametrize(
    ("value", "told"), [(39.9, 40), (128, 150), (1240, 1000), (0, 0), (7.3, 7.5), (-87, -85)]
)
def test_amounts_are_coarse(value: float, told: float) -> None:
    assert rounded(value) == told
