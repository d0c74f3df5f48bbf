"""Files that read: every format, every way to write a time, and what is set aside."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import polars as pl
import pytest
from tests.formats.reading_cases import DATA, csv_of, set_aside, walks, written

from desireline.formats.errors import ColumnsRepeated, FileTypeUnknown
from desireline.formats.reading import Mapping, read

DAY = 1_577_836_800
"""2020-01-01T00:00:00Z in seconds."""

ROWS = [
    ("NA", "order", "2020-01-01T10:00:00Z"),
    ("7", "visit", "2020-01-01T09:00:00Z"),
    ("NA", "visit", "2020-01-01T08:00:00Z"),
    ("NA", 'say "hi", you\nthere', "2020-01-01T10:00:00Z"),
]
WALKS = {
    "NA": [
        ("visit", DAY + 8 * 3600),
        ("order", DAY + 10 * 3600),
        ('say "hi", you\nthere', DAY + 10 * 3600),
    ],
    "7": [("visit", DAY + 9 * 3600)],
}
XES = """<?xml version="1.0" encoding="UTF-8" ?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
  <string key="concept:name" value="the log"/>
  {}
</log>
"""


def xes_of(rows):
    cases = dict.fromkeys(case for case, _, _ in rows)
    return XES.format(
        "\n".join(
            f'<trace><string key="concept:name" value="{case}"/>'
            f'<string key="kind" value="k{case}"/>'
            + "".join(
                f'\n<event><string key="concept:name" value="{_xml(event)}"/>'
                f'<date key="time:timestamp" value="{time}"/>'
                '<list key="l"><values><string key="concept:name" value="inner"/></values></list>'
                "</event>"
                for c, event, time in rows
                if c == case
            )
            + "</trace>"
            for case in cases
        )
    )


def _xml(text):
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("\n", "&#10;")


def as_csv(delimiter=","):
    return pd.DataFrame(ROWS, columns=["case_id", "event", "timestamp"]).to_csv(
        sep=delimiter, index=False
    )


def as_jsonl():
    return "\n".join(json.dumps({"case_id": c, "event": e, "timestamp": t}) for c, e, t in ROWS)


class TestEveryFormat:
    @pytest.mark.parametrize("packed", [False, True])
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("e.csv", as_csv()),
            ("e.csv", as_csv(";")),
            ("e.txt", as_csv("|")),
            ("e.tsv", as_csv("\t")),
            ("e.csv", as_csv().replace("\n", "\r\n").replace("you\r\n", "you\n")),
            ("e.csv", "\ufeff" + as_csv()),
            ("e.jsonl", as_jsonl()),
            ("e.ndjson", as_jsonl()),
            ("e.json", "[" + as_jsonl().replace("\n{", ",\n{") + "]"),
            ("e.xes", xes_of(ROWS)),
        ],
    )
    def test_gives_the_same_journeys(self, tmp_path, name, content, packed):
        raw = content.encode()
        path = written(
            tmp_path, gzip.compress(raw) if packed else raw, name + ".gz" if packed else name
        )
        journeys = read(path)
        assert walks(journeys) == WALKS
        assert journeys.provenance.set_aside == 0
        assert journeys.provenance.rows == 4

    def test_parquet(self, tmp_path):
        frame = pl.DataFrame(ROWS, schema=["case_id", "event", "timestamp"], orient="row")
        frame.write_parquet(tmp_path / "e.parquet")
        assert walks(read(tmp_path / "e.parquet")) == WALKS
        assert walks(read(str(tmp_path / "e.parquet"))) == WALKS
        assert walks(read(frame)) == WALKS

    def test_frames(self):
        frame = pd.DataFrame(ROWS, columns=["case_id", "event", "timestamp"])
        assert walks(read(frame)) == WALKS
        assert walks(read(frame.assign(timestamp=pd.to_datetime(frame["timestamp"])))) == WALKS
        lazy = pl.LazyFrame({c: list(frame[c]) for c in frame})
        assert walks(read(lazy)) == WALKS
        assert walks(read({c: list(frame[c]) for c in frame})) == WALKS
        assert walks(read({c: frame[c].to_numpy() for c in frame})) == WALKS

    def test_what_is_no_table(self):
        with pytest.raises(FileTypeUnknown, match="This int is not a table"):
            read(5)
        with pytest.raises(ColumnsRepeated, match="'a' more than once"):
            read(pd.DataFrame([[1, 2]], columns=["a", "a"]))

    def test_a_path_with_wildcards_is_taken_literally(self, tmp_path):
        written(tmp_path, as_csv(), "e1.csv")
        assert walks(read(written(tmp_path, as_csv(), "e[1]*.csv"))) == WALKS

    def test_other_encodings(self, tmp_path):
        text = csv_of("a,café œuf,2020-01-01")
        for encoding in ("cp1252", "utf-16", "utf-8"):
            path = written(tmp_path, text.encode(encoding))
            assert walks(read(path, Mapping(encoding=encoding))) == {"a": [("café œuf", DAY)]}
        marked = read(written(tmp_path, text.encode("utf-16")))
        assert marked.events == ("café œuf",)
        assert any("utf-16" in note for note in marked.provenance.notes)

    def test_a_delimiter_that_is_told(self, tmp_path):
        path = written(tmp_path, as_csv("^"))
        assert walks(read(path, Mapping(delimiter="^"))) == WALKS
        path = written(tmp_path, as_csv("\t"))
        assert walks(read(path, Mapping(delimiter="tab"))) == WALKS

    def test_xes_attributes(self, tmp_path):
        journeys = read(written(tmp_path, xes_of(ROWS), "e.xes"), columns=("case:kind",))
        kind = journeys.columns["case:kind"]
        assert kind.codes is not None
        assert [kind.values[c] for c in kind.codes] == ["kNA"] * 3 + ["k7"]
        assert journeys.provenance.columns == {
            "case": "case:concept:name",
            "event": "concept:name",
            "time": "time:timestamp",
        }

    def test_one_event(self, tmp_path):
        journeys = read(written(tmp_path, csv_of("a,b,2020-01-01")))
        assert walks(journeys) == {"a": [("b", DAY)]}

    def test_cases_come_in_the_order_they_appear(self, tmp_path):
        journeys = read(written(tmp_path, csv_of("b,x,2020-01-02", "a,x,2020-01-01")))
        assert list(journeys.ids) == ["b", "a"]


class TestIds:
    @pytest.mark.parametrize(
        ("names", "whole"),
        [
            (["1", "20", "-3"], True),
            (["1", "007"], False),
            (["1", "+2"], False),
            (["1", "99999999999999999999"], False),
            (["1", "a"], False),
        ],
    )
    def test_integers_stay_integers(self, tmp_path, names, whole):
        journeys = read(written(tmp_path, csv_of(*(f"{n},x,2020-01-01" for n in names))))
        assert list(journeys.ids) == names
        assert (journeys.ids.integers is not None) == whole

    def test_whole_numbers_that_pandas_made_floats(self):
        frame = pd.DataFrame({"case": [17850.0, None, 17850.0], "event": ["x", "y", None]})
        journeys = read(frame.assign(time=DAY))
        assert list(journeys.ids) == ["17850"]
        assert [row[:2] for row in set_aside(journeys)] == [(2, "case"), (3, "event")]

    def test_missing_as_pandas_writes_it(self):
        frame = pd.DataFrame({"case": ["a"] * 4, "event": ["x", None, np.nan, pd.NA]}, dtype=object)
        journeys = read(frame.assign(time=DAY))
        assert journeys.events == ("x",)
        assert journeys.provenance.set_aside == 3

    def test_a_number_for_each_row_is_doubted(self):
        journeys = read({"id": [1, 2], "event": ["x", "y"], "time": [DAY, DAY]})
        assert (
            "Every id has one event only: is it the case? See --case." in journeys.provenance.notes
        )

    def test_a_hundred_thousand_event_types(self):
        n = 100_000
        journeys = read(
            {"case": np.zeros(n, int), "event": [f"e{i}" for i in range(n)], "time": np.arange(n)}
        )
        assert journeys.code.dtype == np.uint32
        assert journeys.events[99_999] == "e99999"

    def test_bytes_an_event(self):
        n = 100_000
        journeys = read(
            {
                "case": np.arange(n) // 20,
                "event": np.arange(n) % 7,
                "time": np.arange(n),
                "channel": np.arange(n) % 3,
                "actor": np.arange(n) % 2,
                "value": np.arange(n) / 2,
            }
        )
        assert journeys.nbytes <= 16 * n + 32 * len(journeys)


class TestTimes:
    @pytest.mark.parametrize(
        ("value", "seconds"),
        [
            ("2020-01-01", DAY),
            ("2020-01-01 10:00", DAY + 36000),
            ("2020-01-01T10:00:00.250", DAY + 36000.25),
            ("2020-01-01T10:00:00.123456789Z", DAY + 36000.123456),
            ("2020-01-01T10:00:00+02:00", DAY + 28800),
            ("2020-01-01 10:00:00-0530", DAY + 36000 + 19800),
            ("2020-01-01 10:00:00 +0200", DAY + 28800),
            (" 2020-01-01 10:00:00 ", DAY + 36000),
            ("2020/01/01 10:00:00", DAY + 36000),
            ("2020-01-01 10:00:00,250", DAY + 36000.25),
            ("20200101T100000Z", DAY + 36000),
            ("20200101", DAY),
            ("20200101100000", DAY + 36000),
            ("1577872800", DAY + 36000),
            ("1577872800.5", DAY + 36000.5),
            ("1577872800000", DAY + 36000),
            ("1577872800000000", DAY + 36000),
            ("1577872800000000000", DAY + 36000),
            ("Wed, 01 Jan 2020 10:00:00 +0200", DAY + 28800),
            ("01/Jan/2020:10:00:00 +0000", DAY + 36000),
            ("1 Jan 2020 10:00", DAY + 36000),
            ("Jan 1, 2020 10:00 PM", DAY + 79200),
            ("13.02.2020 10:00", DAY + 43 * 86400 + 36000),
            ("02/13/2020 10:00 PM", DAY + 43 * 86400 + 79200),
            ("13-02-20", DAY + 43 * 86400),
            ("01/01/2020", DAY),
            ("03.02.2020", DAY + 33 * 86400),
        ],
    )
    def test_one_form(self, tmp_path, value, seconds):
        journeys = read(written(tmp_path, f'case_id;event;timestamp\na;b;"{value}"\n'))
        assert walks(journeys) == {"a": [("b", seconds)]}

    @pytest.mark.parametrize("unit", [1, 1_000, 1_000_000, 1_000_000_000])
    def test_numbers_since_1970(self, unit):
        for dtype in (np.int64, np.float64):
            times = (np.array([DAY, DAY + 1]) * unit).astype(dtype)
            journeys = read({"case": ["a", "a"], "event": ["x", "y"], "time": times})
            assert walks(journeys) == {"a": [("x", DAY), ("y", DAY + 1)]}
            assert any("since 1970" in note for note in journeys.provenance.notes)

    def test_typed_times(self):
        for times in (
            pd.Series(pd.to_datetime(["2020-01-01", "2020-01-02"])).astype("datetime64[ns]"),
            pd.Series(pd.to_datetime(["2020-01-01", "2020-01-02"])).astype("datetime64[s]"),
            pd.Series(pd.to_datetime(["2020-01-01T02:00", "2020-01-02T02:00"])).dt.tz_localize(
                "Africa/Cairo"
            ),
        ):
            journeys = read(pd.DataFrame({"case": "a", "event": ["x", "y"], "time": times}))
            assert walks(journeys) == {"a": [("x", DAY), ("y", DAY + 86400)]}
        dates = pl.DataFrame(
            {"case": ["a"], "event": ["x"], "time": [datetime(2020, 1, 1, tzinfo=UTC).date()]}
        )
        journeys = read(dates)
        assert walks(journeys) == {"a": [("x", DAY)]}
        assert "time has no time zone; it was read as UTC." in journeys.provenance.notes

    def test_one_large_day_decides_the_whole_column(self, tmp_path):
        path = written(tmp_path, csv_of("a,x,03/02/2020", "a,y,13/02/2020"))
        journeys = read(path)
        assert walks(journeys) == {"a": [("x", DAY + 33 * 86400), ("y", DAY + 43 * 86400)]}
        assert "timestamp was read day-first: 1 of its dates decide." in journeys.provenance.notes
        path = written(tmp_path, csv_of("a,x,03/02/2020", "a,y,02/13/2020"))
        assert walks(read(path))["a"][1] == ("x", DAY + 61 * 86400)

    def test_what_is_told_decides(self, tmp_path):
        path = written(tmp_path, csv_of("a,x,03/02/2020"))
        for told, days in (("day-first", 33), ("month-first", 61), ("%d/%m/%Y", 33)):
            assert walks(read(path, Mapping(time_format=told))) == {
                "a": [("x", DAY + days * 86400)]
            }
        path = written(tmp_path, csv_of("a,x,5000"))
        assert walks(read(path, Mapping(time_format="ms"))) == {"a": [("x", 5)]}

    def test_mixed_forms_in_one_column(self, tmp_path):
        path = written(
            tmp_path,
            csv_of(
                "a,iso,2020-01-01T00:00:00Z",
                "a,offset,2020-01-01T03:00:00+02:00",
                "a,epoch,1577844000",
                "a,dots,13.02.2020 10:00",
                "a,none,yesterday",
            ),
        )
        journeys = read(path)
        assert [e for e, _ in walks(journeys)["a"]] == ["iso", "offset", "epoch", "dots"]
        assert set_aside(journeys) == [(6, "timestamp", "yesterday", "it is not a time")]

    @pytest.mark.parametrize("kind", ["csv", "parquet"])
    def test_rare_forms_are_read_in_their_rows(self, tmp_path, kind):
        usual = [f"2020-01-01 00:00:{s % 60:02}.5" for s in range(1500)]
        rare = ["2020-01-01 00:01:01", "", "2020-01-01T02:01:02+02:00", " \t", "1577836863", "soon"]
        times = [*usual[:1100], *rare, *usual[1100:]]
        rows = {"case": ["a"] * len(times), "event": range(len(times)), "time": times}
        path = tmp_path / f"log.{kind}"
        getattr(pl.DataFrame(rows), f"write_{kind}")(path)
        journeys = read(path, Mapping(who="case", event="event", time="time", order=("time",)))
        read_at = {event: seconds for event, seconds in walks(journeys)["a"] if seconds > DAY + 60}
        assert read_at == {"1100": DAY + 61, "1102": DAY + 62, "1104": DAY + 63}
        first = 2 if kind == "csv" else 1
        assert [place - first for place, *_ in set_aside(journeys)] == [1101, 1103, 1105]
        assert len(journeys.time) == len(times) - 3

    def test_the_zone_of_the_machine_does_not_matter(self, tmp_path, monkeypatch):
        monkeypatch.setenv("TZ", "America/New_York")
        path = written(tmp_path, csv_of("a,x,2020-01-01 00:00:00"))
        assert walks(read(path)) == {"a": [("x", DAY)]}


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


class TestProgress:
    def test_tells_stage_and_share(self, tmp_path):
        told = []
        read(written(tmp_path, csv_of("a,b,2020-01-01")), progress=lambda *args: told.append(args))
        assert {stage for stage, _ in told} >= {"Numbering", "Sorting"}
        assert all(0 <= share <= 1 for _, share in told)


@pytest.mark.data
class TestPublicData:
    @pytest.mark.parametrize(
        ("name", "roles"),
        [
            ("running_example", Mapping()),
            ("bpic2012", Mapping(order=("event_index",))),
            ("receipt_coselog", Mapping()),
            ("sepsis", Mapping(order=("event_order",))),
            ("traffic_fines_sample", Mapping(order=("event_order",))),
            (
                "uci_incident_event_log",
                Mapping(event="incident_state", order=("sys_updated_at", "sys_mod_count")),
            ),
        ],
    )
    def test_equals_the_reference(self, name, roles):
        folder = DATA / name
        if not folder.is_dir():
            pytest.skip(f"{folder} is not here; the public data lie beside the project, not in it")
        right = json.loads((folder / "reference_dfg.json").read_text())
        journeys = read(folder / "events.parquet", roles)
        assert len(journeys) == right["cases"]
        assert journeys.n_events == right["events"]
        assert journeys.provenance.set_aside == 0
        names = np.array(journeys.events)
        counts = np.bincount(journeys.code, minlength=len(names))
        assert dict(zip(names.tolist(), counts.tolist(), strict=True)) == right["activity_counts"]
        starts = names[journeys.code[journeys.offset[:-1]]].tolist()
        ends = names[journeys.code[journeys.offset[1:] - 1]].tolist()
        assert {s: starts.count(s) for s in set(starts)} == right["start_activities"]
        assert {e: ends.count(e) for e in set(ends)} == right["end_activities"]
        inner = np.ones(journeys.n_events - 1, bool)
        inner[journeys.offset[1:-1] - 1] = False
        pairs = np.stack([journeys.code[:-1], journeys.code[1:]])[:, inner]
        (first, second), number = np.unique(pairs, axis=1, return_counts=True)
        found = {
            (a, b): int(n) for a, b, n in zip(names[first], names[second], number, strict=True)
        }
        assert found == {(a, b): n for a, b, n in right["dfg"]}

    def test_a_case_called_na_stays_one(self):
        folder = DATA / "sepsis"
        if not folder.is_dir():
            pytest.skip(f"{folder} is not here; the public data lie beside the project, not in it")
        assert "NA" in set(read(folder / "events.parquet").ids)

    @pytest.mark.parametrize("suffix", ["csv", "csv.gz", "jsonl", "xes"])
    def test_every_export_of_the_running_example_reads_alike(self, tmp_path, suffix):
        path = DATA / "running_example" / "events.parquet"
        if not path.is_file():
            pytest.skip(f"{path} is not here; the public data lie beside the project, not in it")
        frame = pl.read_parquet(path)
        rows = list(
            zip(
                frame["case_id"],
                frame["activity"],
                frame["timestamp"].dt.strftime("%Y-%m-%dT%H:%M:%S%:z"),
                strict=True,
            )
        )
        content = {
            "csv": frame.write_csv,
            "csv.gz": frame.write_csv,
            "jsonl": frame.write_ndjson,
            "xes": lambda: xes_of(rows),
        }[suffix]().encode()
        packed = gzip.compress(content) if suffix.endswith("gz") else content
        exported = read(written(tmp_path, packed, f"e.{suffix}"))
        assert walks(exported) == walks(read(path))
