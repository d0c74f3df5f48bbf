"""Upgrades each database named, each in a process that is killed just before its n-th statement.

Arguments: the folder of the scripts, then n and URL for each. Prints for each whether it was
killed. One process forks all, for SQLAlchemy takes a second to import.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

from sqlalchemy import event

from desireline.kit.database import Database
from desireline.kit.migrating import upgrade


def upgrade_killed(url: str, scripts: Path, last: int) -> None:
    db = Database(url)
    statements = count()

    def kill(*_: object) -> None:
        if next(statements) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(db.engine, "before_cursor_execute", kill)
    event.listen(db.engine, "commit", kill)
    upgrade(db, scripts)
    db.close()


def killed(url: str, scripts: Path, last: int) -> bool:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            upgrade_killed(url, scripts, last)
            code = 0
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, -signal.SIGKILL):
        raise SystemExit(f"{url}: exit code {status}")
    return status == -signal.SIGKILL


if __name__ == "__main__":
    folder, *pairs = sys.argv[1:]
    for last, url in zip(pairs[::2], pairs[1::2], strict=True):
        sys.stdout.write(f"{int(killed(url, Path(folder), int(last)))}\n")
