"""Following the log: every event once and in order, wherever it lies."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError
from tests.log.following_killed import COPY, copied
from tests.log.segments.logs import Log, blank_as_none, made_up, new_log, put

from desireline.formats.duck import Duck
from desireline.formats.segment_files import write_segment
from desireline.log.following import MOST_IN_A_ROW, Batch, Follower, Logged, Reaction, batches
from desireline.log.segments.adding import add_segments
from desireline.log.segments.compacting import compact
from desireline.log.segments.erasing import erase
from desireline.log.segments.reading import LogReader
from desireline.log.segments.sealing import seal

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def log(database_url: str, tmp_path: Path) -> Iterator[Log]:
    made = new_log(database_url, tmp_path)
    yield made
    made.db.close()


def scattered(log: Log) -> list[dict[str, object]]:
    """600 events: in a merged segment, in a small one, in an import between two tails, in tails."""
    rows = made_up(600)
    put(log, rows[:200])
    for upto in (60, 120, 150, 180):
        seal(log.db, log.store, log.clock, upto=upto)
    compact(log.db, log.store, log.clock, fully=True, rows=60)
    imported = [
        {**{k: v for k, v in row.items() if k != "position"}, "place": i}
        for i, row in enumerate(rows[200:400])
    ]
    with Duck() as duck:
        put_there = _relation(duck, imported)
        file = write_segment(duck, put_there, log.store.staging / "made.parquet")
    add_segments(log.db, log.store, [file], log.clock)
    put(log, rows[400:])
    return rows


def _relation(duck: Duck, rows: list[dict[str, object]]) -> str:
    from desireline.formats.segment_files import COLUMNS  # noqa: PLC0415

    duck.run("CREATE TABLE made (" + ", ".join(f'"{n}" {t}' for n, t in COLUMNS.items()) + ")")
    marks = ", ".join("?" for _ in COLUMNS)
    for row in rows:
        duck.run(f"INSERT INTO made VALUES ({marks})", [row[name] for name in COLUMNS])
    return "made"


def read(log: Log, after: int = 0, rows: int = 50, kinds: tuple[str, ...] = ()) -> list[Batch]:
    with LogReader(log.db, log.store) as reader:
        return list(batches(reader, after, kinds, rows))


def events_in(found: list[Batch]) -> list[Logged]:
    return [one for batch in found for one in batch.events]


class TestBatches:
    def test_all_events_in_order_wherever_they_lie(self, log: Log) -> None:
        rows = scattered(log)
        found = read(log)
        plain = [one._asdict() for one in events_in(found)]
        assert blank_as_none(plain) == blank_as_none(rows)  # type: ignore[arg-type]
        assert all(len(batch.events) <= 50 for batch in found)
        assert found[-1].position == 600
        ends = [batch.position for batch in found]
        assert ends == sorted(set(ends))

    @pytest.mark.parametrize("after", [0, 1, 59, 179, 200, 399, 599, 600])
    def test_from_any_position(self, log: Log, after: int) -> None:
        scattered(log)
        found = [one.position for one in events_in(read(log, after))]
        assert found == list(range(after + 1, 601))

    def test_only_the_kinds_that_are_wanted(self, log: Log) -> None:
        rows = scattered(log)
        pages = [row["position"] for row in rows if row["kind"] == "page"]
        found = read(log, kinds=("page",))
        assert [one.position for one in events_in(found)] == pages
        assert found[-1].position == 600
        none = read(log, kinds=("group",))
        assert events_in(none) == []
        assert none[-1].position == 600

    def test_erased_events_are_left_out_and_passed(self, log: Log) -> None:
        rows = scattered(log)
        erase(log.db, log.store, log.clock, [3, 4])
        left = [row["position"] for row in rows if row["subject"] not in (3, 4)]
        found = read(log)
        assert [one.position for one in events_in(found)] == left
        assert found[-1].position == 600

    def test_an_empty_log_has_none(self, log: Log) -> None:
        assert read(log) == []

    def test_a_long_tail_is_read_in_windows(
        self, log: Log, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("desireline.log.segments.scanning.TAIL_ROWS", 7)
        scattered(log)
        assert [one.position for one in events_in(read(log))] == list(range(1, 601))

    def test_sealed_and_merged_while_it_is_read(self, log: Log) -> None:
        scattered(log)
        with LogReader(log.db, log.store) as reader:
            found = []
            for batch in batches(reader, 0, rows=100):
                found.append(batch)
                seal(log.db, log.store, log.clock)
                compact(log.db, log.store, log.clock, fully=True)
                for name in set(log.store.names()) - set(log.listed()):
                    log.store.delete(name)
        assert [one.position for one in events_in(found)] == list(range(1, 601))


class TestFollower:
    def test_each_event_is_reacted_to_once(self, log: Log) -> None:
        met: list[int] = []

        def meet(_: Connection, batch: Batch) -> None:
            met.extend(one.position for one in batch.events)

        scattered(log)
        with LogReader(log.db, log.store) as reader:
            follower = Follower(log.db, reader, Reaction("meet", meet))
            assert list(follower.catch_up(rows=250)) == [250, 500, 600]
            assert list(follower.catch_up()) == []
            put(log, made_up(10, first=601))
            another = Follower(log.db, reader, Reaction("meet", meet))
            assert list(another.catch_up()) == [610]
        assert met == list(range(1, 611))

    def test_nothing_to_do_is_not_written_down_each_time(self, log: Log) -> None:
        scattered(log)
        with LogReader(log.db, log.store) as reader:
            follower = Follower(log.db, reader, Reaction("none", _never, ("group",)))
            assert list(follower.catch_up()) == [600]
            assert follower.position == 0
            assert list(follower.catch_up()) == []

    def test_only_what_is_wanted_is_given(self, log: Log) -> None:
        met: list[int] = []

        def meet(_: Connection, batch: Batch) -> None:
            met.extend(one.position for one in batch.events)

        scattered(log)
        reaction = Reaction("some", meet, wants=lambda one: one.position % 97 == 0)
        with LogReader(log.db, log.store) as reader:
            follower = Follower(log.db, reader, reaction)
            assert list(follower.catch_up(rows=100))[-1] == 600
        assert met == [97, 194, 291, 388, 485, 582]
        assert follower.position == 600

    def test_a_batch_is_made_ready_before_others_have_to_wait(self, log: Log) -> None:
        met: list[tuple[str, int]] = []

        def ready(batch: Batch) -> None:
            with log.db.transaction():  # nobody holds the lock of all who write
                met.append(("ready", batch.position))
            raise ValueError("not heard")

        def meet(_: Connection, batch: Batch) -> None:
            met.append(("done", batch.position))

        scattered(log)
        with LogReader(log.db, log.store) as reader:
            follower = Follower(log.db, reader, Reaction("ready", meet, prepare=ready))
            assert list(follower.catch_up(rows=250)) == [250, 500, 600]
        assert met == [(word, end) for end in (250, 500, 600) for word in ("ready", "done")]

    def test_what_the_database_refuses_is_undone_and_comes_again(self, log: Log) -> None:
        fails = [True]

        def once(tx: Connection, batch: Batch) -> None:
            COPY.react(tx, batch)
            if fails.pop():
                tx.execute(text("SELECT nothing FROM nowhere"))

        scattered(log)
        with log.db.transaction() as tx:
            copied.create(tx)
        with LogReader(log.db, log.store) as reader:
            follower = Follower(log.db, reader, Reaction("once", once))
            with pytest.raises(DBAPIError, match="nowhere"):
                list(follower.catch_up(rows=600))
            assert _copied(log) == []
            fails.append(False)
            list(follower.catch_up(rows=600))
        assert _copied(log) == list(range(1, 601))

    def test_one_event_that_breaks_it_harms_no_other(
        self, log: Log, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fragile(tx: Connection, batch: Batch) -> None:
            COPY.react(tx, batch)
            if any(one.position in (77, 78, 600) for one in batch.events):
                raise ValueError("poison")

        scattered(log)
        with log.db.transaction() as tx:
            copied.create(tx)
        with LogReader(log.db, log.store) as reader:
            follower = Follower(log.db, reader, Reaction("fragile", fragile))
            assert list(follower.catch_up(rows=50))[-1] == 600
            assert follower.passed_over == 3
            assert follower.position == 600
        assert _copied(log) == [n for n in range(1, 601) if n not in (77, 78, 600)]
        told = [r.facts["position"] for r in caplog.records if r.message == "event passed over"]  # type: ignore[attr-defined]
        assert told == [77, 78, 600]

    def test_where_all_events_break_it_none_is_passed_over_for_ever(self, log: Log) -> None:
        scattered(log)
        with LogReader(log.db, log.store) as reader:
            follower = Follower(log.db, reader, Reaction("broken", _never))
            with pytest.raises(AssertionError):
                list(follower.catch_up(rows=100))
            assert follower.position == MOST_IN_A_ROW

    def test_two_processes_do_nothing_twice(self, log: Log) -> None:
        scattered(log)
        with log.db.transaction() as tx:
            copied.create(tx)

        def follow() -> None:
            with LogReader(log.db, log.store) as reader:
                follower = Follower(log.db, reader, COPY)
                while follower.position < 600:
                    list(follower.catch_up(rows=20))

        threads = [Thread(target=follow) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert _copied(log) == list(range(1, 601))

    def test_killed_at_any_step_nothing_is_lost_or_doubled(self, log: Log, tmp_path: Path) -> None:
        scattered(log)
        with log.db.transaction() as tx:
            copied.create(tx)
        url = log.db.url.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "tests.log.following_killed"]
        words = [*command, url, str(tmp_path / "segments")]
        done = subprocess.run(
            words, capture_output=True, text=True, check=True, cwd=ROOT, timeout=120
        )
        assert int(done.stdout) >= 4
        assert _copied(log) == list(range(1, 601))


class TestSpeed:
    def test_reading_grows_with_the_log_and_not_faster(self, log: Log) -> None:
        """A log of four times the length takes about four times as long, not sixteen."""
        put(log, made_up(20_000))
        seal(log.db, log.store, log.clock)
        read(log, rows=2_000)
        short = _seconds(log)
        put(log, made_up(60_000, first=20_001))
        seal(log.db, log.store, log.clock)
        assert _seconds(log) < 10 * short


def _seconds(log: Log) -> float:
    """Of a processor, the least of three: a neighbour may take it away, or what it has cached."""
    return min(_once(log) for _ in range(3))


def _once(log: Log) -> float:
    begin = time.process_time()
    read(log, rows=2_000)
    return time.process_time() - begin


def _copied(log: Log) -> list[int]:
    with log.db.reading() as look:
        return list(look.execute(select(copied.c.position).order_by(copied.c.position)).scalars())


def _never(tx: Connection, batch: Batch) -> None:
    raise AssertionError
