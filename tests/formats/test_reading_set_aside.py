"""Rows that cannot be read are set aside, counted and told."""

from __future__ import annotations

import polars as pl
import pytest
from tests.formats.reading_cases import DAY, csv_of, set_aside, walks, written

from desireline.formats.reading import Mapping, read


class TestSetAside:
    def test_each_reason_names_line_column_and_value(self, tmp_path):
        path = written(
            tmp_path,
            csv_of(
                "a,x,2020-01-01",
                ",x,2020-01-01",
                'a,"  ",2020-01-01',
                "a,x,",
                "a,x,soon",
                "a,x,0001-01-01",
                "a,x,9999-12-31",
                "a,x,infinity",
            ),
        )
        journeys = read(path)
        assert walks(journeys) == {"a": [("x", DAY)]}
        placeholder = "it is no time of an event: not from 1900 to 2200"
        assert set_aside(journeys) == [
            (3, "case_id", "", "it is empty"),
            (4, "event", "  ", "it is empty"),
            (5, "timestamp", "", "it is empty"),
            (6, "timestamp", "soon", "it is not a time"),
            (7, "timestamp", "0001-01-01", placeholder),
            (8, "timestamp", "9999-12-31", placeholder),
            (9, "timestamp", "infinity", placeholder),
        ]
        assert journeys.provenance.set_aside == 7
        assert journeys.provenance.rows == 8

    def test_rows_of_another_width(self, tmp_path):
        path = written(
            tmp_path,
            csv_of('a,"x\ny",2020-01-01', "", "a,x", "a,x,2020-01-02,z", "a,z,2020-01-03", "a,x,?"),
        )
        journeys = read(path)
        assert [e for e, _ in walks(journeys)["a"]] == ["x\ny", "z"]
        assert set_aside(journeys) == [
            (5, "", "a,x", "it has 2 fields where the header has 3"),
            (6, "", "a,x,2020-01-02,z", "it has 4 fields where the header has 3"),
            (8, "timestamp", "?", "it is not a time"),
        ]
        assert journeys.provenance.rows == 5

    def test_rows_that_are_no_csv_or_far_too_long(self, tmp_path):
        long = f"a,{'x' * 3_000_000},2020-01-01"
        journeys = read(written(tmp_path, csv_of('a,"b"c,2020-01-01', long, "a,x,2020-01-01")))
        assert walks(journeys) == {"a": [("x", DAY)]}
        (first, second) = set_aside(journeys)
        assert first[:3] == (2, "", 'a,"b"c,2020-01-01')
        assert first[3].startswith("it is no CSV")
        assert second[0] == 3
        assert second[3] == "it is longer than 500,000 signs"

    @pytest.mark.parametrize("ends", ["\r", "\r\n", "\n"])
    def test_every_end_of_line(self, tmp_path, ends):
        text = csv_of("a,x,2020-01-01", "a,y,soon", "a,z,2020-01-02").replace("\n", ends)
        journeys = read(written(tmp_path, text))
        assert [e for e, _ in walks(journeys)["a"]] == ["x", "z"]
        assert set_aside(journeys)[0][0] == 3

    def test_ends_of_lines_that_differ(self, tmp_path):
        path = written(tmp_path, "case,event,time\r\na,x,2020-01-01\na,y,soon\r\n")
        assert set_aside(read(path)) == [(3, "time", "soon", "it is not a time")]

    def test_a_row_with_a_nul_byte(self, tmp_path):
        journeys = read(written(tmp_path, csv_of("a,x,2020-01-01", "a,x\0y,2020-01-01")))
        assert set_aside(journeys) == [(3, "", "a,x\0y,2020-01-01", "it holds a NUL byte")]

    def test_a_header_over_two_lines_after_blank_ones(self, tmp_path):
        for blank in ("", "\n\n"):
            text = blank + '"case_id","event","time\nstamp"\na,x,2020-01-01\na,x,soon\n'
            journeys = read(written(tmp_path, text), Mapping(time="time\nstamp"))
            assert set_aside(journeys)[0][0] == 4 + len(blank)

    def test_line_numbers_count_newlines_in_quotes_and_blank_lines(self, tmp_path):
        path = written(tmp_path, csv_of('a,"x\ny\nz",2020-01-01', "", "a,x,soon"))
        assert set_aside(read(path)) == [(6, "timestamp", "soon", "it is not a time")]

    def test_a_parquet_row(self):
        frame = pl.DataFrame(
            {"case": ["a", None, "a"], "event": ["x", "x", None], "time": [DAY, DAY, DAY]}
        )
        assert set_aside(read(frame)) == [
            (2, "case", "", "it is empty"),
            (3, "event", "", "it is empty"),
        ]

    def test_json_lines(self, tmp_path):
        good = '{"case": "a", "event": "x", "time": 1577836800}'
        path = written(
            tmp_path, "\n".join([good, "", '{"case": 1', "[1]", good, '{"case": "a"}']), "e.jsonl"
        )
        journeys = read(path)
        assert walks(journeys) == {"a": [("x", DAY), ("x", DAY)]}
        rows = set_aside(journeys)
        assert [row[0] for row in rows] == [3, 4, 6]
        assert rows[0][2:] == ('{"case": 1', rows[0][3])
        assert rows[0][3].startswith("it is not JSON")
        assert rows[1][3] == "it is not a record in braces"
        assert rows[2][1:] == ("event", "", "it is empty")

    def test_only_the_first_are_listed_but_all_are_counted(self, tmp_path):
        path = written(tmp_path, csv_of("a,x,2020-01-01", *["a,x,soon"] * 50))
        provenance = read(path).provenance
        assert provenance.set_aside == 50
        assert [e.row for e in provenance.examples] == list(range(3, 23))

    def test_names_used_only_by_such_rows_are_forgotten(self, tmp_path):
        path = written(tmp_path, csv_of("b,y,soon", "a,x,2020-01-01"))
        journeys = read(path, columns=("event",))
        assert journeys.events == ("x",)
        assert list(journeys.ids) == ["a"]
        assert len(journeys.columns["event"]) == 1
