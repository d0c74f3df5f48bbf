"""Jobs: each done once, by whoever holds it, whatever happens to the workers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import func, insert, select
from tests.kit.conftest import NOON
from tests.kit.killed_working import effect

from desireline.kit.claims import SECOND, ClaimLost
from desireline.kit.clock import SetClock
from desireline.kit.database import Database
from desireline.kit.jobs import CLAIM_SECONDS, MOST_ATTEMPTS, JobMissing, Jobs
from desireline.kit.tables import job

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def jobs(db: Database, clock: SetClock) -> Jobs:
    return Jobs(db, clock)


def enqueue(db: Database, jobs: Jobs, *keys: str, **told: int) -> list[bool]:
    with db.transaction() as tx:
        return [jobs.enqueue(tx, "seal", key, {"of": key}, **told) for key in keys]


class TestEnqueue:
    def test_happens_with_the_callers_transaction(self, db: Database, jobs: Jobs) -> None:
        class Stop(Exception):
            pass

        def put() -> None:
            with db.transaction() as tx:
                jobs.enqueue(tx, "seal", "a")
                raise Stop

        with pytest.raises(Stop):
            put()
        assert jobs.counts() == {}
        assert jobs.next_due() is None

    def test_takes_each_key_once(self, db: Database, jobs: Jobs) -> None:
        assert enqueue(db, jobs, "a", "b", "a") == [True, True, False]
        with db.transaction() as tx:
            assert jobs.enqueue(tx, "compact", "a")
        (work,) = jobs.claim("w", kinds=["compact"])
        with db.transaction() as tx:
            jobs.complete(tx, work)
            assert not jobs.enqueue(tx, "compact", "a"), "not again when it is done"
        assert jobs.counts() == {"pending": 2, "done": 1}

    def test_keeps_the_payload(self, db: Database, jobs: Jobs) -> None:
        payload = {"é": [1, 2.5, None, True], "deep": {"x": "\u2603"}}
        with db.transaction() as tx:
            jobs.enqueue(tx, "seal", "a", payload)
        (work,) = jobs.claim("w")
        assert (work.kind, work.key, work.payload, work.attempts) == ("seal", "a", payload, 1)


class TestClaim:
    def test_waits_until_it_is_due(self, db: Database, jobs: Jobs, clock: SetClock) -> None:
        enqueue(db, jobs, "later", due_at=NOON + 5 * SECOND)
        assert jobs.claim("w") == []
        assert jobs.next_due() == NOON + 5 * SECOND
        clock.move(5 * SECOND)
        assert [work.key for work in jobs.claim("w")] == ["later"]

    def test_takes_what_is_due_longest_and_no_more_than_asked(
        self, db: Database, jobs: Jobs
    ) -> None:
        for late in (1, 3, 2):
            enqueue(db, jobs, f"late {late}", due_at=NOON - late * SECOND)
        assert [work.key for work in jobs.claim("w", 2)] == ["late 3", "late 2"]
        assert [work.key for work in jobs.claim("w", 2)] == ["late 1"]

    def test_of_kinds(self, db: Database, jobs: Jobs) -> None:
        enqueue(db, jobs, "a")
        assert jobs.claim("w", kinds=["mail"]) == []
        assert len(jobs.claim("w", kinds=["mail", "seal"])) == 1

    def test_runs_out(self, db: Database, jobs: Jobs, clock: SetClock) -> None:
        enqueue(db, jobs, "a")
        (late,) = jobs.claim("slow")
        clock.move(CLAIM_SECONDS * SECOND - 1)
        assert jobs.claim("w") == []
        clock.move(1)
        (work,) = jobs.claim("w")
        assert work.attempts == 2
        with pytest.raises(ClaimLost, match="seal 'a'"), db.transaction() as tx:
            jobs.complete(tx, late)
        with db.transaction() as tx:
            jobs.complete(tx, work)
        assert jobs.counts() == {"done": 1}

    def test_that_ran_out_still_counts_while_nobody_else_came(
        self, db: Database, jobs: Jobs, clock: SetClock
    ) -> None:
        enqueue(db, jobs, "a")
        (work,) = jobs.claim("slow")
        clock.move(10 * CLAIM_SECONDS * SECOND)
        with db.transaction() as tx:
            jobs.complete(tx, work)
        assert jobs.counts() == {"done": 1}

    def test_is_prolonged(self, db: Database, jobs: Jobs, clock: SetClock) -> None:
        enqueue(db, jobs, "a")
        (work,) = jobs.claim("slow")
        for _ in range(5):
            clock.move((CLAIM_SECONDS - 1) * SECOND)
            with db.transaction() as tx:
                jobs.keep(tx, work)
            assert jobs.claim("w") == []
        with db.transaction() as tx:
            jobs.complete(tx, work)

    def test_skips_what_another_transaction_holds(self, db: Database, jobs: Jobs) -> None:
        """On PostgreSQL nobody waits for the row of another; on SQLite there is one writer."""
        if db.is_sqlite:
            enqueue(db, jobs, "a")
            assert jobs.claim("w")
            return
        enqueue(db, jobs, "a", "b")
        (work,) = jobs.claim("w")
        with db.transaction() as tx:
            jobs.complete(tx, work)
            assert [other.key for other in jobs.claim("v", 5)] == ["b"]


class TestComplete:
    def test_is_one_transaction_with_the_effect(
        self, db: Database, jobs: Jobs, clock: SetClock
    ) -> None:
        effect.create(db.engine)
        enqueue(db, jobs, "a")
        (late,) = jobs.claim("slow")
        clock.move(CLAIM_SECONDS * SECOND)
        for worker in (late, *jobs.claim("w")):
            try:
                with db.transaction() as tx:
                    tx.execute(insert(effect).values(key=worker.key))
                    jobs.complete(tx, worker)
            except ClaimLost:
                assert worker is late
        with db.reading() as look:
            assert look.scalar(select(func.count()).select_from(effect)) == 1

    def test_is_forgotten_after_a_while(self, db: Database, jobs: Jobs, clock: SetClock) -> None:
        enqueue(db, jobs, "a", "b")
        (work,) = jobs.claim("w")
        with db.transaction() as tx:
            jobs.complete(tx, work)
        clock.move(SECOND)
        with db.transaction() as tx:
            assert jobs.forget(tx, before=clock.now()) == 1
        assert jobs.counts() == {"pending": 1}
        assert enqueue(db, jobs, "a") == [True]


class TestRetry:
    def test_waits_longer_each_time_and_dies_at_last(
        self, db: Database, jobs: Jobs, clock: SetClock
    ) -> None:
        enqueue(db, jobs, "a")
        waits = []
        for attempt in range(1, MOST_ATTEMPTS + 1):
            (work,) = jobs.claim("w")
            with db.transaction() as tx:
                assert jobs.retry(tx, work, f"No. {attempt}") == (attempt < MOST_ATTEMPTS)
            if attempt < MOST_ATTEMPTS:
                due_at = jobs.next_due()
                assert due_at is not None
                waits.append((due_at - clock.now()) // SECOND)
                clock.move(due_at - clock.now())
        assert waits == [10, 20, 40, 80, 160, 320, 640, 1280, 2560]
        (dead,) = jobs.dead()
        assert (dead.key, dead.last_error, dead.attempts) == ("a", "No. 10", MOST_ATTEMPTS)
        assert jobs.claim("w") == []

    def test_a_dead_job_can_be_revived(self, db: Database, jobs: Jobs, clock: SetClock) -> None:
        self.test_waits_longer_each_time_and_dies_at_last(db, jobs, clock)
        (dead,) = jobs.dead()
        with db.transaction() as tx:
            jobs.revive(tx, dead.id)
        with pytest.raises(JobMissing), db.transaction() as tx:
            jobs.revive(tx, dead.id)
        (work,) = jobs.claim("w")
        assert work.attempts == 1
        with db.transaction() as tx:
            jobs.complete(tx, work)

    def test_a_claim_from_before_its_death_is_void(
        self, db: Database, jobs: Jobs, clock: SetClock
    ) -> None:
        enqueue(db, jobs, "a")
        (first,) = jobs.claim("zombie")
        for _ in range(MOST_ATTEMPTS):
            clock.move(CLAIM_SECONDS * SECOND)
            jobs.claim("w")
        (dead,) = jobs.dead()
        with db.transaction() as tx:
            jobs.revive(tx, dead.id)
        jobs.claim("w")
        with pytest.raises(ClaimLost), db.transaction() as tx:
            jobs.complete(tx, first)

    def test_a_job_that_kills_its_workers_dies(
        self, db: Database, jobs: Jobs, clock: SetClock
    ) -> None:
        enqueue(db, jobs, "poison")
        for _ in range(MOST_ATTEMPTS):
            assert jobs.claim("w")
            clock.move(CLAIM_SECONDS * SECOND)
        enqueue(db, jobs, "good")
        assert [work.key for work in jobs.claim("w", 5)] == ["good"]
        (dead,) = jobs.dead()
        assert (dead.key, dead.last_error) == ("poison", "Its worker ended without a word.")

    def test_a_long_error_is_cut(self, db: Database, jobs: Jobs) -> None:
        enqueue(db, jobs, "a")
        (work,) = jobs.claim("w")
        with db.transaction() as tx:
            jobs.retry(tx, work, "x" * 10**6)
        with db.reading() as look:
            assert len(str(look.scalar(select(job.c.last_error)))) == 2000


class TestManyWorkers:
    def test_threads_do_each_job_once(self, db: Database, jobs: Jobs) -> None:
        effect.create(db.engine)
        keys = [f"{n:03}" for n in range(120)]
        assert all(enqueue(db, jobs, *keys))
        threads = [Thread(target=work_all, args=(db, jobs, f"w{n}")) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with db.reading() as look:
            assert sorted(look.scalars(select(effect.c.key))) == keys
        assert jobs.counts() == {"done": 120}

    def test_killed_workers_lose_nothing(
        self, db: Database, jobs: Jobs, clock: SetClock, database_url: str
    ) -> None:
        """Each is killed between its effect and the commit, or with jobs in its hands."""
        effect.create(db.engine)
        keys = [f"{n}" for n in range(12)]
        enqueue(db, jobs, *keys)
        command = [sys.executable, "-m", "tests.kit.killed_working", database_url, str(NOON)]
        done = subprocess.run([*command, "1", "2", "3"], cwd=ROOT, check=False, stderr=-1)
        assert done.returncode == 0, done.stderr.decode()
        assert jobs.counts()["claimed"] > 0
        clock.move(4 * CLAIM_SECONDS * SECOND)
        work_all(db, jobs, f"w{os.getpid()}")
        with db.reading() as look:
            assert sorted(look.scalars(select(effect.c.key))) == sorted(keys)
        assert jobs.counts() == {"done": 12}


def work_all(db: Database, jobs: Jobs, worker: str) -> None:
    """Claims, has the effect and completes, until nothing is due."""
    while works := jobs.claim(worker, 3):
        for work in works:
            with db.transaction() as tx:
                tx.execute(insert(effect).values(key=work.key))
                jobs.complete(tx, work)
