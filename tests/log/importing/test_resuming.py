"""An import that was cut off goes on, and ends as if nothing had happened."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.databases import PostgresServer
from tests.log.importing.logs import ImportLog, import_log, walks, write_csv

from desireline.log.appending.appender import Appender
from desireline.log.appending.dedup import IdSets, no_segments
from desireline.log.decoding import decode
from desireline.log.drafting import Arrival
from desireline.log.importing.runs import ImportUnderWay
from desireline.log.segments.erasing import erase
from desireline.log.segments.errors import StoreUnwritable
from desireline.log.segments.verifying import verify
from desireline.log.tables import subject
from desireline.log.tables_import import import_run

ROOT = Path(__file__).parents[3]
SCRIPT = Path(__file__).with_name("killed_import.py")
KILLS = 9
BAD = {"user_id": "", "event": "e", "time": "2026-01-01"}


def run_killed(file: Path, *logs: tuple[int, str, Path]) -> list[tuple[bool, int]]:
    """Whether each import was killed, and how many steps it took till then."""
    words = [str(word) for log in logs for word in log]
    done = subprocess.run(
        [sys.executable, SCRIPT, file, *words],
        capture_output=True, text=True, check=False, cwd=ROOT, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = [line.split() for line in done.stdout.splitlines()]
    return [(was == "1", int(steps)) for was, steps in told]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "walks.csv", [*walks(120, persons=19), BAD])


def urls(kind: str, folder: Path, postgres: PostgresServer, count: int) -> list[str]:
    if kind == "sqlite":
        return [f"sqlite:///{folder}/{i}/desireline.db" for i in range(count)]
    return [postgres.new_database() for _ in range(count)]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_anywhere_it_ends_the_same(
    kind: str, file: Path, tmp_path: Path, postgres: PostgresServer
) -> None:
    addresses = urls(kind, tmp_path, postgres, KILLS + 1)
    folders = [tmp_path / str(i) for i in range(KILLS + 1)]
    ((was, steps),) = run_killed(file, (10**9, addresses[0], folders[0]))
    assert not was
    assert steps > 2 * KILLS
    whole = import_log(addresses[0], folders[0])
    right, counted = whole.events(), whole.counts()
    assert counted == (121, 120, 0, 1)

    at = [1 + (steps - 1) * i // (KILLS - 1) for i in range(KILLS)]
    results = run_killed(file, *zip(at, addresses[1:], folders[1:], strict=True))
    assert [was for was, _ in results] == [True] * KILLS
    resumed = set()
    for address, folder in zip(addresses[1:], folders[1:], strict=True):
        log = import_log(address, folder)
        report = log.take(file, events_a_chunk=25)
        resumed.add(report.resumed)
        assert log.events() == right
        if not report.before:  # else it was killed after its end
            assert log.counts() == counted
        assert [f for f in verify(log.segments.db, log.segments.store) if "unlisted" not in str(f)
                and "not listed" not in str(f)] == []  # fmt: skip
        assert log.take(file, events_a_chunk=25).stored == 0
        log.segments.db.close()
    whole.segments.db.close()
    assert len(resumed) > 2, "some chunks were done before the kill, and not done again"


def test_chunks_that_are_done_are_not_read_again(log: ImportLog, file: Path) -> None:
    seen: list[int] = []

    class Stop(Exception):
        pass

    def stop(stage: str, done: int, _: int) -> None:
        if stage == "Storing" and done > 60:
            raise Stop

    with pytest.raises(Stop):
        log.take(file, progress=stop, events_a_chunk=25)
    before = len(log.events())
    assert before >= 60

    def watch(stage: str, done: int, _: int) -> None:
        if stage == "Storing":
            seen.append(done)

    report = log.take(file, progress=watch, events_a_chunk=25)
    assert seen[0] == before
    assert report.resumed > 1
    with log.segments.db.reading() as look:
        (run,) = look.execute(select(import_run)).all()
    assert (run.rows, run.stored, run.duplicate, run.failed) == (121, 120, 0, 1)
    assert run.finished_at is not None


def test_an_event_that_comes_in_meanwhile_counts_once(log: ImportLog, tmp_path: Path) -> None:
    """It arrives while its segment is written: between the look for duplicates and the listing."""
    file = write_csv(
        tmp_path / "w.csv", [r | {"event_id": f"m-{i}"} for i, r in enumerate(walks(9))]
    )
    db, clock = log.segments.db, log.segments.clock

    def arrive() -> None:
        appender = Appender(db, IdSets(no_segments), clock)
        body = b'[{"type": "e", "user_id": "u", "id": "m-4"}]'
        appender.append(decode(body, Arrival.by(clock)), "api")
        appender.close()

    log.segments.store.after_put = arrive
    report = log.take(file)
    assert (report.stored, report.duplicate) == (8, 1)
    assert log.counts() == (10, 9, 1, 0)
    assert len({e["id"] for e in log.events()}) == 9
    assert [e["position"] for e in log.events()] == list(range(1, 10))


def test_a_person_who_is_erased_meanwhile_stays_erased(log: ImportLog, tmp_path: Path) -> None:
    """The next chunk has its numbers of subjects already: they are looked up once more."""
    segments = log.segments
    log.take(write_csv(tmp_path / "w.csv", walks(20)))
    with segments.db.reading() as look:
        numbers = list(look.execute(select(subject.c.id)).scalars())
    erased = []

    def erase_all(stage: str, done: int, _: int) -> None:
        if stage == "Storing" and done and not erased:
            erased.append(erase(segments.db, segments.store, segments.clock, numbers))

    file = write_csv(tmp_path / "more.csv", walks(40))
    report = log.take(file, None, erase_all, events_a_chunk=9)
    assert len(erased) == 1
    assert report.duplicate == 20, "ids of erased events stay known"
    assert verify(segments.db, segments.store) == []
    assert log.counts() == (60, 40, 20, 0)


def test_a_full_disk_is_said_in_a_sentence(log: ImportLog, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "w.csv", walks(20))
    staging = log.segments.store.staging
    staging.rmdir()
    staging.symlink_to("/dev/null")
    with pytest.raises((StoreUnwritable, OSError)):
        log.take(file)
    staging.unlink()
    staging.mkdir()
    assert log.take(file).stored == 20
    assert log.counts() == (20, 20, 0, 0)


def test_two_at_the_same_file_store_it_once(log: ImportLog, file: Path) -> None:
    """The slower one says so and stops."""
    others = []

    def overtake(stage: str, done: int, _: int) -> None:
        if stage == "Storing" and done and not others:
            others.append(log.take(file, events_a_chunk=25))

    with pytest.raises(ImportUnderWay, match="imported by another process, too"):
        log.take(file, None, overtake, events_a_chunk=25)
    with log.segments.db.reading() as look:
        (run,) = look.execute(select(import_run)).all()
    assert (run.stored + run.duplicate, run.failed) == (120, 1)
    assert log.counts() == (121, 120, 0, 1)
    assert len({e["id"] for e in log.events()}) == 120


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_beside_a_server_that_appends_and_seals(
    kind: str, tmp_path: Path, postgres: PostgresServer
) -> None:
    """Another process, which shares nothing with this one but the database and the folder."""
    (url,) = urls(kind, tmp_path, postgres, 1)
    log = import_log(url, tmp_path)
    rows = walks(400, persons=30)
    (tmp_path / "ready").unlink(missing_ok=True)
    command = [sys.executable, Path(__file__).with_name("busy_server.py"), url, tmp_path]
    server = subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    try:
        while not (tmp_path / "ready").exists():
            assert server.poll() is None
            time.sleep(0.05)
        for part in range(4):
            path = write_csv(tmp_path / f"{part}.csv", rows[: 100 * (part + 1)])
            assert log.take(path, events_a_chunk=20).stored == 100
    finally:
        (tmp_path / "stop").touch()
        assert server.wait(30) == 0
    found = log.events()
    assert [e["position"] for e in found] == list(range(1, len(found) + 1))
    assert sum(e["source"] == "import" for e in found) == 400
    assert sum(e["source"] == "api" for e in found) > 100
    _, stored, duplicate, failed = log.counts()
    assert (stored, duplicate, failed) == (len(found), 600, 0)
    assert [f for f in verify(log.segments.db, log.segments.store) if "not listed" not in
            f.sentence] == []  # fmt: skip
    log.segments.db.close()
