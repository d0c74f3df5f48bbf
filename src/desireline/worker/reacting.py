"""Lets the modules react to what is in the log, one batch at a time, and never in the way."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import chain
from threading import Event, Lock

from desireline.log.appending.appender import Appender
from desireline.log.following import Follower, Reaction
from desireline.modules.module import Module
from desireline.modules.rooms import Rooms
from desireline.worker.stage import Task

EVERY_SECONDS = 1.0
IDLE_SHARE = 0.5
BUSY_SHARE = 0.05
"""How much of one processor all reactions take together, at most: of a log of millions that is read
for the first time, and while events come in, whose senders wait for the same lock of Python's."""
MANY = 100
"""Events a second since the last turn, from which on the process is busy. Counted over a turn alone
2,000 a second that came one by one were not many, and reactions took a quarter of the processor."""
MOST_REST_SECONDS = 2.0


def reactions_of(modules: Sequence[Module]) -> list[Reaction]:
    """All reactions of the modules, in their order."""
    return list(chain.from_iterable(module.reactions for module in modules))


def reacting(rooms: Rooms, modules: Sequence[Module]) -> list[Task]:
    """A task for each reaction: one that fails, or has a whole log to read, holds up no other."""
    turns = Turns(rooms.appender)
    return [_task(rooms, reaction, turns) for reaction in reactions_of(modules)]


def _task(rooms: Rooms, reaction: Reaction, turns: Turns) -> Task:
    reactor = Reactor(Follower(rooms.db, rooms.reader, reaction), turns)
    return Task(f"reaction {reaction.name}", reactor.catch_up, EVERY_SECONDS, reactor.stop)


class Turns:
    """One reaction at a time does a batch; then all rest, the longer the busier the process is."""

    def __init__(self, appender: Appender) -> None:
        self._appender = appender
        self._lock = Lock()
        self._last = (time.monotonic(), appender.position)
        """When the last turn ended, and how far the log was."""

    def take(self, work: Callable[[], bool], stopping: Event) -> bool:
        """Whether there may be more work, after a rest; `stopping` ends it early."""
        with self._lock:
            begin = time.thread_time()
            if stopping.is_set() or not work():
                return False
            share = BUSY_SHARE if self._is_busy() else IDLE_SHARE
            took = time.thread_time() - begin  # by the clock it would count waiting for others
            stopping.wait(min(took * (1 / share - 1), MOST_REST_SECONDS))
        return True

    def _is_busy(self) -> bool:
        now = (time.monotonic(), self._appender.position)
        seconds, events = now[0] - self._last[0], now[1] - self._last[1]
        self._last = now
        return events >= MANY * seconds


class Reactor:
    """Brings one reaction up to date, taking turns with the others."""

    def __init__(self, follower: Follower, turns: Turns) -> None:
        self._follower = follower
        self._turns = turns
        self._stopping = Event()

    def catch_up(self) -> None:
        """Reacts to what is new."""
        batches = self._follower.catch_up()
        while self._turns.take(lambda: next(batches, None) is not None, self._stopping):
            pass

    def stop(self) -> None:
        """Ends after the batch that is under way."""
        self._stopping.set()
