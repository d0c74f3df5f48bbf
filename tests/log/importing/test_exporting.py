"""What leaves as a file comes back as the same events."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from tests.log.factories import NOW, appending, drafts
from tests.log.importing.logs import ImportLog, walks, without, write_csv

from desireline.engine.errors import DesirelineError
from desireline.formats.errors import FileMissing, FileTypeUnknown
from desireline.formats.log_files import FORMULA, Wanted, formula_undone
from desireline.log.exporting import export_events
from desireline.log.segments.erasing import erase
from desireline.log.segments.sealing import seal
from desireline.log.tables import subject

OWN = "0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c6d"
NEWLINE = "\n"
FORMS = ("parquet", "jsonl", "csv", "tsv.gz")
SENT: tuple[dict[str, Any], ...] = (
    {"type": "page_viewed", "user_id": "ann", "at": "2026-01-01T10:00:00.000001Z"},
    {"type": "page_viewed", "user_id": "ann", "at": "2026-01-01T10:00:00.000001Z"},
    {"type": "x", "anonymous_id": "c-1", "user_id": "ann", "email": "Ann@Example.com"},
    {"kind": "identify", "anonymous_id": "c-2", "email": "ann@example.com", "at": -1},
    {"type": 'größe "gewählt", ja\n\'', "user_id": "名前", "at": "1900-01-02", "channel": "e,mail"},
    {"type": "=1+1", "user_id": "=cmd|' /C calc'!A0", "channel": "-x", "actor": "'@quoted"},
    {"type": "+a", "user_id": "'", "channel": "\t=b", "actor": "''-c", "direction": "outbound"},
    {"type": "null", "user_id": "NA", "value": 0.1, "currency": "EUR"},
    {"type": "v", "user_id": "1", "value": -1e-300, "id": "m-1", "context": {"ip": None, "a": [1]}},
    {
        "type": "v",
        "user_id": "01",
        "value": 123456789.123456789,
        "id": "0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c6d",
    },
    {
        "type": "deep",
        "user_id": "ann",
        "identifiers": {"loyalty_card": "77"},
        "properties": {
            "n": 9_007_199_254_740_993,
            "f": 1e300,
            "b": True,
            "none": None,
            "empty": "",
            "list": [1, "a", {"b": [None]}],
            "": {"ü.x": '"\\\u2028', "a/b~c": 1.5},
        },
    },
)


@pytest.fixture
def full(log: ImportLog) -> ImportLog:
    """A log with imported segments, a sealed one, a tail, and an erased person."""
    segments = log.segments
    log.take(write_csv(log.folder / "w.csv", [*walks(30), walks(1)[0] | {"user_id": "gone"}]))
    with appending(segments.db, clock=segments.clock) as appender:
        verdicts = appender.append(drafts(*SENT[:6]), "api")
        seal(segments.db, segments.store, segments.clock)
        verdicts += appender.append(drafts(*SENT[6:]), "web")
    assert {v.verdict for v in verdicts} == {"stored"}
    with segments.db.reading() as look:
        number = look.execute(select(subject.c.id).where(subject.c.value == "gone")).scalar_one()
    erase(segments.db, segments.store, segments.clock, [number])
    return log


def export(log: ImportLog, path: Path, **wanted: Any) -> int:
    return export_events(log.segments.db, log.segments.store, path, Wanted(**wanted))


class TestExport:
    @pytest.mark.parametrize("form", FORMS)
    def test_comes_back_as_the_same_events(
        self, full: ImportLog, other: ImportLog, form: str
    ) -> None:
        path = full.folder / f"all.{form}"
        before = [e for e in full.events() if e["type"]]
        assert export(full, path) == len(before) == 30 + len(SENT)
        report = other.take(path)
        assert (report.stored, report.failed) == (len(before), 0)
        assert without(other.events(), "position") == without(before, "position")
        assert other.links() == full.links()
        assert len(full.links()) > 3

    @pytest.mark.parametrize("form", FORMS)
    def test_adds_nothing_where_it_comes_from(self, full: ImportLog, form: str) -> None:
        before = full.events()
        path = full.folder / f"all.{form}"
        export(full, path)
        report = full.take(path)
        assert (report.stored, report.duplicate) == (0, len(before))
        assert full.events() == before

    def test_is_in_the_order_of_time_and_equal_times_as_they_came(self, full: ImportLog) -> None:
        path = full.folder / "all.parquet"
        export(full, path)
        found = pl.read_parquet(path)
        events = sorted(full.events(), key=lambda e: (e["at"], e["position"]))
        assert found["id"].to_list() == [e["id"] for e in events]
        assert found["at"].dt.timestamp("us").to_list() == [e["at"] for e in events]
        assert [json.loads(cell) for cell in found["identifiers"]] == [
            e["identifiers"] for e in events
        ]

    def test_writes_objects_as_they_are_in_json(self, full: ImportLog) -> None:
        path = full.folder / "all.jsonl"
        export(full, path)
        records = {r["type"]: r for r in map(json.loads, path.read_text().split(NEWLINE)[:-1])}
        deep = records["deep"]
        assert deep["properties"] == SENT[-1]["properties"]
        assert deep["identifiers"] == {"user_id": "ann", "loyalty_card": "77"}
        assert (deep["source"], deep["value"], deep["context"]) == ("web", None, None)

    def test_only_what_is_wanted(self, full: ImportLog) -> None:
        path = full.folder / "some.jsonl"
        ends = {"since": NOW + 10 * 3_600_000_000, "until": NOW + 10 * 3_600_000_000 + 60_000_000}
        right = [e for e in full.events() if ends["since"] <= e["at"] < ends["until"]]
        assert export(full, path, **ends) == len(right) > 2
        assert export(full, path, types=("v", "deep")) == 3
        assert export(full, path, types=("' OR 1 = 1 --",)) == 0
        assert path.read_text() == ""

    def test_of_an_empty_log(self, other: ImportLog) -> None:
        path = other.folder / "none.csv"
        assert export(other, path) == 0
        assert path.read_text().startswith("id,type,kind,at,")

    def test_whole_or_not_at_all(self, full: ImportLog) -> None:
        kept = full.folder / "kept.csv"
        kept.write_text("mine")
        with pytest.raises(FileTypeUnknown):
            export(full, full.folder / "kept.xlsx")
        with pytest.raises(FileMissing):
            export(full, full.folder / "no" / "kept.csv")
        for file in (full.folder / "segments").glob("*.parquet"):
            file.write_bytes(file.read_bytes()[:100])
        with pytest.raises(DesirelineError, match="cannot be read"):
            export(full, kept)
        assert kept.read_text() == "mine"
        assert [p.name for p in full.folder.glob(".*")] == []


class TestFormulas:
    def test_no_cell_begins_as_one(self, full: ImportLog) -> None:
        path = full.folder / "all.csv"
        export(full, path)
        with path.open(newline="", encoding="utf-8") as file:
            cells = [c for row in csv.DictReader(file) for k, c in row.items() if k != "value"]
        assert [c for c in cells if c.strip().startswith(("=", "+", "-", "@"))] == []
        assert "'=1+1" in cells

    @given(st.text("'=+-@ \ta", max_size=6))
    def test_the_apostrophe_comes_off_again(self, text: str) -> None:
        written = f"'{text}" if re.match(FORMULA, text) else text
        assert formula_undone(written) == text
        assert not written.strip().startswith(("=", "+", "-", "@"))
