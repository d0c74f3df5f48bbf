"""The document: what it holds, what it refuses, and its published schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import jsonschema
import msgspec
import pytest

from desireline.engine.journey_map import (
    LANE_KINDS,
    Actor,
    CaseBy,
    Cell,
    DepartmentGoal,
    Goal,
    JourneyMap,
    Lane,
    LaneKind,
    MapInvalid,
    MomentOfTruth,
    Note,
    Persona,
    Stage,
    Touchpoint,
    default_name,
    errors,
    from_dict,
    goal_conflicts,
    lane_kinds,
    schema,
)
from desireline.engine.rules.ast import Event, Property

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "docs" / "schemas" / "journey_map.schema.json"
IN_BROWSER = ROOT / "web" / "packages" / "map-core" / "src" / "edit" / "lane_kinds.json"


def touchpoint(key: str, **more: Any) -> Touchpoint:
    return Touchpoint(key=key, name=key.title(), rule=Event((key,)), **more)


def stage(key: str, *touchpoints: Touchpoint) -> Stage:
    return Stage(key=key, name=key.title(), touchpoints=touchpoints)


def shop(**more: Any) -> JourneyMap:
    stages = (
        stage("awareness", touchpoint("ad")),
        stage("purchase", touchpoint("cart"), touchpoint("order")),
    )
    return JourneyMap(**({"key": "shop", "name": "Shop", "stages": stages} | more))


def plain_shop() -> dict[str, Any]:
    return shop(lanes=(Lane(key="think", kind="think", name="Think"),)).to_dict()


class TestJourneyMap:
    def test_names_every_field_of_the_published_shape(self) -> None:
        found = shop().to_dict()
        assert list(found) == [
            "format", "key", "name", "version", "kind", "goal", "case_by", "personas",
            "stages", "lanes", "left_out", "scope", "parent", "actors", "notes",
        ]  # fmt: skip
        assert found["format"] == "desireline.map/1"
        assert found["goal"] == {"statement": "", "outcome": None}
        assert found["case_by"] == {"kind": "person", "column": None, "gap_seconds": None}
        assert list(found["stages"][0]["touchpoints"][0]) == [
            "key", "name", "kind", "rule", "channel", "initiator", "recipient", "optional",
            "repeatable", "milestone", "alternative_to", "not_before_seconds", "not_after_seconds",
            "failed_when", "owner", "goals", "moment_of_truth", "description",
        ]  # fmt: skip

    def test_lists_touchpoints_in_order_and_knows_their_stage(self) -> None:
        assert [t.key for t in shop().touchpoints] == ["ad", "cart", "order"]
        assert shop().stage_of("order").key == "purchase"
        with pytest.raises(KeyError, match="basket"):
            shop().stage_of("basket")

    def test_gives_a_new_map_with_another_rule_and_keeps_the_old(self) -> None:
        old = shop()
        new = old.with_touchpoint("cart", rule=Event(("basket",)))
        assert new.touchpoints[1].rule == Event(("basket",))
        assert old.touchpoints[1].rule == Event(("cart",))
        assert new.touchpoints[::2] == old.touchpoints[::2]

    def test_knows_the_columns_that_its_rules_look_at(self) -> None:
        assert shop().columns_needed() == frozenset()
        colour, size = Property("colour", "eq", "red"), Property("size", "exists")
        looking = shop(goal=Goal(outcome=~size), case_by=CaseBy("column", column="order_id"))
        looking = looking.with_touchpoint("cart", rule=Event(("cart",)) & colour)
        assert looking.columns_needed() == {"colour", "size", "order_id"}

    def test_reads_its_own_dictionary_back(self) -> None:
        lane = Lane(key="pain", kind="pain", name="Pain", cells={"cart": Cell(text="dear", n=3)})
        full = shop(lanes=(lane,), case_by=CaseBy("session", gap_seconds=1800))
        assert from_dict(full.to_dict()) == full
        assert from_dict(json.loads(json.dumps(full.to_dict()))) == full

    def test_names_a_part_after_its_key(self) -> None:
        assert default_name("cart_viewed") == "Cart viewed"
        assert default_name("éclair") == "Éclair"


class TestLaws:
    def refused(self, error: type[MapInvalid], **parts: Any) -> MapInvalid:
        with pytest.raises(error) as caught:
            shop(**parts)
        assert caught.value.hint
        return caught.value

    def test_refuses_a_touchpoint_key_that_stands_twice(self) -> None:
        stages = (stage("a", touchpoint("cart")), stage("b", touchpoint("cart")))
        error = self.refused(errors.KeyRepeated, stages=stages)
        assert str(error) == (
            "The touchpoint key 'cart' stands twice: stages[0].touchpoints[0] and "
            "stages[1].touchpoints[0]."
        )
        assert error.place == ("stages", 1, "touchpoints", 0, "key")

    def test_refuses_a_stage_key_that_stands_twice(self) -> None:
        stages = (stage("a", touchpoint("x")), stage("a", touchpoint("y")))
        assert "'a' stands twice" in str(self.refused(errors.KeyRepeated, stages=stages))

    @pytest.mark.parametrize("key", ["", "two words", "a\n", "x" * 201])
    def test_refuses_a_key_that_is_no_word(self, key: str) -> None:
        self.refused(errors.KeyUnfit, key=key)

    def test_takes_a_stage_that_has_no_touchpoint_yet(self) -> None:
        assert shop(stages=(stage("a"),)).touchpoints == ()

    @pytest.mark.parametrize("part", ["personas", "actors", "notes"])
    def test_refuses_a_part_that_stands_twice(self, part: str) -> None:
        made = {
            "personas": Persona(key="anna", name="Anna"),
            "actors": Actor(key="anna", name="Anna"),
            "notes": Note(key="anna", text="Asks twice"),
        }[part]
        error = self.refused(errors.KeyRepeated, **{part: (made, made)})
        assert error.place == (part, 1, "key")

    def test_refuses_an_alternative_to_nothing(self) -> None:
        stages = (stage("a", touchpoint("cart"), touchpoint("app", alternative_to="crat")),)
        error = self.refused(errors.TouchpointUnknown, stages=stages)
        assert "'app' is an alternative to 'crat', which is not on the map" in str(error)
        assert error.hint == "Did you mean 'cart'?"

    @pytest.mark.parametrize("other", ["c", "b"])
    def test_refuses_an_alternative_to_itself_or_to_an_alternative(self, other: str) -> None:
        parts = (touchpoint("a"), touchpoint("b", alternative_to="a"))
        stages = (stage("s", *parts, touchpoint("c", alternative_to=other)),)
        self.refused(errors.AlternativeUnfit, stages=stages)

    @pytest.mark.parametrize(
        ("low", "high"), [(10, 5), (-1, None), (None, float("inf")), (float("nan"), None)]
    )
    def test_refuses_bounds_that_no_event_can_meet(
        self, low: float | None, high: float | None
    ) -> None:
        unfit = touchpoint("a", not_before_seconds=low, not_after_seconds=high)
        error = self.refused(errors.BoundsReversed, stages=(stage("s", unfit),))
        assert "stages[0].touchpoints[0]" in str(error)

    def test_refuses_a_cell_for_a_touchpoint_that_is_not_there(self) -> None:
        lane = Lane(key="think", kind="think", name="Think", cells={"chart": Cell(text="hm")})
        error = self.refused(errors.TouchpointUnknown, lanes=(lane,))
        assert str(error) == (
            "Lane 'think' has a cell for touchpoint 'chart', which is not on the map."
        )

    def test_refuses_a_negative_number_of_people(self) -> None:
        lane = Lane(key="t", kind="think", name="T", cells={"ad": Cell(text="hm", n=-1)})
        assert "lanes[0].cells.ad.n is -1" in str(
            self.refused(errors.BoundsReversed, lanes=(lane,))
        )

    def test_refuses_what_a_kind_of_lane_does_not_take(self) -> None:
        lane = Lane(key="think", kind="think", name="T", cells={"ad": Cell(text="hm", value=1)})
        error = self.refused(errors.CellUnfit, lanes=(lane,))
        assert str(error) == (
            "lanes[0].cells.ad has 'value', which a lane of kind 'think' does not take."
        )
        assert error.hint == "It takes: text, evidence, n."

    @pytest.mark.parametrize(
        ("kind", "low", "high"), [("emotion", -2, 2), ("pain", 1, 5), ("employee_emotion", -2, 2)]
    )
    def test_refuses_a_value_beyond_its_bounds(
        self, kind: LaneKind, low: float, high: float
    ) -> None:
        def lanes(value: float) -> tuple[Lane, ...]:
            return (Lane(key="x", kind=kind, name="X", cells={"ad": Cell(value=value)}),)

        assert shop(lanes=lanes(low)).lanes[0].cells["ad"].value == low
        assert shop(lanes=lanes(high)).lanes[0].cells["ad"].value == high
        for value in (low - 0.5, high + 0.5, float("nan")):
            error = self.refused(errors.CellUnfit, lanes=lanes(value))
            assert error.hint.endswith(f"it goes from {low} to {high}.")

    def test_refuses_version_0(self) -> None:
        self.refused(errors.BoundsReversed, version=0)

    @pytest.mark.parametrize(
        "case_by",
        [
            CaseBy("column"),
            CaseBy("person", column="order_id"),
            CaseBy("session"),
            CaseBy("session", gap_seconds=0),
            CaseBy("person", gap_seconds=60),
        ],
    )
    def test_refuses_a_case_by_without_what_it_needs(self, case_by: CaseBy) -> None:
        self.refused(errors.CaseByIncomplete, case_by=case_by)

    def test_every_kind_of_lane_is_in_the_table_and_takes_fields_of_a_cell(self) -> None:
        assert set(LANE_KINDS) == set(get_args(LaneKind))
        fields = {f.name for f in msgspec.structs.fields(Cell)}
        assert all(set(form.takes) <= fields for form in LANE_KINDS.values())

    def test_the_browser_has_the_same_table(self) -> None:
        assert json.loads(IN_BROWSER.read_text()) == lane_kinds(), "write lane_kinds.json anew"

    def test_allows_a_map_without_stages(self) -> None:
        assert shop(stages=()).touchpoints == ()


class TestGoalConflicts:
    def test_names_those_who_pull_in_two_directions(self) -> None:
        goals = (
            DepartmentGoal(department="sales", statement="Sell", metric="exit", direction="down"),
            DepartmentGoal(department="risk", statement="Check", metric="exit", direction="up"),
            DepartmentGoal(department="service", statement="Few calls", against=("sales",)),
            DepartmentGoal(department="sales", statement="Fast", metric="exit", direction="up"),
        )
        stages = (stage("a", touchpoint("ad"), touchpoint("cart", goals=goals)),)
        found = [
            (c.touchpoint, *c.departments, c.metric) for c in goal_conflicts(shop(stages=stages))
        ]
        assert found == [
            ("cart", "sales", "risk", "exit"),
            ("cart", "sales", "service", None),
            ("cart", "service", "sales", None),
        ]


class TestFromDict:
    def test_a_moment_of_truth_may_just_say_true(self) -> None:
        data = plain_shop()
        data["stages"][0]["touchpoints"][0]["moment_of_truth"] = True
        data["stages"][1]["touchpoints"][0]["moment_of_truth"] = False
        found = from_dict(data)
        assert found.touchpoints[0].moment_of_truth == MomentOfTruth(status="nominated")
        assert found.touchpoints[1].moment_of_truth is None

    @pytest.mark.parametrize("score", [0, 6])
    def test_importances_go_from_1_to_5(self, score: int) -> None:
        data = plain_shop()
        data["stages"][0]["touchpoints"][0]["moment_of_truth"] = {"to_customer": score}
        assert self.refused(data).place[-1] == "to_customer"

    def refused(self, data: Any, error: type[MapInvalid] = errors.MapUnreadable) -> MapInvalid:
        with pytest.raises(error) as caught:
            from_dict(data)
        assert caught.value.hint
        return caught.value

    def test_names_place_and_value_of_a_wrong_type(self) -> None:
        data = plain_shop()
        data["stages"][1]["touchpoints"][0]["name"] = 404
        error = self.refused(data)
        assert str(error) == (
            "stages[1].touchpoints[0].name is 404: expected text, got a whole number."
        )
        assert error.place == ("stages", 1, "touchpoints", 0, "name")
        assert "quotes" in error.hint

    def test_names_the_cell_that_is_unfit(self) -> None:
        data = plain_shop()
        data["lanes"][0]["cells"] = {"ad": {"text": "fine"}, "cart": {"text": "x", "n": "many"}}
        assert self.refused(data).place == ("lanes", 0, "cells", "cart", "n")

    def test_names_an_unknown_field(self) -> None:
        data = plain_shop()
        data["stages"][0]["colour"] = "red"
        error = self.refused(data)
        assert str(error) == "stages[0] has a field 'colour', which is not known there."

    def test_names_a_missing_field(self) -> None:
        data = plain_shop()
        del data["stages"][0]["touchpoints"][0]["rule"]
        assert str(self.refused(data)) == "stages[0].touchpoints[0] has no 'rule'."

    def test_says_what_may_stand_where_a_word_is_wrong(self) -> None:
        data = plain_shop()
        data["kind"] = "dream"
        assert self.refused(data).hint == "Write one of: as_is, hypothesis, to_be."
        data = plain_shop()
        data["lanes"][0]["kind"] = "smell"
        assert "backstage" in self.refused(data).hint
        data = plain_shop()
        data["stages"][0]["touchpoints"][0]["rule"] = {"type": "events"}
        assert "event, " in self.refused(data).hint

    def test_tells_a_newer_format_from_an_unknown_one(self) -> None:
        newer = self.refused({"format": "desireline.map/2"}, errors.MapFormatUnknown)
        assert "newer Desireline" in newer.hint
        other = self.refused({"format": "smaply"}, errors.MapFormatUnknown)
        assert "desireline.map/1" in other.hint

    @pytest.mark.parametrize("data", [None, [], "map", 3])
    def test_refuses_what_is_no_mapping(self, data: Any) -> None:
        self.refused(data)

    def test_refuses_a_rule_that_is_nested_too_deep(self) -> None:
        rule: dict[str, Any] = {"type": "event", "in": ["a"]}
        for _ in range(100_000):
            rule = {"type": "not", "rule": rule}
        data = plain_shop()
        data["goal"]["outcome"] = rule
        self.refused(data)


class TestSchema:
    def test_is_published_as_it_is(self) -> None:
        text = msgspec.json.format(msgspec.json.encode(schema()), indent=2) + b"\n"
        assert SCHEMA.read_bytes() == text, "write docs/schemas/journey_map.schema.json anew"

    def test_is_a_schema_and_takes_a_map(self) -> None:
        jsonschema.Draft202012Validator.check_schema(schema())
        jsonschema.validate(shop().to_dict(), schema())

    def test_refuses_an_unknown_field(self) -> None:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(shop().to_dict() | {"colour": "red"}, schema())
