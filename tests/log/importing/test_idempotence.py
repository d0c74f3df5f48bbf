"""An event counts once, however often and in whatever file it comes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.log.factories import appending, drafts
from tests.log.importing.logs import ImportLog, import_log, walks, without, write_csv, write_jsonl

from desireline.formats.mapping import Mapping
from desireline.log import event_ids
from desireline.log.segments.compacting import compact
from desireline.log.segments.erasing import erase
from desireline.log.segments.sealing import seal
from desireline.log.tables import subject


class TestTheSameFile:
    def test_adds_nothing_the_second_time(self, log: ImportLog) -> None:
        path = write_csv(log.folder / "w.csv", walks(50))
        log.take(path)
        before = log.events()
        again = log.take(path)
        assert (again.stored, again.duplicate, again.before) == (0, 50, True)
        assert log.events() == before
        assert log.counts() == (100, 50, 50, 0)

    def test_adds_nothing_where_it_is_read_in_other_chunks(self, log: ImportLog) -> None:
        path = write_csv(log.folder / "w.csv", walks(50))
        log.take(path, events_a_chunk=9)
        again = log.take(path, events_a_chunk=20)
        assert (again.stored, again.duplicate, again.before) == (0, 50, False)
        assert log.counts() == (100, 50, 50, 0)

    def test_adds_nothing_under_another_name(self, log: ImportLog) -> None:
        path = write_csv(log.folder / "w.csv", walks(50))
        log.take(path)
        assert log.take(Path(shutil.copy(path, log.folder / "other.csv"))).duplicate == 50

    def test_adds_nothing_after_a_merge(self, log: ImportLog) -> None:
        log.take(write_csv(log.folder / "w.csv", walks(50)), events_a_chunk=10)
        compact(log.segments.db, log.segments.store, log.segments.clock, fully=True)
        assert log.take(write_csv(log.folder / "w2.csv", walks(51))).stored == 1

    def test_does_not_bring_back_what_was_erased(self, log: ImportLog) -> None:
        segments = log.segments
        log.take(write_csv(log.folder / "w.csv", walks(50)))
        gone = [e for e in log.events() if e["identifiers"] == {"user_id": "u3"}]
        with segments.db.reading() as look:
            number = look.execute(select(subject.c.id).where(subject.c.value == "u3")).scalar_one()
        erase(segments.db, segments.store, segments.clock, [number])
        for name in ("w.csv", "again.csv"):
            assert log.take(write_csv(log.folder / name, walks(50))).stored == 0
        assert len(log.events()) == 50 - len(gone) < 50


class TestAGrownFile:
    def test_adds_what_is_new(self, log: ImportLog) -> None:
        log.take(write_csv(log.folder / "w.csv", walks(50)))
        grown = log.take(write_csv(log.folder / "w.csv", walks(80)))
        assert (grown.stored, grown.duplicate) == (30, 50)
        assert len(log.events()) == 80

    def test_adds_equal_rows_that_came_to_be_more(self, log: ImportLog) -> None:
        row = walks(1)
        log.take(write_csv(log.folder / "a.csv", row * 3))
        assert log.take(write_csv(log.folder / "b.csv", row * 5)).stored == 2
        assert log.take(write_csv(log.folder / "c.csv", row * 4)).stored == 0
        assert len(log.events()) == 5

    def test_is_the_same_with_numbers_that_became_text(self, log: ImportLog) -> None:
        rows = [r | {"score": i, "rate": f"{i}.50"} for i, r in enumerate(walks(9))]
        log.take(write_csv(log.folder / "a.csv", rows))
        more = [*rows, rows[0] | {"score": "none", "value": "much", "rate": "0123"}]
        grown = log.take(write_csv(log.folder / "b.csv", more))
        assert (grown.stored, grown.duplicate) == (1, 9)

    def test_is_the_same_with_a_new_column_that_old_rows_leave_empty(self, log: ImportLog) -> None:
        log.take(write_csv(log.folder / "a.csv", walks(9)))
        grown = [*walks(9), walks(10)[9] | {"coupon": "X"}]
        assert log.take(write_csv(log.folder / "b.csv", grown)).stored == 1


def written(folder: Path, form: str, rows: list[dict[str, Any]]) -> Path:
    """Rows as a file of another form, as another tool would write it."""
    path = folder / f"w.{form}"
    if form == "csv":
        return write_csv(path, rows)
    if form == "jsonl":
        return write_jsonl(path, rows)
    frame = pl.DataFrame(rows, infer_schema_length=None)
    if form == "parquet":
        frame.write_parquet(path)
    elif form == "typed.parquet":
        time = pl.col("time").str.to_datetime("%Y-%m-%d %H:%M:%S", time_zone="UTC")
        frame.with_columns(time, pl.col("value").cast(pl.Float32)).write_parquet(path)
    else:
        frame.select(sorted(frame.columns)).sample(fraction=1, shuffle=True, seed=1).write_csv(
            path, separator=";"
        )
    return path


FORMS = ("csv", "jsonl", "parquet", "typed.parquet", "shuffled.csv")


class TestAnotherForm:
    @pytest.mark.parametrize("second", FORMS)
    @pytest.mark.parametrize("first", ["csv", "typed.parquet"])
    def test_has_the_same_events(self, other: ImportLog, first: str, second: str) -> None:
        rows = walks(40)
        (other.folder / "again").mkdir()
        other.take(written(other.folder, first, rows))
        again = other.take(written(other.folder / "again", second, [*rows, *walks(2, first=40)]))
        assert (again.stored, again.duplicate) == (2, 40)

    @settings(max_examples=6)
    @given(st.permutations(range(12)), st.integers(0, 12))
    def test_any_part_in_any_order_first(
        self, tmp_path_factory: pytest.TempPathFactory, order: list[int], cut: int
    ) -> None:
        folder = tmp_path_factory.mktemp("any")
        log = import_log(f"sqlite:///{folder}/desireline.db", folder)
        rows = walks(12, persons=3)
        shuffled = [rows[i] for i in order]
        if cut:
            log.take(write_csv(folder / "part.csv", shuffled[:cut]))
        log.take(write_csv(folder / "rest.csv", shuffled))
        whole = import_log(f"sqlite:///{folder}/whole/desireline.db", folder / "whole")
        whole.take(write_csv(folder / "whole.csv", rows))
        assert without(log.events(), "position") == without(whole.events(), "position")
        for one in (log, whole):
            one.segments.db.close()


class TestOwnIds:
    UUIDS = tuple(f"0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c{i:02x}" for i in range(9))

    def rows(self, ids: Any, **more: Any) -> list[dict[str, Any]]:
        return [row | {"event_id": i} | more for row, i in zip(walks(9), ids, strict=False)]

    def test_are_those_of_events_that_came_over_http(self, log: ImportLog) -> None:
        with appending(log.segments.db) as appender:
            sent = [
                {"type": "page_viewed", "user_id": "ann", "id": i, "at": "2026-01-01"}
                for i in (self.UUIDS[0], "m-1", self.UUIDS[1], "m-2 é")
            ]
            appender.append(drafts(*sent[:2]), "api")
            seal(log.segments.db, log.segments.store, log.segments.clock)
            appender.append(drafts(*sent[2:]), "api")
        ids = [self.UUIDS[0], "m-1", self.UUIDS[1].upper(), "m-2 é", self.UUIDS[2], "m-3"]
        report = log.take(write_csv(log.folder / "w.csv", self.rows(ids)))
        assert (report.stored, report.duplicate) == (2, 4)
        new = {e["id"]: e["context"] for e in log.events()[4:]}
        assert new == {
            self.UUIDS[2]: {},
            event_ids.text_of(event_ids.derived("m-3")): {"message_id": "m-3"},
        }

    def test_count_once_in_one_file_too(self, log: ImportLog) -> None:
        rows = self.rows(self.UUIDS)
        report = log.take(write_csv(log.folder / "w.csv", rows * 2), events_a_chunk=4)
        assert (report.stored, report.duplicate) == (9, 9)
        assert log.counts() == (18, 9, 9, 0)

    def test_rows_without_one_go_by_their_content(self, log: ImportLog) -> None:
        rows = self.rows([*self.UUIDS[:4], *[None] * 5])
        assert log.take(write_csv(log.folder / "a.csv", rows)).stored == 9
        assert log.take(write_csv(log.folder / "b.csv", rows[2:] + rows[:2])).duplicate == 9

    @pytest.mark.parametrize(
        ("ids", "said"),
        [
            (range(1, 10), "it holds plain numbers"),
            (["a", "b", "a", "c", "d", "e", "f", "g", "h"], "several events have the same"),
        ],
    )
    def test_are_not_taken_where_they_name_no_event(
        self, other: ImportLog, ids: Any, said: str
    ) -> None:
        report = other.take(write_csv(other.folder / "w.csv", self.rows(ids)))
        assert report.read is not None
        assert any(said in note for note in report.read.notes)
        assert all("event_id" in e["properties"] for e in other.events())
        assert report.stored == 9

    def test_are_taken_where_the_user_says_so(self, other: ImportLog) -> None:
        read = Mapping(id="event_id")
        report = other.take(write_csv(other.folder / "w.csv", self.rows([1] * 9)), read)
        assert (report.stored, report.duplicate) == (1, 8)


def test_ids_never_change(other: ImportLog) -> None:
    """A log of today knows the rows of a file that it imported years ago."""
    rows = [*walks(3), {"user_id": "ann", "event": "e", "time": "1969-12-31T23:59:59.999999Z"}] * 2
    other.take(write_csv(other.folder / "w.csv", rows))
    found = {(e["type"], e["at"], e["id"]) for e in other.events()}
    assert sorted(found) == PINNED


PINNED = [
    ("cart_filled", 1767261600000000, "00000000-0002-8964-af81-a495c8733599"),
    ("cart_filled", 1767261600000000, "00000000-0019-81d2-9e6e-9aa20caca75f"),
    ("e", -1, "00000000-0000-8365-b992-bb14250a0a85"),
    ("e", -1, "00000000-0017-85f2-beea-69c96875caa7"),
    ("größe gewählt", 1767261660000000, "00000000-0005-8e1d-a10a-bbd801a2b8a6"),
    ("größe gewählt", 1767261660000000, "00000000-0032-8f2f-b483-db636c8b28ac"),
    ("page_viewed", 1767261600000000, "00000000-0021-87f0-822e-a66e6d1c1c82"),
    ("page_viewed", 1767261600000000, "00000000-002e-8ad2-ad11-e0197f48dbcf"),
]
