"""Keeps the index as fresh as the log, and tells those who wait how far it is."""

from __future__ import annotations

import time
from collections.abc import Sequence
from threading import Event, Thread

from sqlalchemy.exc import SQLAlchemyError

from desireline.engine.errors import DesirelineError
from desireline.kit.quick_turns import quick_turns
from desireline.log.index.index import Index
from desireline.modules.answering import Answers, AnswersHere
from desireline.modules.module import Module
from desireline.modules.rooms import Rooms
from desireline.worker.clustered import AnswersOfCluster

EVERY_SECONDS = 0.2
"""How often it is asked whether there is anything new; the question takes a third of a ms."""
INDEX_SHARE = 0.25
"""Of a processor, while thousands of events come in a second: what is gathered at once is gathered
once, and a fifth of what an event cost the process went into gathering it (10 of 50 us)."""
COLUMNS_SECONDS = 5.0
"""How often it is asked whether a property is to be at hand that was not; takes a millisecond."""
WARM_FROM = 10_000
"""Events from which on it is worth while to make ready for questions before somebody asks."""


class Follower:
    """Reads the log into the index, first whole and then what is new."""

    def __init__(self, rooms: Rooms, modules: Sequence[Module]) -> None:
        self._rooms = rooms
        self._modules = modules
        self._warm = False
        self._ending = Event()
        self._look_at = 0.0

    def follow(self) -> int:
        """The position that answers know from now on."""
        if self._rooms.answers is None:
            self._rooms.answers = self._read()
        self._know_columns()
        with quick_turns():
            position = self._rooms.answers.refresh()
        self._rooms.pulse.beat(position)
        if position >= WARM_FROM and not self._warm:
            self._warm = True
            Thread(target=self._make_ready, name="warming", daemon=True).start()
        return position

    def stop(self) -> None:
        """What is made ready for questions goes no further."""
        self._ending.set()

    def _make_ready(self) -> None:
        """Nobody waits for it, and what it fails at the first question does as well."""
        for module in self._modules:
            if module.warm is not None:
                try:
                    module.warm(self._rooms, self._ending)
                except DesirelineError:
                    continue
                except SQLAlchemyError:  # at the end the database may be closed under it
                    if not self._ending.is_set():
                        raise

    def _know_columns(self) -> None:
        """Has at hand what maps ask for and the marks that people give, once they are seen.

        Nobody waits for it: readers go on with the last snapshot.
        """
        answers, now = self._rooms.answers, time.monotonic()
        if answers is None or now < self._look_at:
            return
        self._look_at = now + COLUMNS_SECONDS
        if missing := self._columns() - answers.columns:
            answers.know(missing)

    def _read(self) -> Answers:
        rooms, columns = self._rooms, sorted(self._columns())
        settings = rooms.workspace.settings
        if settings.compute != "threads":
            return AnswersOfCluster(settings, columns)
        return AnswersHere(Index(rooms.db, rooms.store, rooms.clock, columns))

    def _columns(self) -> frozenset[str]:
        with self._rooms.db.reading() as connection:
            return frozenset().union(*(m.columns(connection) for m in self._modules))
