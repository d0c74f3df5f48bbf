"""Workers that are killed, one after the other, each in the midst of its n-th job.

Arguments: URL, the time, then n for each worker. Each comes when the claims of the one before have
run out. One process forks all, for SQLAlchemy takes a second to import.
"""

from __future__ import annotations

import os
import signal
import sys

from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

from desireline.kit.claims import SECOND
from desireline.kit.clock import SetClock
from desireline.kit.database import Database
from desireline.kit.jobs import CLAIM_SECONDS, Jobs

effect = Table("effect", MetaData(), Column("id", Integer, primary_key=True), Column("key", Text))


def work_killed(url: str, now: int, last: int) -> None:
    db = Database(url)
    jobs = Jobs(db, SetClock(now))
    for number, work in enumerate(jobs.claim("killed", 5), start=1):
        with db.transaction() as tx:
            tx.execute(insert(effect).values(key=work.key))
            jobs.complete(tx, work)
            if number == last:
                os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, now: int, lasts: list[int]) -> None:
    for worker, last in enumerate(lasts):
        child = os.fork()
        if child == 0:
            try:
                work_killed(url, now + worker * CLAIM_SECONDS * SECOND, last)
            finally:
                os._exit(1)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status != -signal.SIGKILL:
            raise SystemExit(f"worker {worker}: exit code {status}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), [int(word) for word in sys.argv[3:]])
