"""Upgrades each database named, each in a process that is killed just before its n-th statement.

Arguments: the folder of the scripts, then n and URL for each. Prints for each whether it was
killed.
"""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from itertools import count
from pathlib import Path

from sqlalchemy import event
from tests.killing import killed

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


if __name__ == "__main__":
    folder, *pairs = sys.argv[1:]
    for last, url in zip(pairs[::2], pairs[1::2], strict=True):
        done = killed(partial(upgrade_killed, url, Path(folder), int(last)))
        sys.stdout.write(f"{int(done)}\n")
