"""Lets the modules react to what is in the log, each at its own pace."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import chain
from threading import Event

from desireline.log.following import Follower, Reaction
from desireline.modules.module import Module
from desireline.modules.rooms import Rooms
from desireline.worker.stage import Task

EVERY_SECONDS = 1.0
MOST_REST_SECONDS = 0.1


def reactions_of(modules: Sequence[Module]) -> list[Reaction]:
    """All reactions of the modules, in their order."""
    return list(chain.from_iterable(module.reactions for module in modules))


def reacting(rooms: Rooms, modules: Sequence[Module]) -> list[Task]:
    """A task for each reaction: one that fails, or has a whole log to read, holds up no other."""
    return [_task(rooms, reaction) for reaction in reactions_of(modules)]


def _task(rooms: Rooms, reaction: Reaction) -> Task:
    reactor = Reactor(Follower(rooms.db, rooms.reader, reaction))
    return Task(f"reaction {reaction.name}", reactor.catch_up, EVERY_SECONDS, reactor.stop)


class Reactor:
    """Brings one reaction up to date, and leaves time for others meanwhile.

    After each batch it rests as long as the batch took: a log of millions that is read for the
    first time takes at most half of one processor, and of the time of those who write.
    """

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._stopping = Event()

    def catch_up(self) -> None:
        """Reacts to what is new."""
        begin = time.monotonic()
        for _ in self._follower.catch_up():
            if self._stopping.wait(min(time.monotonic() - begin, MOST_REST_SECONDS)):
                break
            begin = time.monotonic()

    def stop(self) -> None:
        """Ends after the batch that is under way."""
        self._stopping.set()
