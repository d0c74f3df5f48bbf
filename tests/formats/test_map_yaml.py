"""Maps as YAML: round trip, short forms, traps of YAML 1.1, and errors that point at the place."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from tests.engine.maps import any_map, map_of, stage, touchpoint

from desireline.engine.journey_map import CaseBy, Cell, JourneyMap, LeftOut
from desireline.engine.living_map.cells import METRICS
from desireline.engine.living_map.figures import TouchpointFigures
from desireline.engine.rules.ast import Event
from desireline.formats.map_yaml import MapFileUnreadable, dumps, loads, read_map, write_map

BY_HAND = """\
format: desireline.map/1
key: shop
name: Cat-fountain shop
goal:
  statement: A cat that drinks
  outcome: order_completed
case_by:
  gap_seconds: 1800.0
stages:
  - key: purchase
    touchpoints:
      - key: cart
        name: Cart filled
        rule:
          - cart_filled
          - cart_changed
        channel: web
      - key: order_completed
        rule: order_completed
lanes:
  - key: think
    cells:
      cart: Will it be loud?
      order_completed:
        text: At last.
        evidence: reported
        n: 12
left_out:
  - heartbeat
  - event: page_ping
    reason: every minute, whoever sits there
"""


def text(block: str) -> str:
    return textwrap.dedent(block)


class TestRoundTrip:
    @settings(max_examples=60)
    @given(any_map())
    def test_is_identity(self, journey_map: JourneyMap) -> None:
        assert loads(dumps(journey_map)) == journey_map

    @settings(max_examples=60)
    @given(any_map())
    def test_keeps_texts_for_readers_of_yaml_1_1(self, journey_map: JourneyMap) -> None:
        plain = yaml.safe_load(dumps(journey_map))
        assert plain["key"] == journey_map.key
        for found, expected in zip(plain.get("stages", []), journey_map.stages, strict=True):
            keys = [t["key"] for t in found.get("touchpoints", [])]
            assert keys == [t.key for t in expected.touchpoints]

    def test_keeps_what_a_person_wrote_to_the_last_character(self) -> None:
        assert dumps(loads(BY_HAND)) == BY_HAND

    def test_writes_a_long_text_in_one_line(self) -> None:
        words = "a word " * 100 + "end"
        long = map_of(stage("a", touchpoint("b", description=words)))
        assert f"description: {words}\n" in dumps(long)


class TestShortForms:
    def test_stand_for_the_full_ones(self) -> None:
        found = loads(BY_HAND)
        assert found.goal.outcome == Event(("order_completed",))
        assert found.touchpoints[0].rule == Event(("cart_filled", "cart_changed"))
        assert found.touchpoints[1].name == "Order completed"
        assert found.stages[0].name == "Purchase"
        assert found.case_by == CaseBy("session", gap_seconds=1800)
        assert found.lanes[0].kind == "think"
        assert found.lanes[0].cells["cart"] == Cell(text="Will it be loud?", evidence="declared")
        assert found.left_out[0] == LeftOut(event="heartbeat")

    def test_and_full_ones_give_the_same_map(self) -> None:
        found = loads(BY_HAND)
        assert loads(yaml.safe_dump(found.to_dict())) == found

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("case_by: person", CaseBy("person")),
            ("case_by: {column: order_id}", CaseBy("column", column="order_id")),
            ("case_by: {kind: session, gap_seconds: 60}", CaseBy("session", gap_seconds=60)),
        ],
    )
    def test_of_case_by(self, written: str, meant: CaseBy) -> None:
        assert loads(f"key: a\n{written}").case_by == meant

    def test_of_a_goal_is_its_statement(self) -> None:
        assert loads("key: a\ngoal: A cat that drinks").goal.statement == "A cat that drinks"


class TestTraps:
    @pytest.mark.parametrize("word", ["NO", "on", "Yes", "2024-05-01", "12:30:00", "0o17", "1_000"])
    def test_a_plain_word_stays_that_word(self, word: str) -> None:
        assert loads(f"key: {word}").key == word
        assert loads(f"key: a\nstages: [{{key: s, touchpoints: [{{key: {word}, rule: {word}}}]}}]")

    def test_a_number_where_a_name_belongs_is_told(self) -> None:
        with pytest.raises(MapFileUnreadable, match="rule is 404") as caught:
            loads("key: a\nstages: [{key: s, touchpoints: [{key: gone, rule: 404}]}]")
        assert "quotes" in caught.value.hint

    @pytest.mark.parametrize(
        "refused",
        ["a: &x b", "a: *x", "a: !!int 3", "? [a]\n: b", "key: a\nkey: b", "--- a\n--- b"],
    )
    def test_what_maps_do_not_use_is_refused(self, refused: str) -> None:
        with pytest.raises(MapFileUnreadable):
            loads(refused)


class TestErrors:
    def refused(self, block: str) -> MapFileUnreadable:
        with pytest.raises(MapFileUnreadable) as caught:
            loads(text(block), "shop.yaml")
        assert caught.value.hint
        return caught.value

    def test_point_at_a_wrong_value(self) -> None:
        error = self.refused(
            """\
            key: shop
            stages:
              - key: buy
                touchpoints:
                  - key: cart
                    rule: cart
                    optional: perhaps
            """
        )
        assert (error.line, error.column) == (7, 9)
        assert str(error) == (
            "shop.yaml, line 7, column 9: stages[0].touchpoints[0].optional is 'perhaps': "
            "expected true or false, got text."
        )

    def test_point_at_an_unknown_field(self) -> None:
        error = self.refused(
            """\
            key: shop
            stages:
              - key: buy
                touchpoints:
                  - key: cart
                    ruel: cart
            """
        )
        assert error.line == 6
        assert "'ruel'" in str(error)

    def test_point_at_a_broken_law(self) -> None:
        error = self.refused(
            """\
            key: shop
            stages:
              - key: buy
                touchpoints:
                  - {key: cart, rule: cart}
                  - {key: cart, rule: order}
            """
        )
        assert (error.line, error.column) == (6, 10)
        assert "'cart' stands twice" in str(error)

    def test_point_at_what_is_no_yaml(self) -> None:
        error = self.refused("key: shop\nname: one: two\n")
        assert (error.line, error.column) == (2, 10)

    def test_point_at_a_character_that_may_not_stand_there(self) -> None:
        error = self.refused("key: shop\nname: a\x00b\n")
        assert (error.line, error.column) == (2, 8)

    def test_end_a_bottomless_nest(self) -> None:
        assert "levels deep" in str(self.refused("a: " + "[" * 10_000))

    @pytest.mark.parametrize("nothing", ["", "# a comment\n", "- a\n", "map\n"])
    def test_say_what_a_map_is(self, nothing: str) -> None:
        assert "A map is a mapping of fields" in str(self.refused(nothing))


class TestFiles:
    def test_are_read_as_they_were_written(self, tmp_path: Path) -> None:
        journey_map = loads(BY_HAND)
        for name in ("map.yaml", "map.json"):
            path = write_map(journey_map, tmp_path / name)
            assert read_map(path) == journey_map
        assert sorted(p.name for p in tmp_path.iterdir()) == ["map.json", "map.yaml"]

    def test_the_map_beside_a_page_is_read(self, tmp_path: Path) -> None:
        journey_map = loads(BY_HAND)
        path = tmp_path / "map.json"
        whole = {"format": "desireline.map-file/1", "map": journey_map.to_dict(), "figures": {}}
        path.write_bytes(msgspec.json.encode(whole))
        assert read_map(path) == journey_map

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("map.yaml", b"key: \xff", "byte 5 is 0xff"),
            ("map.json", b'{"key": ', "is not JSON"),
            ("map.json", b'{"key": 3}', "expected text"),
        ],
    )
    def test_that_are_no_maps_are_told(
        self, tmp_path: Path, name: str, content: bytes, said: str
    ) -> None:
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(MapFileUnreadable, match=said) as caught:
            read_map(path)
        assert str(path) in str(caught.value)

    def test_that_do_not_exist_are_told(self, tmp_path: Path) -> None:
        with pytest.raises(MapFileUnreadable, match="No such file"):
            read_map(tmp_path / "none.yaml")

    def test_may_begin_with_a_byte_order_mark(self, tmp_path: Path) -> None:
        path = tmp_path / "map.yaml"
        path.write_bytes(b"\xef\xbb\xbf" + BY_HAND.encode())
        assert read_map(path) == loads(BY_HAND)


class TestTheDocumentsExample:
    PAGE = Path(__file__).parents[2] / "docs" / "maps.md"

    def example(self) -> str:
        return self.PAGE.read_text().split("```yaml\n")[1].split("```")[0]

    def test_is_a_map_and_is_written_as_it_stands(self) -> None:
        found = loads(self.example())
        assert [s.key for s in found.stages] == ["awareness", "consideration", "purchase"]
        assert found.touchpoints[-1].moment_of_truth
        assert dumps(found) == self.example()

    def test_names_every_metric_that_can_be_computed(self) -> None:
        text = self.PAGE.read_text().split("### Lanes of figures")[1]
        assert not [key for key in METRICS if f"`{key}`" not in text]

    def test_names_every_figure_it_explains(self) -> None:
        told = self.PAGE.read_text().partition("## The figures")[2].partition("### Lanes")[0]
        rows = re.findall(r"^\| `(\w+)`(?:, `(\w+)`)? \|", told, re.MULTILINE)
        named = {name for row in rows for name in row if name}
        known = {field.name for field in msgspec.structs.fields(TouchpointFigures)}
        assert len(named) > 8
        assert named <= known
