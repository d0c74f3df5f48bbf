"""What two documents differ in."""

from __future__ import annotations

from hypothesis import given, settings
from tests.engine.maps import any_map, map_of, stage, touchpoint

from desireline.engine.journey_map import Cell, JourneyMap, Lane, LeftOut
from desireline.engine.journey_map.difference import difference


def told(before: JourneyMap, after: JourneyMap) -> list[tuple[str, str, str]]:
    return [(d.part, d.touchpoint or d.key, d.what) for d in difference(before, after)]


def lane(**cells: str) -> Lane:
    made = {key: Cell(text=text) for key, text in cells.items()}
    return Lane(key="think", kind="think", name="Think", cells=made)


class TestDifference:
    def test_names_parts_by_what_became_of_them(self) -> None:
        before = map_of(
            stage("look", "ad", "search"),
            stage("buy", "cart", "order"),
            lanes=(lane(ad="Nice", cart="Dear"),),
            left_out=(LeftOut(event="ping"),),
        )
        after = map_of(
            stage("look", "ad"),
            stage("buy", touchpoint("cart", name="Basket"), "search", "order"),
            stage("keep", "mail"),
            lanes=(lane(ad="Nice", cart="Too dear", order="At last"),),
            kind="to_be",
        )
        assert told(before, after) == [
            ("map", "", "changed"),
            ("stage", "keep", "added"),
            ("touchpoint", "cart", "changed"),
            ("touchpoint", "search", "moved"),
            ("touchpoint", "mail", "added"),
            ("cell", "cart", "changed"),
            ("cell", "order", "added"),
            ("left_out", "ping", "removed"),
        ]
        found = difference(before, after)
        assert [(f.field, f.before, f.after) for f in found[0].fields] == [
            ("kind", "as_is", "to_be")
        ]
        assert [(f.field, f.before, f.after) for f in found[3].fields] == [("stage", "look", "buy")]
        assert [(f.field, f.before, f.after) for f in found[5].fields] == [
            ("text", "Dear", "Too dear")
        ]

    def test_of_a_swap_one_has_moved(self) -> None:
        before, after = map_of(stage("a", *"xyz")), map_of(stage("a", *"zxy"))
        assert told(before, after) == [("touchpoint", "z", "moved")]

    def test_a_lane_that_goes_takes_its_cells(self) -> None:
        before = map_of(stage("a", "x"), lanes=(lane(x="Hm"),))
        assert told(before, map_of(stage("a", "x"))) == [
            ("lane", "think", "removed"),
            ("cell", "x", "removed"),
        ]

    @settings(max_examples=60, deadline=None)
    @given(any_map())
    def test_of_a_map_with_itself_is_nothing(self, document: JourneyMap) -> None:
        assert difference(document, document) == ()

    @settings(max_examples=60, deadline=None)
    @given(any_map(), any_map())
    def test_there_and_back_what_was_added_was_removed(self, a: JourneyMap, b: JourneyMap) -> None:
        there, back = (
            {(d.part, d.key, d.touchpoint) for d in difference(x, y) if d.what == what}
            for x, y, what in ((a, b, "added"), (b, a, "removed"))
        )
        assert there == back
