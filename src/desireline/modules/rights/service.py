"""What a person may ask for: to see everything, to be erased, to be made anonymous; and periods."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from desireline.engine.analyses.times import iso
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.segments.erasing import Erased, empty_write_ahead_log, erase
from desireline.log.segments.retiring import Retired, count_outdated, retire
from desireline.log.segments.store import SegmentStore
from desireline.modules.accounts.facade import delete_households
from desireline.modules.audit.facade import record
from desireline.modules.imports.facade import forget_person
from desireline.modules.rights.access import Part, parts_about
from desireline.modules.rights.documents import as_csv, as_json
from desireline.modules.rights.periods import (
    FAILED,
    Period,
    before,
    count_failed_before,
    delete_failed_before,
    lift_period,
    list_periods,
    outdated,
    set_period,
)
from desireline.modules.rights.who import Who, whole_person
from desireline.modules.rooms import Rooms

FORMS: dict[str, Callable[..., Iterator[bytes]]] = {"json": as_json, "csv": as_csv}


@dataclass(frozen=True)
class Kept:
    """What periods did, or would do: how much was kept long enough."""

    events: int
    failed_events: int
    segments: int


class RightsDesk:
    """Where requests about persons' data are done, for the command line and the server alike."""

    def __init__(
        self,
        db: Database,
        store: SegmentStore,
        clock: Clock,
        data_dir: Path | None = None,
        country: str = "",
    ) -> None:
        """`data_dir` is where uploads wait: whoever erases has to know it.

        `country` is that of phones which do not say theirs.
        """
        self._db, self._store, self._clock, self._data_dir = db, store, clock, data_dir
        self._country = country

    def access(self, said: str, who: str, form: str = "json") -> Iterator[bytes]:
        """Everything about a person, in pieces; the audit log says who asked. PersonUnknown."""
        with self._db.transaction() as tx:
            person = whole_person(tx, said, self._country)
            about = f"person:{person.person}"
            record(tx, who, "person_accessed", about, {"form": form}, self._clock)
        return self._written(person, form)

    def erase(self, said: str, who: str) -> tuple[Who, Erased]:
        """Who was erased, and how much it was. Raises PersonUnknown, and as the log's `erase`."""
        return self._erased(said, who, "person_erased", None)

    def anonymise(self, said: str, who: str, keeps: Collection[str] = ()) -> tuple[Who, Erased]:
        """Who was made anonymous: the events stay, and say what cannot tell whose they are.

        `keeps` are properties that are declared safe: `properties.plan`. Raises as `erase`.
        """
        return self._erased(said, who, "person_anonymised", keeps)

    def periods(self) -> list[Period]:
        """For how long what is kept."""
        with self._db.reading() as look:
            return list_periods(look)

    def set_period(self, period: Period, who: str) -> None:
        """From now on it is kept so long. Raises PeriodUnfit."""
        with self._db.transaction() as tx:
            set_period(tx, period)
            told = {"months": period.months, "failed_events": period.what == FAILED}
            record(tx, who, "retention_set", details=told, clock=self._clock)

    def lift_period(self, what: str, type_: str, who: str) -> None:
        """From now on it is kept for ever, or as all others. Raises PeriodUnfit."""
        with self._db.transaction() as tx:
            lift_period(tx, what, type_)
            record(tx, who, "retention_lifted", clock=self._clock)

    def count_outdated(self) -> Kept:
        """What `apply_periods` would do now. Nothing is changed."""
        now = self._clock.now()
        with self._db.reading() as look:
            periods = list_periods(look)
            moments = [before(now, p.months) for p in periods if p.what == FAILED]
            failed = sum(count_failed_before(look, moment) for moment in moments)
        found = count_outdated(self._db, self._store, outdated(periods, now))
        return Kept(found.events, failed, found.segments)

    def apply_periods(self, who: str) -> Kept:
        """What was kept long enough, and went. Does nothing where no period is set."""
        now = self._clock.now()
        periods = self.periods()
        moments = [before(now, p.months) for p in periods if p.what == FAILED]
        failed = self._without_failed(max(moments), who) if moments else 0
        asked = outdated(periods, now)
        done = Retired(0, 0)
        if asked:
            told = partial(self._tell_retired, who=who)
            done = retire(self._db, self._store, self._clock, asked, told)
        return Kept(done.events, failed, done.segments)

    def _erased(
        self, said: str, who: str, what: str, keeps: Collection[str] | None
    ) -> tuple[Who, Erased]:
        with self._db.reading() as look:
            person = whole_person(look, said, self._country)

        def told(tx: Connection, number: int) -> None:
            details: dict[str, Any] = {"erasure": number, "subjects": list(person.subjects[:100])}
            if self._data_dir is not None:
                dropped = forget_person(tx, self._data_dir, person.names)
                details |= {"imports": dropped} if dropped else {}
            record(tx, who, what, f"person:{person.person}", details, self._clock)
            delete_households(tx, person.subjects)

        done = erase(self._db, self._store, self._clock, person.subjects, keeps, told)
        return person, done

    def _written(self, person: Who, form: str) -> Iterator[bytes]:
        head = {"person": person.person, "made_at": iso(self._clock.now())}
        with self._db.reading() as look:
            parts: Iterator[Part] = parts_about(self._db, self._store, look, person)
            yield from FORMS[form](head, parts)

    def _without_failed(self, moment: int, who: str) -> int:
        with self._db.transaction() as tx:
            failed = delete_failed_before(tx, moment)
            if failed:
                record(tx, who, "retention_applied", details={"failed": failed}, clock=self._clock)
        if failed:
            empty_write_ahead_log(self._db)
        return failed

    def _tell_retired(self, tx: Connection, events: int, who: str) -> None:
        record(tx, who, "retention_applied", details={"events": events}, clock=self._clock)


class Rights(RightsDesk):
    """What the routes ask."""

    def __init__(self, rooms: Rooms) -> None:
        country = rooms.workspace.settings.country
        super().__init__(rooms.db, rooms.store, rooms.clock, rooms.data_dir, country)
