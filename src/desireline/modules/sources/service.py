"""Sources are made, listed and turned off."""

from __future__ import annotations

import re

from sqlalchemy import Connection

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.modules.audit.facade import COMMAND_LINE, SERVER, record
from desireline.modules.rooms import Rooms
from desireline.modules.sources.errors import SourceMissing, SourceNameTaken, SourceNameUnfit
from desireline.modules.sources.keys import Source, new_key
from desireline.modules.sources.repository import (
    add_source,
    ask_consent,
    has_source,
    list_sources,
    refuse_opted_out,
    turn_off,
)

DAY = 86_400_000_000
FIRST = "default"
"""The source that a new workspace begins with."""
RESERVED = ("api", "import")
"""Doors that have these names already."""

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")


class SourceBook:
    """The sources of a workspace, for the command line and the server alike."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def add(self, name: str, quota: int | None = None, *, by: str = COMMAND_LINE) -> str:
        """The write key of a new source, which is shown this once. SourceNameUnfit, ...Taken."""
        if not _NAME.fullmatch(name) or name in RESERVED:
            raise SourceNameUnfit(
                f"A source cannot be called {name[:80]!r}.",
                hint="Use small letters, digits and . _ - inside, at most 64: shop-web. The names"
                " api and import are taken by doors of the log.",
            )
        key = new_key()
        with self._db.transaction() as tx:
            if has_source(tx, name):
                raise SourceNameTaken(
                    f"There is a source {name!r} already.",
                    hint="Its key cannot be shown again; make another source with another name.",
                )
            add_source(tx, name, key, quota, self._clock.now())
            self._record(tx, by, "source_added", name)
        return key

    def first(self) -> str | None:
        """The write key of the first source, made where there is none yet; else None."""
        with self._db.reading() as look:
            if has_source(look):
                return None
        key = new_key()
        with self._db.transaction() as tx:
            if has_source(tx):
                return None
            add_source(tx, FIRST, key, None, self._clock.now())
            self._record(tx, SERVER, "source_added", FIRST)
        return key

    def listed(self) -> list[Source]:
        """All sources, by name."""
        with self._db.reading() as look:
            return [found for _, found in list_sources(look, self._clock.now() // DAY)]

    def turn_off(self, name: str, *, by: str = COMMAND_LINE) -> None:
        """The source takes nothing any more, within a second. SourceMissing."""
        with self._db.transaction() as tx:
            _check_there(tx, name)
            turn_off(tx, name, self._clock.now())
            self._record(tx, by, "source_turned_off", name)

    def ask_consent(self, name: str, *, asks: bool, by: str = COMMAND_LINE) -> None:
        """The source respects from now on, within a second, who said no to tracking; or no more.

        SourceMissing.
        """
        with self._db.transaction() as tx:
            _check_there(tx, name)
            ask_consent(tx, name, asks=asks)
            what = "source_asks_consent" if asks else "source_asks_no_consent"
            self._record(tx, by, what, name)

    def refuse_opted_out(self, name: str, *, refuses: bool, by: str = COMMAND_LINE) -> None:
        """The source refuses from now on, within a second, what comes with Sec-GPC or DNT; or not.

        SourceMissing.
        """
        with self._db.transaction() as tx:
            _check_there(tx, name)
            refuse_opted_out(tx, name, refuses=refuses)
            what = "source_refuses_opted_out" if refuses else "source_marks_opted_out"
            self._record(tx, by, what, name)

    def _record(self, tx: Connection, by: str, what: str, name: str) -> None:
        record(tx, by, what, f"source:{name}", clock=self._clock)


def _check_there(tx: Connection, name: str) -> None:
    if not has_source(tx, name):
        raise SourceMissing(
            f"There is no source {name[:80]!r}.", hint="desireline source list shows all."
        )


class Sources(SourceBook):
    """What the routes ask."""

    def __init__(self, rooms: Rooms) -> None:
        super().__init__(rooms.db, rooms.clock)
