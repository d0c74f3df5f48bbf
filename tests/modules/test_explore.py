"""Exploring over HTTP: answers of every analysis, persons behind figures, the pattern field."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from threading import Event
from typing import Any

import pytest
from pydantic import TypeAdapter
from tests.modules.house import House

from desireline.modules.explore.kinds import KINDS, AnyQuestion
from desireline.modules.explore.kinds.compare import CompareQuestion, ComparisonResult
from desireline.modules.explore.kinds.shapes import Answer
from desireline.modules.explore.periods import as_of
from desireline.modules.explore.warming import documents, warm

SHAPES: dict[str, type] = {
    **{kind.name: Answer[kind.result] for kind in KINDS},  # type: ignore[name-defined]
    "compare": Answer[ComparisonResult],
}
FUNNEL: dict[str, Any] = {"steps": [{"rule": "viewed"}, {"rule": "cart"}, {"rule": "order"}]}
QUESTIONS: dict[str, dict[str, Any]] = {
    "transitions": {"rarity": True},
    "variants": {},
    "funnel": FUNNEL,
    "paths": {"anchor": "cart"},
    "touchpoints": {"outcome": "order"},
    "positions": {"outcome": "order"},
    "retention": {"period": "day", "periods": 3},
    "conformance": {"map": {"key": "plan"}},
    "pains": {"map": {"key": "plan"}},
    "moments": {"map": {"key": "plan"}},
    "compare": {
        "of": {"analysis": "funnel", **FUNNEL},
        "a": {"name": "web", "column": {"name": "channel", "value": "web"}},
    },
}


def _walk(person: str, channel: str, *steps: tuple[str, str]) -> list[dict[str, object]]:
    plan = "pro" if channel == "web" else "free"
    return [
        {
            "id": f"{person}-{at}",
            "type": kind,
            "user_id": person,
            "at": f"2026-03-{at}:00Z",
            "channel": channel,
            "properties": {"plan": plan},
        }
        for kind, at in steps
    ]


EVENTS = [
    *_walk("ann", "web", ("viewed", "01T10:00"), ("cart", "01T10:05"), ("order", "02T09:00")),
    *_walk("bob", "web", ("viewed", "01T11:00"), ("cart", "01T12:00"), ("viewed", "03T12:00")),
    *_walk("cem", "app", ("viewed", "02T10:00"), ("viewed", "02T10:30")),
    *_walk("dot", "app", ("viewed", "02T10:00"), ("cart", "02T11:00"), ("order", "04T10:00")),
]


PLAN = {
    "key": "plan",
    "name": "Plan",
    "goal": {"statement": "Sold", "outcome": {"type": "event", "in": ["order"]}},
    "stages": [
        {
            "key": "all",
            "name": "All",
            "touchpoints": [
                {"key": name, "name": name, "rule": {"type": "event", "in": [name]}}
                for name in ("viewed", "cart", "order")
            ],
        }
    ],
}


@pytest.fixture
def shop(here: House) -> House:
    here.send(EVENTS)
    return here


@pytest.fixture
def planned(shop: House) -> House:
    kept = shop.client.put("/v1/maps/plan/draft", json=PLAN).raise_for_status()
    as_seen = {"If-Match": kept.headers["etag"]}
    shop.client.post("/v1/maps/plan/publish", headers=as_seen).raise_for_status()
    return shop


def _seen(answer: Any) -> dict[str, str]:
    """The header that says which state of a map was seen."""
    return {"If-Match": answer.raise_for_status().headers["etag"]}


def _asked(shop: House, analysis: str, **changes: Any) -> dict[str, Any]:
    found = shop.client.post(f"/v1/explore/{analysis}", json={**QUESTIONS[analysis], **changes})
    assert found.status_code == 200, found.text
    answer: dict[str, Any] = found.json()
    return answer


class TestAnswer:
    @pytest.mark.parametrize("analysis", QUESTIONS)
    def test_has_the_shape_that_is_told(self, planned: House, analysis: str) -> None:
        shop = planned
        answer = _asked(shop, analysis)
        shape = SHAPES[analysis].model_validate(answer, strict=True)
        assert shape.model_dump(by_alias=True, exclude_unset=True) == answer
        assert answer["analysis"] == analysis
        assert answer["position"] == shop.rooms.appender.position
        assert all(m["key"] and m["text"] and "{" not in m["text"] for m in answer["words"])

    @pytest.mark.parametrize("analysis", ["touchpoints", "compare"])
    def test_is_of_the_version_that_is_published_now(self, planned: House, analysis: str) -> None:
        """Nothing came in since, so what was answered for the version before is still kept."""
        in_words: dict[str, Any] = {"map": {"key": "plan"}}
        if analysis == "compare":
            of = {"analysis": "touchpoints", **in_words}
            in_words = {"of": of, "a": {"column": {"name": "channel", "value": "web"}}}
        before = planned.client.post(f"/v1/explore/{analysis}", json=in_words).json()
        kept = planned.client.get("/v1/maps/plan/draft")
        later = json.loads(json.dumps(PLAN).replace('"cart"', '"basket"', 2))
        put = planned.client.put("/v1/maps/plan/draft", json=later, headers=_seen(kept))
        published = planned.client.post("/v1/maps/plan/publish", headers=_seen(put))
        assert published.status_code == 200, published.text
        after = planned.client.post(f"/v1/explore/{analysis}", json=in_words).json()
        assert "basket" not in json.dumps(before)
        assert "basket" in json.dumps(after)

    def test_of_one_channel_is_of_its_events(self, shop: House) -> None:
        answer = _asked(shop, "funnel", filter={"channels": ["web"]})
        assert [step["reached"] for step in answer["result"]["steps"]] == [2, 2, 1]

    def test_of_a_segment_is_of_its_persons(self, shop: House) -> None:
        answer = _asked(shop, "funnel", segment="order")
        assert [step["reached"] for step in answer["result"]["steps"]] == [2, 2, 2]
        lost = _asked(
            shop, "funnel", segment={"type": "not", "rule": {"type": "event", "in": ["order"]}}
        )
        assert [step["reached"] for step in lost["result"]["steps"]] == [2, 1, 0]
        both = _asked(shop, "funnel", segment=["order", {"type": "channel", "in": ["web"]}])
        assert [step["reached"] for step in both["result"]["steps"]] == [1, 1, 1]

    def test_of_the_last_days_is_as_of_the_day(self, shop: House) -> None:
        march = dt.datetime(2026, 3, 4, 18, tzinfo=dt.UTC)
        asked = TypeAdapter(AnyQuestion).validate_python(
            {
                "analysis": "compare",
                "of": {"analysis": "funnel", **FUNNEL, "filter": {"last_days": 1}},
                "a": {},
            }
        )
        dated = as_of(asked, march)
        assert isinstance(dated, CompareQuestion)
        assert dated.of.filter.start == dt.datetime(2026, 3, 3, tzinfo=dt.UTC)
        assert as_of(dated, march) is dated
        long = _asked(shop, "funnel", filter={"last_days": 3_660})
        assert [step["reached"] for step in long["result"]["steps"]] == [4, 3, 2]
        two = {"last_days": 3, "start": "2026-03-02"}
        refused = shop.client.post("/v1/explore/funnel", json={**FUNNEL, "filter": two})
        assert refused.json()["code"] == "question_impossible"

    def test_of_a_period(self, shop: House) -> None:
        part = {"start": "2026-03-02", "stop": "2026-03-03"}
        assert _asked(shop, "transitions", filter=part)["result"]["events"] == 5
        cohorts = _asked(shop, "retention", filter=part)["result"]["cohorts"]
        assert [(c["begins_on"], c["n"]) for c in cohorts] == [("2026-03-02", 2)]

    def test_of_a_property_that_nobody_has_read_yet(self, shop: House) -> None:
        rule = {"type": "property", "name": "plan", "op": "eq", "value": "pro"}
        answer = _asked(shop, "funnel", segment=rule, by="plan")
        assert [(g["value"], g["reached"]) for g in answer["result"]["groups"]] == [
            ("pro", [2, 2, 1])
        ]

    def test_says_what_nothing_is_called(self, shop: House) -> None:
        answer = _asked(shop, "funnel", steps=[{"rule": "viewed"}, {"rule": "ordr"}])
        assert answer["words"][0]["text"].endswith("Is order meant?")

    def test_is_in_the_words_of_a_map(self, shop: House) -> None:
        made = shop.client.post("/v1/maps/discover", json={"name": "Shop", "publish": True})
        key = made.json()["key"]
        answer = _asked(shop, "touchpoints", map={"key": key})
        touchpoints = {t["event"] for t in answer["result"]["touchpoints"]}
        assert touchpoints == {"viewed", "cart", "order"}
        gone = shop.client.post("/v1/explore/touchpoints", json={"map": {"key": "none"}})
        assert (gone.status_code, gone.json()["code"]) == (404, "map_unknown")

    def test_comes_as_csv(self, shop: House) -> None:
        for how in ({"params": {"as": "csv"}}, {"headers": {"accept": "text/csv"}}):
            found = shop.client.post("/v1/explore/funnel", json=FUNNEL, **how)
            assert found.headers["content-type"].startswith("text/csv")
            rows = list(csv.DictReader(io.StringIO(found.text)))
            assert [(row["step"], row["reached"]) for row in rows] == [
                ("viewed", "4"), ("cart", "3"), ("order", "2"),
            ]  # fmt: skip

    @pytest.mark.parametrize("analysis", ["transitions", "variants", "paths", "positions"])
    def test_its_csv_has_the_interval_of_each_share(self, shop: House, analysis: str) -> None:
        asked = {"json": QUESTIONS[analysis], "params": {"as": "csv"}}
        found = shop.client.post(f"/v1/explore/{analysis}", **asked)
        rows = list(csv.DictReader(io.StringIO(found.text)))
        assert rows
        for row in rows:
            low, share, high = (float(row[name]) for name in ("low", "share", "high"))
            assert 0 <= low <= share <= high <= 1
            assert low < high
            assert int(row["count"] if "count" in row else row["open"]) <= int(row["n"])

    def test_is_kept_until_the_log_goes_on(self, shop: House) -> None:
        before = _asked(shop, "variants")
        assert _asked(shop, "variants") == before
        shop.send(_walk("eve", "web", ("viewed", "05T10:00")))
        after = _asked(shop, "variants")
        assert after["position"] == before["position"] + 1
        assert after["result"]["cases"] == before["result"]["cases"] + 1

    @pytest.mark.parametrize(
        ("analysis", "odd", "code"),
        [
            ("funnel", {"steps": [{"rule": "viewed -> "}]}, "pattern_unreadable"),
            ("funnel", {"steps": [{"rule": {"type": "evnt"}}]}, "rule_unreadable"),
            ("retention", {"time_zone": "Mars"}, "periods_impossible"),
            ("touchpoints", {"map": {"key": "x"}, "sessions": {}}, "map_unknown"),
            ("compare", {"of": {"analysis": "variants"}, "a": {"channels": ["web"]}},
             "question_impossible"),
            ("variants", {"colour": "red"}, "request_unfit"),
        ],
    )  # fmt: skip
    def test_tells_what_is_wrong(
        self, shop: House, analysis: str, odd: dict[str, Any], code: str
    ) -> None:
        found = shop.client.post(f"/v1/explore/{analysis}", json={**QUESTIONS[analysis], **odd})
        assert found.status_code in (404, 422)
        assert found.json()["code"] == code, found.text


class TestConformance:
    """viewed, cart, order, each once: bob and cem come back to view."""

    def test_says_what_deviates_and_in_words(self, planned: House) -> None:
        answer = _asked(planned, "conformance")
        SHAPES["conformance"].model_validate(answer, strict=True)
        found = {(d["kind"], d["name"]): d for d in answer["result"]["deviations"]}
        assert {k: (d["journeys"]["count"], d["left"]) for k, d in found.items()} == {
            ("repeated", "viewed"): (2, 0),
            ("missing", "cart"): (0, 1),
            ("missing", "order"): (0, 2),
        }
        assert answer["result"]["fitting"]["count"] == 2
        assert "again" in found["repeated", "viewed"]["words"][0]["text"]

    def test_of_one_channel_is_of_its_events(self, planned: House) -> None:
        answer = _asked(planned, "conformance", filter={"channels": ["app"]})
        (repeated,) = (d for d in answer["result"]["deviations"] if d["kind"] == "repeated")
        assert (answer["result"]["cases"], repeated["journeys"]["count"]) == (2, 1)

    def test_persons_are_those_who_deviate(self, planned: House) -> None:
        cell = {"kind": "repeated", "name": "viewed"}
        body = {"query": QUESTIONS["conformance"], "cell": cell}
        found = planned.client.post("/v1/explore/conformance/persons", json=body).json()
        assert found["n"] == 2

    def test_needs_a_map(self, shop: House) -> None:
        found = shop.client.post("/v1/explore/conformance", json={})
        assert found.status_code == 422
        assert "map" in found.text


class TestMoments:
    def test_of_four_persons_says_that_nothing_can_be_said(self, planned: House) -> None:
        vote = {"touchpoint": "cart", "n": 2, "to_customer": 4, "to_company": 3}
        answer = _asked(planned, "moments", votes=[vote])
        SHAPES["moments"].model_validate(answer)
        cart = next(m for m in answer["result"]["moments"] if m["touchpoint"] == "cart")
        assert (cart["verdict"], cart["why"]) == ("undecided", "nothing_to_compare")
        assert (cart["to_customer"], cart["voters"]) == (4.0, 2)
        assert "Nothing can be said" in cart["words"][0]["text"]

    @pytest.mark.parametrize(("went", "n"), [(True, 3), (False, 1)])
    def test_persons_are_those_for_whom_it_went_so(
        self, planned: House, went: bool, n: int
    ) -> None:
        """ann, bob and dot put into the cart within the hour, cem never."""
        contrast = {
            "touchpoint": "cart", "quality": "happened", "stands": ["viewed"],
            "within": 3_600_000_000, "chooser": "customer",
        }  # fmt: skip
        body = {"query": QUESTIONS["moments"], "cell": {"contrast": contrast, "went": went}}
        found = planned.client.post("/v1/explore/moments/persons", json=body).json()
        assert found["n"] == n


class TestPersons:
    def test_are_those_whom_the_figure_counts(self, shop: House) -> None:
        body: dict[str, Any] = {"query": FUNNEL, "cell": {"step": 0, "did": "reached"}, "limit": 3}
        first = shop.client.post("/v1/explore/funnel/persons", json=body).json()
        assert (first["n"], len(first["persons"])) == (4, 3)
        rest = shop.client.post(
            "/v1/explore/funnel/persons", json={**body, "after": first["next"]}
        ).json()
        assert (len(rest["persons"]), rest["next"]) == (1, None)
        for person in (*first["persons"], *rest["persons"]):
            assert shop.client.get(f"/v1/persons/{person}").status_code == 200

    def test_of_a_group_of_two(self, shop: House) -> None:
        body = {"query": QUESTIONS["compare"], "cell": {"step": 2}, "side": "b"}
        found = shop.client.post("/v1/explore/compare/persons", json=body).json()
        assert found["n"] == 1

    def test_of_a_cell_that_is_not_there(self, shop: House) -> None:
        body = {"query": FUNNEL, "cell": {"step": 7}}
        found = shop.client.post("/v1/explore/funnel/persons", json=body)
        assert found.json()["code"] == "cell_unknown"


class TestCheck:
    def _checked(self, shop: House, text: str, **more: Any) -> dict[str, Any]:
        found = shop.client.post("/v1/explore/check", json={"text": text, **more})
        assert found.status_code == 200, found.text
        checked: dict[str, Any] = found.json()
        return checked

    def test_completes_names(self, shop: House) -> None:
        found = self._checked(shop, "viewed -> ca")
        assert (found["start"], found["stop"]) == (10, 12)
        assert [c["text"] for c in found["completions"]] == ["cart"]
        assert found["completions"][0]["events"] == 3
        inside = self._checked(shop, "vie -> cart", at=3)
        assert (inside["start"], inside["stop"]) == (0, 3)
        assert [c["text"] for c in inside["completions"]] == ["viewed"]

    def test_offers_signs_behind_a_name(self, shop: House) -> None:
        signs = [c["text"] for c in self._checked(shop, "viewed ")["completions"]]
        assert {"->", "~>", "within 3d"} <= set(signs)

    def test_points_at_the_mistake(self, shop: House) -> None:
        found = self._checked(shop, "viewed cart")
        assert not found["ok"]
        assert found["error"]["at"] == 7
        assert found["error"]["hint"]

    def test_says_what_a_pattern_means(self, shop: House) -> None:
        found = self._checked(shop, "viewed ~> order")
        assert found["ok"]
        assert found["error"] is None
        assert found["rule"]["type"] == "pattern"
        unknown = self._checked(shop, "viewed ~> ordr")
        assert unknown["ok"]
        assert unknown["error"]["at"] == 10

    def test_lists_values_of_a_property(self, shop: House) -> None:
        found = self._checked(shop, "", field="value", column="plan")
        assert {(c["text"], c["events"]) for c in found["completions"]} == {("pro", 6), ("free", 5)}
        channels = self._checked(shop, "w", field="channel")
        assert [c["text"] for c in channels["completions"]] == ["web"]


class TestWarming:
    def test_asks_every_kind_of_question(self, shop: House) -> None:
        assert warm(shop.rooms, Event()) == len(list(documents(("a",), ("web",))))
        assert shop.rooms.asked().position == shop.rooms.appender.position
