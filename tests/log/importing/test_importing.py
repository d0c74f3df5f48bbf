"""What stands in a file stands in the log afterwards, and what cannot is a failed event."""

from __future__ import annotations

import gzip
import itertools
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.log.factories import appending
from tests.log.importing.logs import ImportLog, walks, without, write_csv, write_jsonl

from desireline.formats.errors import RowsAllSetAside
from desireline.formats.mapping import Mapping, MappingInvalid
from desireline.log.failed import list_failed, replay
from desireline.log.tables import failed_event, segment

YEAR_1969 = -20_685_600_000_000


def microseconds(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


class TestImport:
    def test_brings_every_row_with_all_that_it_says(self, log: ImportLog) -> None:
        rows = walks(60)
        report = log.take(write_csv(log.folder / "walks.csv", rows))
        assert (report.rows, report.stored, report.duplicate, report.failed) == (60, 60, 0, 0)
        found = log.events()
        assert [e["position"] for e in found] == list(range(1, 61))
        right = [
            {
                "type": row["event"],
                "at": microseconds(row["time"]),
                "channel": row["channel"],
                "value": row["value"],
                "identifiers": {"user_id": row["user_id"]},
                "properties": {
                    name: row[name] for name in ("campaign", "count") if row[name] is not None
                },
                "kind": "track",
                "direction": "inbound",
                "source": "import",
                "received_at": log.segments.clock.now(),
                "actor": None,
                "currency": None,
                "context": {},
            }
            for row in rows
        ]
        assert without(found, "position", "id") == without(right)
        assert len({e["id"] for e in found}) == 60
        assert log.counts() == (60, 60, 0, 0)

    def test_keeps_the_order_of_the_file_where_times_are_equal(self, log: ImportLog) -> None:
        rows = [
            {"case": "a", "event": name, "time": f"2026-01-0{day}"}
            for day, name in ((2, "x"), (1, "z"), (2, "b"), (1, "y"), (2, "a"), (2, "b"))
        ]
        log.take(write_csv(log.folder / "ties.csv", rows))
        assert [e["type"] for e in log.events()] == ["z", "y", "x", "b", "a", "b"]

    def test_takes_the_order_columns_where_times_are_equal(self, log: ImportLog) -> None:
        rows = [
            {"case": "a", "event": name, "time": "2026-01-01", "n": n}
            for name, n in (("x", 10), ("y", 9), ("z", 1))
        ]
        read = Mapping(order=("n",))
        log.take(write_csv(log.folder / "ties.csv", rows), read)
        assert [e["type"] for e in log.events()] == ["z", "y", "x"]

    @pytest.mark.parametrize(
        "name",
        ["1", "01", "1.0", "NA", "null", "Ann", "ann", "Ünïcødé 名前", "a,b", "=1+1", "'quoted'"],
    )
    def test_keeps_names_as_they_are(self, other: ImportLog, name: str) -> None:
        rows = [{"case": name, "event": name, "time": "1969-05-06 14:00", "note": name}]
        other.take(write_jsonl(other.folder / "names.jsonl", rows))
        (found,) = other.events()
        assert found["identifiers"] == {"user_id": name}
        assert (found["type"], found["at"]) == (name, YEAR_1969)
        assert found["properties"] == {"note": name}

    def test_tells_apart_what_differs_in_case_only(self, other: ImportLog) -> None:
        rows = [{"case": c, "event": "e", "time": "2026-01-01"} for c in ("ann", "Ann", "ANN")]
        assert other.take(write_csv(other.folder / "a.csv", rows)).stored == 3
        assert len({e["identifiers"]["user_id"] for e in other.events()}) == 3

    def test_spells_identifiers_as_they_come_over_http(self, other: ImportLog) -> None:
        rows = [
            {"mail": mail, "event": "e", "time": "2026-01-01"}
            for mail in (" Ann@Example.com", "ann@example.com ", "ANN@example.com")
        ]
        read = Mapping(who="mail", identifier="email")
        report = other.take(write_csv(other.folder / "m.csv", rows), read)
        found = other.events()
        assert report.stored == 3, "equal rows of one file are as many events"
        assert [e["identifiers"] for e in found] == [{"email": "ann@example.com"}] * 3

    def test_refuses_a_kind_that_is_none(self, other: ImportLog) -> None:
        path = write_csv(other.folder / "w.csv", walks(3))
        with pytest.raises(MappingInvalid, match="no kind of identifier"):
            other.take(path, Mapping(identifier="User ID"))

    def test_keeps_the_types_and_depths_of_json(self, other: ImportLog) -> None:
        said = {
            "rate": 12.5,
            "count": 3,
            "large": 9_007_199_254_740_993,
            "paid": True,
            "tags": ["a", "b"],
            "cart": {"items": [{"sku": "x", "n": 1}], "note": 'a "b"'},
            "zip": "01234",
            "digits": "12",
        }
        row = {"user_id": "ann", "event": "e", "time": "2026-01-01T00:00:00Z"}
        later = [row | {"n": i} for i in range(300)]
        other.take(write_jsonl(other.folder / "deep.jsonl", [row | said, *later, row | {"q": 1}]))
        found = [e["properties"] for e in other.events()]
        assert said in found
        assert {"q": 1} in found

    def test_keeps_types_of_columns_of_text(self, other: ImportLog) -> None:
        rows = [
            {"case": "a", "event": "e", "time": "2026-01-01", "n": n, "zip": z, "x": x, "c": c}
            for n, z, x, c in (("1", "01234", "7", "1,5"), ("2.5", "11234", "N/A", "2"))
        ]
        other.take(write_csv(other.folder / "t.csv", rows))
        found = sorted((e["properties"] for e in other.events()), key=lambda p: p["n"])
        assert found == [
            {"n": 1, "zip": "01234", "x": "7", "c": 1.5},
            {"n": 2.5, "zip": "11234", "x": "N/A", "c": 2},
        ]

    def test_keeps_only_the_columns_told(self, other: ImportLog) -> None:
        path = write_csv(other.folder / "w.csv", walks(4))
        other.take(path, Mapping(properties=("count",)))
        assert {name for e in other.events() for name in e["properties"]} == {"count"}

    def test_makes_segments_of_disjoint_subjects(self, log: ImportLog) -> None:
        log.take(write_csv(log.folder / "w.csv", walks(200, persons=23)), events_a_chunk=30)
        with log.segments.db.reading() as look:
            found = look.execute(select(segment).order_by(segment.c.number)).all()
        assert len(found) > 3
        ranges = [(s.first_subject, s.last_subject) for s in found]
        assert all(a[1] < b[0] for a, b in itertools.pairwise(ranges))

    def test_reads_packed_files(self, other: ImportLog) -> None:
        path = write_csv(other.folder / "w.csv", walks(9))
        packed = other.folder / "w.csv.gz"
        packed.write_bytes(gzip.compress(path.read_bytes()))
        assert other.take(packed).stored == 9
        assert other.take(path).duplicate == 9


class TestFailed:
    ROWS = (
        {"case": "a", "event": "e", "time": "2026-01-01", "n": "1"},
        {"case": "", "event": "e", "time": "2026-01-01", "n": "2"},
        {"case": "a", "event": "", "time": "2026-01-01", "n": "3"},
        {"case": "a", "event": "e", "time": "soon", "n": "4"},
        {"case": "a", "event": "e", "time": "9999-12-31", "n": "5"},
        {"case": "x" * 201, "event": "e", "time": "2026-01-01", "n": "6"},
    )

    def test_are_counted_kept_and_told(self, log: ImportLog) -> None:
        report = log.take(write_csv(log.folder / "bad.csv", self.ROWS))
        assert (report.rows, report.stored, report.duplicate, report.failed) == (6, 1, 0, 5)
        assert log.counts() == (6, 1, 0, 5)
        assert report.read is not None
        assert [e.row for e in report.read.examples] == [3, 4, 5, 6, 7]
        with log.segments.db.reading() as look:
            kept = look.execute(select(failed_event).order_by(failed_event.c.id)).all()
        assert [row.source for row in kept] == ["import"] * 5
        assert kept[2].reason == "bad.csv, line 5, column time: it is not a time."
        assert json.loads(kept[2].body) == {
            "type": "e",
            "at": "soon",
            "identifiers": {"user_id": "a"},
            "properties": {"n": "4"},
        }

    def test_are_kept_once(self, log: ImportLog) -> None:
        path = write_csv(log.folder / "bad.csv", self.ROWS)
        log.take(path)
        log.take(path)
        log.take(path.rename(log.folder / "renamed.csv"))
        log.take(write_csv(log.folder / "grown.csv", [*self.ROWS, self.ROWS[0] | {"n": "7"}]))
        with log.segments.db.reading() as look:
            assert len(look.execute(select(failed_event)).all()) == 5
        received, stored, duplicate, failed = log.counts()
        assert (stored, failed) == (2, 20)
        assert received == stored + duplicate + failed

    def test_rows_that_do_not_fit_the_header_count_too(self, log: ImportLog) -> None:
        path = log.folder / "ragged.csv"
        long = "y" * 500
        lines = ["case,event,time", "a,e,2026-01-01", "a,e", *[f"a,e,2026-01-02,{long}"] * 40]
        path.write_text("\n".join(lines))
        report = log.take(path)
        assert (report.rows, report.stored, report.failed) == (42, 1, 41)
        assert log.counts() == (42, 1, 0, 41)
        with log.segments.db.reading() as look:
            kept = look.execute(select(failed_event).order_by(failed_event.c.id)).all()
        assert len(kept) == 41
        assert kept[0].reason == "ragged.csv, line 3: it has 2 fields where the header has 3."
        assert json.loads(kept[40].body)["properties"] == {"row": f"a,e,2026-01-02,{long}"}

    def test_lines_that_are_no_json_count_too(self, log: ImportLog) -> None:
        path = log.folder / "bad.jsonl"
        path.write_text('{"case": "a", "event": "e", "time": "2026-01-01"}\n{"case": \n[1]\n')
        report = log.take(path)
        assert (report.rows, report.stored, report.failed) == (3, 1, 2)
        assert log.counts() == (3, 1, 0, 2)

    def test_can_be_replayed(self, log: ImportLog) -> None:
        """They fail again, for the reason that the door gives; nothing is lost or counted twice."""
        log.take(write_csv(log.folder / "bad.csv", self.ROWS))
        with log.segments.db.reading() as look:
            before = list_failed(look)
        with appending(log.segments.db) as appender:
            for one in before:
                replay(log.segments.db, appender, log.segments.clock, one.id)
        with log.segments.db.reading() as look:
            codes = {one.code for one in list_failed(look)}
        assert codes >= {"at_unreadable", "at_in_future", "identifier_missing", "type_missing"}
        assert log.counts() == (11, 1, 0, 10)

    def test_a_file_of_nothing_else_is_refused(self, log: ImportLog, tmp_path: Path) -> None:
        path = write_csv(tmp_path / "bad.csv", self.ROWS[1:3])
        with pytest.raises(RowsAllSetAside):
            log.take(path)
        assert log.counts() == (0, 0, 0, 0)
