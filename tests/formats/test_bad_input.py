"""Files that cannot be read: each failure names file, place, column and value, and a way out."""

from __future__ import annotations

import gzip
import os

import numpy as np
import polars as pl
import pytest
from tests.formats.reading_cases import csv_of, said, written

from desireline.formats import errors
from desireline.formats.reading import Mapping, read

GOOD = csv_of(*(f"a{i},x,2020-01-01" for i in range(2000)))


class TestFile:
    def test_missing(self, tmp_path):
        with pytest.raises(errors.FileMissing, match=r"There is no file .*nowhere\.csv") as error:
            read(tmp_path / "nowhere.csv")
        assert "Check the spelling" in error.value.hint

    def test_folder(self, tmp_path):
        with pytest.raises(errors.FileMissing, match="is a folder, not a file"):
            read(tmp_path)

    def test_unknown_suffix(self, tmp_path):
        with pytest.raises(errors.FileTypeUnknown, match=r"ends in '\.xlsx'") as error:
            read(written(tmp_path, "x", "e.xlsx"))
        assert ".csv, .tsv" in error.value.hint
        with pytest.raises(errors.FileTypeUnknown, match="ends in 'nothing'"):
            read(written(tmp_path, "x", "events"))

    @pytest.mark.parametrize("name", ["e.csv", "e.parquet", "e.jsonl", "e.xes", "e.csv.gz"])
    def test_empty(self, tmp_path, name):
        with pytest.raises(errors.FileEmpty, match=r"is empty \(0 bytes\)"):
            read(written(tmp_path, "", name))

    def test_empty_inside(self, tmp_path):
        with pytest.raises(errors.FileEmpty, match="holds an empty file"):
            read(written(tmp_path, gzip.compress(b""), "e.csv.gz"))

    @pytest.mark.parametrize("content", ["\n\n", " ", "\ufeff", ",,\n"])
    def test_blank(self, tmp_path, content):
        with pytest.raises(errors.FileEmpty, match=r"e\.csv holds no row"):
            read(written(tmp_path, content, "e.csv"))

    @pytest.mark.parametrize(
        "content", ["case,event,time\n", "case,event,time", "case,event,time\n\n"]
    )
    def test_header_only(self, tmp_path, content):
        with pytest.raises(errors.FileEmpty, match=r"e\.csv has a header and no rows"):
            read(written(tmp_path, content, "e.csv"))

    def test_no_rows(self):
        with pytest.raises(errors.FileEmpty, match="polars DataFrame has no rows"):
            read(pl.DataFrame(schema={"case": pl.String, "event": pl.String, "time": pl.Datetime}))

    @pytest.mark.parametrize("kept", [0.3, 0.99])
    def test_gzip_cut_off(self, tmp_path, kept):
        packed = gzip.compress(GOOD.encode())
        path = written(tmp_path, packed[: int(len(packed) * kept)], "e.csv.gz")
        with pytest.raises(errors.FileBroken, match=r"e\.csv\.gz is not a whole gzip") as error:
            read(path)
        assert "nothing was read" in error.value.hint

    def test_gzip_damaged(self, tmp_path):
        packed = bytearray(gzip.compress(GOOD.encode()))
        packed[len(packed) // 2] ^= 0xFF
        with pytest.raises(errors.FileBroken, match="is not a whole gzip file"):
            read(written(tmp_path, bytes(packed), "e.csv.gz"))

    @pytest.mark.parametrize("kept", [0.0, 0.5, 0.999])
    def test_parquet_cut_off(self, tmp_path, kept):
        whole = tmp_path / "whole.parquet"
        pl.DataFrame({"case": ["a"] * 99, "event": ["x"] * 99, "time": range(99)}).write_parquet(
            whole
        )
        raw = whole.read_bytes()
        path = written(tmp_path, raw[: max(int(len(raw) * kept), 3)], "e.parquet")
        with pytest.raises(errors.FileBroken, match=r"e\.parquet is not a whole Parquet file"):
            read(path)

    def test_parquet_damaged_inside(self, tmp_path):
        whole = tmp_path / "whole.parquet"
        rng = np.random.default_rng(1)
        frame = {
            "case": rng.integers(0, 1 << 60, 50_000),
            "event": ["x"] * 50_000,
            "time": range(50_000),
        }
        pl.DataFrame(frame).write_parquet(whole)
        raw = bytearray(whole.read_bytes())
        raw[4:400] = os.urandom(396)
        with pytest.raises(
            errors.FileBroken, match=r"e\.parquet cannot be read to its end"
        ) as error:
            read(written(tmp_path, bytes(raw), "e.parquet"))
        assert "Nothing was read" in error.value.hint

    def test_not_what_the_name_says(self, tmp_path):
        with pytest.raises(errors.FileBroken, match=r"e\.parquet is not a whole Parquet file"):
            read(written(tmp_path, GOOD, "e.parquet"))

    def test_nothing_is_left_behind(self, tmp_path, monkeypatch):
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        packed = gzip.compress(GOOD.encode())
        with pytest.raises(errors.FileBroken):
            read(written(tmp_path, packed[:-9], "e.csv.gz"))
        assert [p.name for p in tmp_path.iterdir()] == ["e.csv.gz"]


class TestText:
    def test_wrong_encoding(self, tmp_path):
        path = written(tmp_path, csv_of("a,x,2020-01-01", "a,café,2020-01-01").encode("cp1252"))
        with pytest.raises(errors.EncodingWrong) as error:
            read(path)
        assert "events.csv, line 3: byte 44 (0xe9) is not utf-8" in str(error.value)
        assert "a,caf\\xe9,2020-01-01" in str(error.value)
        assert "--encoding cp1252" in error.value.hint

    def test_wrong_encoding_in_json_lines(self, tmp_path):
        raw = '{"case": "a", "event": "café", "time": 5}\n'.encode("cp1252")
        with pytest.raises(errors.EncodingWrong, match="line 1: byte 27"):
            read(written(tmp_path, raw, "e.jsonl"))

    def test_not_the_encoding_that_is_told(self, tmp_path):
        path = written(tmp_path, csv_of("a,é,2020-01-01"))
        with pytest.raises(errors.EncodingWrong, match=r"line 2: byte 26 \(0xc3\) is not ascii"):
            read(path, Mapping(encoding="ascii"))
        with pytest.raises(errors.EncodingWrong, match="no encoding called 'klingon'") as error:
            read(path, Mapping(encoding="klingon"))
        assert "cp1252" in error.value.hint

    def test_utf_16_without_a_mark(self, tmp_path):
        path = written(tmp_path, csv_of("a,x,2020-01-01").encode("utf-16-le"))
        with pytest.raises(errors.EncodingWrong, match="every other byte is NUL") as error:
            read(path)
        assert "--encoding utf-16-le" in error.value.hint

    def test_every_row_holds_a_nul_byte(self, tmp_path):
        with pytest.raises(errors.RowsAllSetAside, match=r"line 2: .* it holds a NUL byte"):
            read(written(tmp_path, csv_of("a,x\0,2020-01-01")))

    def test_header_that_repeats(self, tmp_path):
        with pytest.raises(errors.ColumnsRepeated) as error:
            read(written(tmp_path, "case,event,time,event\na,b,2020-01-01,c\n"))
        assert "line 1: the header has 'event' more than once (columns 2, 4)" in str(error.value)

    def test_quote_that_is_never_closed(self, tmp_path):
        rows = ["a,x,2020-01-01", 'a,"x,2020-01-01', "a,y,2020-01-01", "a,z,2020-01-01"]
        with pytest.raises(errors.FileBroken, match="line 3: a quotation mark opens") as error:
            read(written(tmp_path, csv_of(*rows)))
        assert "written twice" in error.value.hint

    def test_no_usual_delimiter(self, tmp_path):
        with pytest.raises(
            errors.DelimiterUnusable, match=r"only one column, 'case\^event\^time'"
        ) as e:
            read(written(tmp_path, "case^event^time\na^b^2020-01-01\n"))
        assert "--delimiter" in e.value.hint

    def test_unusable_delimiter(self, tmp_path):
        with pytest.raises(errors.DelimiterUnusable, match="'ab' cannot be a delimiter"):
            read(written(tmp_path, GOOD), Mapping(delimiter="ab"))

    @pytest.mark.parametrize("text", ['[{"case": 1}, {"case"', '[{"case": 1}]]'])
    def test_json_array_cut_off(self, tmp_path, text):
        with pytest.raises(errors.FileBroken, match=r"e\.json \(\d+ bytes\) is not whole JSON: "):
            read(written(tmp_path, text, "e.json"))

    def test_json_that_is_too_deep(self, tmp_path):
        for name in ("e.jsonl", "e.json"):
            with pytest.raises(errors.FileBroken):
                read(written(tmp_path, "[" * 100_000, name))

    def test_json_without_records(self, tmp_path):
        with pytest.raises(errors.FileBroken, match=r"line 1 is '<xml>'"):
            read(written(tmp_path, "<xml>\n", "e.jsonl"))
        with pytest.raises(errors.FileEmpty, match="holds no record"):
            read(written(tmp_path, "[1, 2]", "e.json"))
        with pytest.raises(errors.FileEmpty, match="holds no record"):
            read(written(tmp_path, "\n \n", "e.jsonl"))


class TestXes:
    EVENT = '<event><string key="concept:name" value="x"/></event>'

    def test_cut_off(self, tmp_path):
        with pytest.raises(errors.FileBroken, match=r"e\.xes, line 3: the XES file is cut off"):
            read(written(tmp_path, f"<log>\n<trace>{self.EVENT}\n<ev", "e.xes"))

    def test_no_event(self, tmp_path):
        with pytest.raises(errors.FileEmpty, match=r"holds no event \(1 traces\)"):
            read(written(tmp_path, "<log><trace></trace></log>", "e.xes"))

    def test_entities_are_refused(self, tmp_path):
        bomb = (
            '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa">'
            '<!ENTITY b "&a;&a;&a;&a;">]>\n<log><trace>&b;</trace></log>'
        )
        with pytest.raises(errors.FileBroken, match="line 2: the file declares a document type"):
            read(written(tmp_path, bomb, "e.xes"))


class TestColumns:
    def test_missing(self, tmp_path):
        path = written(tmp_path, "who,what,at\nann,visit,2020-01-01\nbob,order,2020-01-02\n")
        with pytest.raises(errors.ColumnMissing) as error:
            read(path)
        assert "events.csv has no column with a usual name that says whose event it is" in said(
            error
        )
        assert "--case" in error.value.hint
        assert "who: 'ann', 'bob'" in error.value.hint
        assert "what: 'visit', 'order'" in error.value.hint

    def test_told_but_missing(self, tmp_path):
        path = written(tmp_path, csv_of("a,x,2020-01-01"))
        with pytest.raises(errors.ColumnMissing) as error:
            read(path, Mapping(event="evnt"))
        assert "events.csv has no column 'evnt' (--event: what happened)" in str(error.value)
        assert "Do you mean 'event'?" in str(error.value)
        assert "case_id: 'a'" in error.value.hint
        for mapping, kept in (
            (Mapping(order=("n",)), ()),
            (None, ("n",)),
            (Mapping(value="n"), ()),
        ):
            with pytest.raises(errors.ColumnMissing, match="has no column 'n'"):
                read(path, mapping, columns=kept)

    def test_ambiguous(self, tmp_path):
        path = written(tmp_path, "user_id,customer_id,event,time\n1,c,x,2020-01-01\n")
        with pytest.raises(errors.ColumnAmbiguous) as error:
            read(path)
        assert "several columns that could say whose event it is: user_id, customer_id" in said(
            error
        )
        assert "Choose one with --case" in error.value.hint
        assert "customer_id: 'c'" in error.value.hint
        assert read(path, Mapping(who="customer_id")).ids[0] == "c"

    def test_ambiguous_spelling(self, tmp_path):
        path = written(tmp_path, "Case,CASE,event,time\n1,c,x,2020-01-01\n")
        with pytest.raises(errors.ColumnAmbiguous, match="Case, CASE"):
            read(path)
        with pytest.raises(errors.ColumnAmbiguous, match="several columns like 'case': Case, CASE"):
            read(path, Mapping(who="case"))
        assert read(path, Mapping(who="CASE")).ids[0] == "c"

    @pytest.mark.parametrize(
        "header",
        [
            "case:concept:name,concept:name,time:timestamp",
            "Case ID,Activity,Complete Timestamp",
            "caseId,eventName,eventTime",
            "CASE-ID,EVENT,Time",
            "user_id,event_type,event_time",
            "person,event,time",
            "distinct_id,event,time",
            "session,type,ts",
        ],
    )
    def test_usual_names(self, tmp_path, header):
        journeys = read(written(tmp_path, csv_of("a,x,2020-01-01", header=header)))
        assert tuple(journeys.provenance.columns.values()) == tuple(header.split(","))

    def test_an_exact_name_goes_before_one_in_another_spelling(self):
        frame = {"case_id": ["1"], "activity": ["a"], "Activity": ["b"], "timestamp": [5]}
        journeys = read(frame)
        assert journeys.events == ("a",)
        assert "activity was taken as event; Activity would fit too." in journeys.provenance.notes

    def test_two_amounts_are_none_and_that_is_said(self):
        frame = {"case": ["1"], "event": ["a"], "time": [5], "price": [1], "total": [2]}
        journeys = read(frame)
        assert journeys.value is None
        assert any("price, total" in note for note in journeys.provenance.notes)

    def test_too_many_channels(self):
        n = 256
        frame = {"case": ["a"] * n, "event": ["x"] * n, "time": range(n), "ch": range(n)}
        with pytest.raises(errors.ValuesTooMany, match=r"column ch: 256 distinct values .* 255"):
            read(frame, Mapping(channel="ch"))

    def test_a_value_that_is_no_number(self):
        frame = {"case": ["a"], "event": ["x"], "time": [5], "v": ["many"]}
        with pytest.raises(errors.NumbersUnreadable, match="column v: no value is a number"):
            read(frame, Mapping(value="v"))


class TestTimes:
    def test_unreadable(self, tmp_path):
        with pytest.raises(errors.TimesUnreadable) as error:
            read(written(tmp_path, csv_of("a,x,", "a,x,soon", "a,x,later")))
        assert "events.csv, line 3, column timestamp: 'soon' is not a time" in str(error.value)
        assert "--time-format" in error.value.hint

    def test_day_or_month_first(self, tmp_path):
        path = written(tmp_path, csv_of("a,x,01/01/2020", "a,x,03/04/2020 10:00"))
        with pytest.raises(errors.TimesAmbiguous) as error:
            read(path)
        assert "line 3, column timestamp: '03/04/2020 10:00' could be day-first" in str(error.value)
        assert "--time-format day-first" in error.value.hint
        assert "--time-format month-first" in error.value.hint

    def test_day_and_month_first(self, tmp_path):
        with pytest.raises(errors.TimesAmbiguous, match="others only month-first"):
            read(written(tmp_path, csv_of("a,x,13/01/2020", "a,x,01/13/2020")))

    def test_unusable_format(self, tmp_path):
        path = written(tmp_path, csv_of("a,x,2020-01-01"))
        for told in ("dd/mm/yyyy", "%Q"):
            with pytest.raises(errors.TimeFormatUnreadable, match="is no format of times"):
                read(path, Mapping(time_format=told))
        with pytest.raises(errors.TimesUnreadable, match="'2020-01-01' is not a time"):
            read(path, Mapping(time_format="%d.%m.%Y"))

    def test_no_time_but_a_clock(self):
        with pytest.raises(errors.TimesUnreadable, match="'10:00' is not a time"):
            read({"case": ["a"], "event": ["x"], "time": ["10:00"]})

    def test_every_row_set_aside(self, tmp_path):
        path = written(tmp_path, csv_of("a,x,9999-12-31", ",x,2020-01-01"))
        with pytest.raises(errors.RowsAllSetAside) as error:
            read(path)
        assert "none of its 2 rows can be read; line 2, column timestamp: '9999-12-31'" in said(
            error
        )
