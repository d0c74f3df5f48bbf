"""Every form of a file gives the same journeys; the public logs give theirs."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pandas as pd
import polars as pl
import pytest
from tests.formats.reading_cases import DATA, DAY, csv_of, walks, written

from desireline.formats.errors import ColumnsRepeated, FileTypeUnknown
from desireline.formats.reading import Mapping, read

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

    @pytest.mark.parametrize("first", ["sep=;\r\n", "SEP=;\n", '"sep=;"\n', "\ufeffsep=;\n"])
    def test_the_line_that_tells_excel_the_delimiter(self, tmp_path, first):
        path = written(tmp_path, first + as_csv(";"))
        assert walks(read(path)) == WALKS
        assert walks(read(path, Mapping(delimiter=";"))) == WALKS
        odd = written(tmp_path, first.replace(";", "^") + as_csv("^") + "c9^x^never\n")
        journeys = read(odd)
        assert walks(journeys) == WALKS
        line = odd.read_text("utf-8-sig").count("\n")
        assert [example.row for example in journeys.provenance.examples] == [line]

    def test_a_header_may_name_a_column_like_that_line(self, tmp_path):
        path = written(tmp_path, "sep=,case,event,time\n1,a,x,2020-01-01\n")
        assert walks(read(path)) == {"a": [("x", DAY)]}

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
