"""Who works in this process, by its role."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from desireline.log.segments.book import tell_places
from desireline.log.segments.catalogue import Catalogue
from desireline.log.segments.compacting import compact
from desireline.log.segments.errors import TailChanged
from desireline.log.segments.runs import runs_of, to_merge
from desireline.log.segments.sweeping import sweep, sweep_copies
from desireline.modules.module import Module
from desireline.modules.rooms import Rooms
from desireline.worker import following, sealing
from desireline.worker.doing_jobs import JobDoer
from desireline.worker.long_jobs import LongJobDoer
from desireline.worker.reacting import reacting
from desireline.worker.stage import Stage, Task

COMPACT_SECONDS = 60.0
SWEEP_SECONDS = 600.0
DAY_SECONDS = 86_400.0
COPIES_SECONDS = 60.0
JOBS_SECONDS = 1.0
WATCH_SECONDS = 30.0


class Staff:
    """The stages of this process: `server` answers about the log, `worker` tidies it and reacts."""

    def __init__(self, rooms: Rooms, modules: Sequence[Module], role: str) -> None:
        self._rooms = rooms
        tasks: list[Task] = []
        if role != "worker":
            follower = following.Follower(rooms, modules)
            tasks.append(
                Task(
                    "index",
                    follower.follow,
                    following.EVERY_SECONDS,
                    follower.stop,
                    share=following.INDEX_SHARE,
                )
            )
            tasks += _watches(rooms, modules)
        if role != "server":
            tasks += [*_tidying(rooms), *_jobs(rooms, modules), *reacting(rooms, modules)]
            tasks += _daily(rooms, modules)
        copies = partial(sweep_copies, rooms.db, rooms.store)
        tasks.append(Task("copies", copies, COPIES_SECONDS))
        self.stages = [Stage(task) for task in tasks]
        rooms.stages = list(self.stages)

    def start(self) -> None:
        """Everyone begins."""
        for stage in self.stages:
            stage.start()

    def stop(self, seconds: float) -> list[str]:
        """Asks everyone to end, and gives the names of those who have not within so many seconds.

        They are on threads that end with the process, and what they do is whole or not at all.
        """
        for stage in self.stages:
            stage.stop()
        end = time.monotonic() + seconds
        return [s.name for s in self.stages if not s.join(end - time.monotonic())]


def _tidying(rooms: Rooms) -> list[Task]:
    args = (rooms.db, rooms.store, rooms.clock)
    work: list[tuple[str, Callable[[], object], float]] = [
        ("sealing", partial(sealing.seal_when_due, rooms), sealing.every_seconds(rooms)),
        ("compaction", partial(compact_when_due, rooms), COMPACT_SECONDS),
        ("sweeping", partial(sweep, *args), SWEEP_SECONDS),
        ("erasures", partial(tell_places, rooms.db), SWEEP_SECONDS),
    ]
    return [Task(*one) for one in work]


def compact_when_due(rooms: Rooms) -> bool:
    """Whether there were segments to merge. To ask costs a look into the catalogue, no DuckDB."""
    with rooms.db.reading() as connection:
        due = bool(to_merge(runs_of(Catalogue.read(connection).segments)))
    if due:
        with suppress(TailChanged):  # somebody erased meanwhile; the next round sees it
            compact(rooms.db, rooms.store, rooms.clock)
    return due


def _daily(rooms: Rooms, modules: Sequence[Module]) -> list[Task]:
    works = [work for module in modules for work in module.daily.items()]
    return [Task(name, partial(work, rooms), DAY_SECONDS) for name, work in works]


def _watches(rooms: Rooms, modules: Sequence[Module]) -> list[Task]:
    works = [work for module in modules for work in module.watches.items()]
    return [Task(name, partial(work, rooms), WATCH_SECONDS) for name, work in works]


def _jobs(rooms: Rooms, modules: Sequence[Module]) -> list[Task]:
    doer, long = JobDoer(rooms, modules), LongJobDoer(rooms, modules)
    tasks = [Task("jobs", doer.do_due, JOBS_SECONDS)] if doer.kinds else []
    if long.kinds:
        tasks.append(Task("long jobs", long.do_due, JOBS_SECONDS, long.stop))
    return tasks
