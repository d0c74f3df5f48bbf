"""Works on copies of a log, each killed one step later than the one before, until one is not.

Arguments: what to do, the folder of the log, the folder for the copies. A step is a statement
that changes something, a commit, or a change in the folder of the segments. Prints how many were
killed. One process forks all, for the modules take a second to import.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from itertools import count
from pathlib import Path

from sqlalchemy import event

from desireline.formats.duck import Duck
from desireline.formats.segment_files import write_segment
from desireline.kit.clock import SystemClock
from desireline.kit.database import Database
from desireline.log.counting import add_counts
from desireline.log.segments.adding import add_segments
from desireline.log.segments.compacting import compact
from desireline.log.segments.erasing import erase
from desireline.log.segments.sealing import seal
from desireline.log.segments.store import SegmentStore

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree"}


def kill_at(step: int, db: Database, folder: Path) -> None:
    """Kills this process at its n-th step."""
    steps = count()

    def look(*_: object) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def read(*words: object) -> None:
        if not str(words[2]).startswith("SELECT"):
            look()

    def watch(name: str, words: tuple[object, ...]) -> None:
        if name in CHANGES and str(words[0]).startswith(str(folder)):
            look()

    event.listen(db.engine, "before_cursor_execute", read)
    event.listen(db.engine, "commit", look)
    sys.addaudithook(watch)


def add(db: Database, store: SegmentStore) -> None:
    """Adds the events of a file that lies ready."""
    with store.at_work() as folder, Duck() as duck:
        ready = f"'{store.staging / 'ready.parquet'}'"
        file = write_segment(duck, ready, folder / "0.parquet")
        add_segments(
            db, store, [file], SystemClock(), lambda tx, _: add_counts(tx, {"stored": file.rows})
        )


WORK: dict[str, Callable[[Database, SegmentStore], object]] = {
    "seal": lambda db, store: seal(db, store, SystemClock()),
    "compact": lambda db, store: compact(db, store, SystemClock(), fully=True),
    "erase": lambda db, store: erase(db, store, SystemClock(), [3, 4]),
    "add": add,
}


def at_work(task: str, folder: Path, step: int) -> None:
    """Does the task, and may be killed."""
    db = Database(f"sqlite:///{folder}/desireline.db")
    store = SegmentStore.at(f"file://{folder}/segments")
    kill_at(step, db, folder)
    WORK[task](db, store)
    db.close()


def killed(task: str, folder: Path, step: int) -> bool:
    """Whether a process was killed at a step of its task."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            at_work(task, folder, step)
            code = 0
        except Exception:  # noqa: BLE001 - the child ends here, whatever it was
            traceback.print_exc()
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, -signal.SIGKILL):
        raise SystemExit(f"{task}, step {step}: exit code {status}")
    return status == -signal.SIGKILL


if __name__ == "__main__":
    task, log, copies = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    for step in count():
        copy = copies / str(step)
        shutil.copytree(log, copy)
        if not killed(task, copy, step):
            sys.stdout.write(f"{step}\n")
            break
