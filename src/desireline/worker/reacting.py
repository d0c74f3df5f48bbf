"""Lets the modules react to what is in the log, one batch at a time, and never in the way."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import chain
from threading import Event, Lock

from desireline.log.appending import Appender
from desireline.log.following import Follower, Reaction
from desireline.modules.module import Module
from desireline.modules.rooms import Rooms
from desireline.worker.stage import Task

EVERY_SECONDS = 1.0
IDLE_SHARE = 0.5
BUSY_SHARE = 0.1
"""How much of one processor all reactions take together, at most: of a log of millions that is read
for the first time, and while events come in, whose senders wait for the same lock of Python's."""
MANY = 100
"""Events that came in while a batch was reacted to: then the process is busy."""
MOST_REST_SECONDS = 1.0


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

    def take(self, work: Callable[[], bool], stopping: Event) -> bool:
        """Whether there may be more work, after a rest; `stopping` ends it early."""
        with self._lock:
            begin, before = time.monotonic(), self._appender.position
            if stopping.is_set() or not work():
                return False
            took = time.monotonic() - begin
            share = BUSY_SHARE if self._appender.position - before >= MANY else IDLE_SHARE
            stopping.wait(min(took * (1 / share - 1), MOST_REST_SECONDS))
        return True


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
