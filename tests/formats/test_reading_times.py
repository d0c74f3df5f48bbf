"""Times in every form that a file has them in."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import polars as pl
import pytest
from tests.formats.reading_cases import DAY, csv_of, set_aside, walks, written

from desireline.formats.reading import Mapping, read


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
