"""Further columns, and columns that decide the order."""

from __future__ import annotations

import numpy as np
import pytest
from tests.formats.reading_cases import DAY, set_aside, walks, written

from desireline.engine.rules import Direction, matches
from desireline.engine.rules.names import DIRECTION
from desireline.formats.reading import Mapping, read

FRAME = {
    "case": ["a", "a", "b", "b"],
    "event": ["x", "y", "x", "y"],
    "time": [DAY, DAY + 1, DAY, DAY + 1],
    "channel": ["web", "", "app", "web"],
    "actor": ["person", "staff", "person", "person"],
    "value": ["1.5", "", "-2", "free"],
    "zip": ["01234", "56789", "01234", ""],
    "size": ["1", "2.5", "", "3"],
    "brand": ["A", "", "B", "A"],
    "n": [1, 2, 3, 4],
}


class TestDirections:
    """A rule about directions answers over a file as over the log: what is not said is inbound."""

    @pytest.mark.parametrize("mapping", [Mapping(direction="way"), Mapping()])
    def test_are_the_column_of_the_role(self, mapping: Mapping):
        name = mapping.direction or "Direction"
        frame = FRAME | {name: ["outbound", "", "inbound", "internal"]}
        journeys = read(frame, mapping, columns=(DIRECTION,))
        assert matches(journeys, Direction(("outbound",))).tolist() == [True, False, False, False]
        assert matches(journeys, Direction(("inbound",))).tolist() == [False, True, True, False]

    def test_without_the_column_all_are_inbound(self):
        journeys = read(FRAME, columns=(DIRECTION,))
        assert matches(journeys, Direction(("inbound", "internal"))).all()
        assert not matches(journeys, Direction(("outbound",))).any()


class TestFurtherColumns:
    def test_channel_actor_and_value(self):
        journeys = read(FRAME)
        assert journeys.channel is not None
        assert journeys.actor is not None
        assert journeys.value is not None
        assert [journeys.channels[c] for c in journeys.channel] == ["web", "", "app", "web"]
        assert [journeys.actors[c] for c in journeys.actor] == [
            "person",
            "staff",
            "person",
            "person",
        ]
        assert np.array_equal(journeys.value, [1.5, np.nan, -2, np.nan], equal_nan=True)
        assert "1 values of value are no numbers, and count as none." in journeys.provenance.notes

    def test_properties_are_text_or_numbers(self):
        columns = read(FRAME, columns=("zip", "size", "brand", "n")).columns
        assert columns["zip"].values == ("01234", "56789")
        assert columns["zip"].codes is not None
        assert columns["zip"].codes.tolist() == [0, 1, 0, -1]
        assert np.array_equal(columns["size"].numbers, [1, 2.5, np.nan, 3], equal_nan=True)
        assert columns["brand"].values == ("A", "B")
        assert columns["n"].numbers.tolist() == [1, 2, 3, 4]

    def test_all_columns(self):
        columns = read(FRAME, columns="all").columns
        assert set(columns) == {"zip", "size", "brand", "n"}

    def test_decimal_comma(self, tmp_path):
        path = written(tmp_path, "case;event;time;value\na;x;2020-01-01;12,50\na;y;2020-01-02;3\n")
        journeys = read(path)
        assert journeys.value is not None
        assert journeys.value.tolist() == [12.5, 3]

    def test_too_many_channels_are_left_out_unless_told(self):
        n = 300
        frame = {
            "case": ["a"] * n,
            "event": ["x"] * n,
            "time": np.arange(n),
            "channel": np.arange(n),
        }
        journeys = read(frame)
        assert journeys.channel is None
        assert "channel" not in journeys.provenance.columns
        assert any("300 distinct values" in note for note in journeys.provenance.notes)


class TestOrder:
    @pytest.mark.parametrize(
        "order",
        [
            [3, 1, 2],
            ["10", "2", "9"],
            ["2.5", "-1", "2"],
            ["c", "a", "b"],
            ["2020-01-03", "2020-01-01", "2020-01-02T10:00"],
        ],
    )
    def test_decides_the_sequence(self, order):
        journeys = read(
            {
                "case": ["p"] * 3,
                "event": ["c", "a", "b"],
                "time": [DAY, DAY + 5, DAY + 9],
                "n": order,
            },
            Mapping(order=("n",)),
        )
        assert [e for e, _ in walks(journeys)["p"]] == ["a", "b", "c"]
        assert not journeys.ordered_by_time
        assert journeys.provenance.columns["order"] == "n"

    def test_a_row_without_a_place_is_set_aside(self):
        frame = {"case": ["p"] * 2, "event": ["a", "b"], "time": [DAY] * 2, "n": ["1", ""]}
        assert set_aside(read(frame, Mapping(order=("n",)))) == [(2, "n", "", "it is empty")]

    def test_a_time_that_decides_the_sequence_is_the_time(self):
        frame = {
            "number": ["p"] * 2,
            "state": ["b", "a"],
            "sys_updated_at": ["2020-01-02", "2020-01-01"],
        }
        journeys = read(frame, Mapping(order=("sys_updated_at",)))
        assert walks(journeys) == {"p": [("a", DAY), ("b", DAY + 86400)]}
        assert journeys.provenance.columns["time"] == "sys_updated_at"
