"""Work that repeats: it goes on after errors, says so, and ends when told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select
from tests.databases import new_workspace
from tests.server.processes import until, walks

from desireline.kit.claims import Work
from desireline.kit.jobs import Jobs
from desireline.log.decoding import decode
from desireline.log.drafting import Arrival
from desireline.log.following import Batch, Reaction
from desireline.log.tables import event, segment
from desireline.modules.module import Module
from desireline.modules.rooms import Rooms
from desireline.registry import MODULES
from desireline.settings import read_settings
from desireline.worker.doing_jobs import JobDoer
from desireline.worker.reacting import reacting
from desireline.worker.staff import Staff
from desireline.worker.stage import Stage, Task


@pytest.fixture
def rooms(tmp_path: Path, database_url: str) -> Iterator[Rooms]:
    settings = read_settings(
        {}, data_dir=tmp_path / "w", database_url=database_url, seal_rows=100, seal_seconds=1000
    )
    found = Rooms.of(new_workspace(settings))
    yield found
    found.close()


def _append(rooms: Rooms, persons: int) -> int:
    body = json.dumps(walks(persons)).encode()
    return len(rooms.appender.append(decode(body, Arrival.by(rooms.clock)), "test"))


class TestStage:
    def test_an_error_is_said_and_does_not_end_it(self, caplog: pytest.LogCaptureFixture) -> None:
        runs: list[int] = []

        def work() -> None:
            runs.append(len(runs))
            if len(runs) == 1:
                raise OSError("a secret of somebody")

        stage = Stage(Task("test", work, 0.01))
        stage.start()
        until(lambda: stage.failing or len(runs) > 1)
        until(lambda: len(runs) > 2)
        assert stage.failing == ""
        assert stage.failing_seconds == 0
        stage.stop()
        assert stage.join(10)
        assert caplog.records[0].message == "stage failed"

    def test_what_goes_on_failing_is_tried_less_often(self) -> None:
        runs: list[int] = []

        def work() -> None:
            runs.append(1)
            raise ValueError

        stage = Stage(Task("test", work, 0.0))
        stage.start()
        until(lambda: stage.failing == "ValueError")
        stage.stop()
        assert stage.join(10)
        assert len(runs) <= 2


class TestStaff:
    def test_the_log_is_followed_and_sealed(self, rooms: Rooms) -> None:
        staff = Staff(rooms, MODULES, "all")
        stages = ["index", "targets", "sealing", "compaction", "sweeping", "erasures", "long jobs"]
        names = [s.name for s in staff.stages]  # and what the modules bring
        assert (names[: len(stages)], names[-1]) == (stages, "copies")
        n = _append(rooms, 200)
        staff.start()
        try:
            until(lambda: rooms.pulse.position == n)
            until(lambda: _sealed(rooms) == (n, 0))
        finally:
            assert staff.stop(20) == []
        assert rooms.pulse.last_minute == 0

    def test_roles_share_the_work(self, rooms: Rooms) -> None:
        assert [s.name for s in Staff(rooms, MODULES, "server").stages] == [
            "index",
            "targets",
            "copies",
        ]
        assert "index" not in [s.name for s in Staff(rooms, MODULES, "worker").stages]


class TestReactions:
    def test_the_worker_reacts_to_all_events_and_ends_when_told(self, rooms: Rooms) -> None:
        met: list[int] = []

        def meet(tx: Connection, batch: Batch) -> None:
            met.extend(one.position for one in batch.events)

        module = Module(
            name="test",
            tables=(),
            routes=MODULES[0].routes,
            service=lambda _: None,
            reactions=(Reaction("test.meet", meet),),
        )
        n = _append(rooms, 200)
        stages = [Stage(task) for task in reacting(rooms, [module])]
        assert [stage.name for stage in stages] == ["reaction test.meet"]
        stages[0].start()
        try:
            until(lambda: len(met) == n)
            _append(rooms, 300)  # the first 200 again, which are known
            assert rooms.appender.position > n
            until(lambda: len(met) == rooms.appender.position)
        finally:
            stages[0].stop()
            assert stages[0].join(10)
        assert met == list(range(1, rooms.appender.position + 1))


class TestJobs:
    def test_each_is_done_once_by_who_knows_how(self, rooms: Rooms) -> None:
        done: list[dict[str, Any]] = []
        tries: list[int] = []

        def greet(tx: Connection, work: Work) -> None:
            done.append(work.payload)

        def fail(tx: Connection, work: Work) -> None:
            tries.append(work.attempts)
            raise ValueError

        how = {"greet": greet, "fail": fail}
        module = Module(
            name="test", tables=(), routes=MODULES[0].routes, service=lambda _: None, jobs=how
        )
        jobs = Jobs(rooms.db, rooms.clock)
        with rooms.db.transaction() as tx:
            for number in range(25):
                jobs.enqueue(tx, "greet", str(number), {"n": number})
            jobs.enqueue(tx, "fail", "1")
            jobs.enqueue(tx, "unknown", "1")
        doer = JobDoer(rooms, (module,))
        assert doer.do_due() == 26
        assert sorted(d["n"] for d in done) == list(range(25))
        assert len(tries) == 1
        assert doer.do_due() == 0
        assert jobs.counts()["done"] == 25


def _sealed(rooms: Rooms) -> tuple[int, int]:
    """Events in segments, and in the tail."""
    with rooms.db.reading() as look:
        rows = look.execute(select(func.coalesce(func.sum(segment.c.rows), 0))).scalar_one()
        tail = look.execute(select(func.count()).select_from(event)).scalar_one()
    return int(rows), tail
