"""Copies events to a table by a reaction, each time killed one step later, until one run ends.

Arguments: the URL, the folder of the segments. Prints how many runs were killed. A step is a
statement that changes something, or a commit.
"""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from itertools import count
from pathlib import Path

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, event, insert
from tests.killing import killed

from desireline.kit.database import Database
from desireline.log.following import Batch, Follower, Reaction
from desireline.log.segments.folder import FolderStore
from desireline.log.segments.reading import LogReader

copied = Table("copied", MetaData(), Column("position", BigInteger, nullable=False))
"""Without a key: what is copied twice stands there twice."""


def copy(tx: Connection, batch: Batch) -> None:
    """The reaction."""
    tx.execute(insert(copied), [{"position": one.position} for one in batch.events])


COPY = Reaction("copy", copy)


def copy_all(url: str, folder: Path, step: int) -> None:
    """Follows the log to its end, or is killed."""
    db = Database(url)
    steps = count()

    def look(*words: object) -> None:
        if len(words) > 2 and str(words[2]).startswith("SELECT"):
            return
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(db.engine, "before_cursor_execute", look)
    event.listen(db.engine, "commit", look)
    with LogReader(db, FolderStore(folder)) as reader:
        for _ in Follower(db, reader, COPY).catch_up(rows=50):
            pass
    db.close()


if __name__ == "__main__":
    for step in count():
        if not killed(partial(copy_all, sys.argv[1], Path(sys.argv[2]), step % 11)):
            sys.stdout.write(f"{step}\n")
            break
