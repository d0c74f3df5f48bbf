"""What can be done with questions, dashboards, targets and alerts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import Table

from desireline.engine.errors import DesirelineError
from desireline.modules.boards import repository
from desireline.modules.boards.errors import (
    AlertUnknown,
    DashboardUnknown,
    QuestionUnknown,
    TargetUnknown,
    VersionStale,
    VersionUnnamed,
)
from desireline.modules.boards.repository import AlertRow, Kept, TargetRow
from desireline.modules.boards.tables import dashboard, question, target
from desireline.modules.rooms import Rooms

Found = TypeVar("Found")

NOUNS: Mapping[Table, tuple[str, type[DesirelineError]]] = {
    question: ("question", QuestionUnknown),
    dashboard: ("dashboard", DashboardUnknown),
    target: ("target", TargetUnknown),
}
"""What the rows of a table are called, and the error where one is not there."""


class Boards:
    """What the people of a workspace keep of their exploring."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def all(self, table: Table) -> list[Kept]:
        """Questions or dashboards, by name."""
        with self._rooms.db.reading() as look:
            return repository.list_kept(look, table)

    def get(self, table: Table, number: int) -> Kept:
        """One of them. Raises QuestionUnknown, DashboardUnknown."""
        with self._rooms.db.reading() as look:
            return _there(repository.get_kept(look, table, number), table, number)

    def some(self, table: Table, numbers: list[int]) -> dict[int, Kept]:
        """Those that are there, by number."""
        with self._rooms.db.reading() as look:
            found = (repository.get_kept(look, table, n) for n in dict.fromkeys(numbers))
            return {one.id: one for one in found if one is not None}

    def keep(self, table: Table, said: Mapping[str, str], by: str) -> Kept:
        """A new one; `said` has name, description and document."""
        now = self._rooms.clock.now()
        values = {**said, "owner": by, "version": 1, "made_at": now}
        with self._rooms.db.transaction() as tx:
            number = repository.add_kept(tx, table, {**values, "changed_at": now, "changed_by": by})
            return _there(repository.get_kept(tx, table, number), table, number)

    def change(
        self, table: Table, number: int, said: Mapping[str, str], seen: int | None, by: str
    ) -> Kept:
        """Other content. Raises VersionStale, VersionUnnamed, and as `get`."""
        with self._rooms.db.transaction() as tx:
            row = repository.get_kept(tx, table, number, to_change=True)
            _check(_there(row, table, number).version, seen, table, number)
            changed = {"changed_at": self._rooms.clock.now(), "changed_by": by}
            repository.change_kept(tx, table, number, {**said, **changed})
            if table is question:
                repository.forget_findings(tx, number)
            return _there(repository.get_kept(tx, table, number), table, number)

    def drop(self, table: Table, number: int) -> None:
        """It is no longer there; a question's targets and their alerts go with it."""
        with self._rooms.db.transaction() as tx:
            _there(repository.drop(tx, table, number) or None, table, number)

    def targets(self, of_question: int | None = None) -> list[TargetRow]:
        """All, or those of a question."""
        with self._rooms.db.reading() as look:
            return repository.list_targets(look, of_question)

    def target(self, number: int) -> TargetRow:
        """One of them. Raises TargetUnknown."""
        with self._rooms.db.reading() as look:
            return _there(repository.get_target(look, number), target, number)

    def set_target(self, of_question: int, said: Mapping[str, Any], by: str) -> TargetRow:
        """A new target, that nobody has looked at yet. Raises QuestionUnknown."""
        values = {**said, "question": of_question, "owner": by, "version": 1, **_UNKNOWN}
        with self._rooms.db.transaction() as tx:
            _there(repository.get_kept(tx, question, of_question), question, of_question)
            values["changed_at"] = self._rooms.clock.now()
            number = repository.add_target(tx, values)
            return _there(repository.get_target(tx, number), target, number)

    def change_target(self, number: int, said: Mapping[str, Any], seen: int | None) -> TargetRow:
        """Other content; another figure or threshold is looked at anew. Raises as `change`."""
        with self._rooms.db.transaction() as tx:
            row = _there(repository.get_target(tx, number, to_change=True), target, number)
            _check(row.version, seen, target, number)
            changed = {"changed_at": self._rooms.clock.now(), "version": row.version + 1}
            aim = ("figure", "op", "threshold")
            anew = any(said[name] != getattr(row, name) for name in aim)
            found = _UNKNOWN if anew else {}
            repository.change_target(tx, number, {**said, **changed, **found})
            return _there(repository.get_target(tx, number), target, number)

    def alerts(
        self, *, unseen: bool, before: int | None, limit: int
    ) -> list[tuple[AlertRow, TargetRow]]:
        """The newest first."""
        with self._rooms.db.reading() as look:
            return repository.list_alerts(look, unseen=unseen, before=before, limit=limit)

    def unseen(self) -> int:
        """How many alerts nobody has seen."""
        with self._rooms.db.reading() as look:
            return repository.count_unseen(look)

    def see_all(self, up_to: int, by: str) -> None:
        """Somebody has seen all alerts up to this one."""
        with self._rooms.db.transaction() as tx:
            repository.see_alerts(tx, up_to, self._rooms.clock.now(), by)

    def see(self, number: int, by: str) -> None:
        """Somebody has seen an alert. Raises AlertUnknown."""
        with self._rooms.db.transaction() as tx:
            if not repository.see_alert(tx, number, self._rooms.clock.now(), by):
                raise AlertUnknown(
                    f"There is no alert {number}.", hint="GET /v1/alerts lists them."
                )


_UNKNOWN: Mapping[str, Any] = {
    "state": "unknown",
    "decided": "",
    "problem": "",
    "checked_at": None,
    "since": None,
    "position": -1,
}
"""Of a target that was not looked at since it was set."""


def _there(row: Found | None, table: Table, number: int) -> Found:
    if row is None:
        noun, error = NOUNS[table]
        raise error(f"There is no {noun} {number}.", hint=f"GET /v1/{noun}s lists them.")
    return row


def _check(version: int, seen: int | None, table: Table, number: int) -> None:
    noun, _ = NOUNS[table]
    if seen is None:
        raise VersionUnnamed(
            f"The request does not say which state of the {noun} {number} was changed.",
            hint='Send the ETag that GET gave as If-Match: "<version>".',
        )
    if seen != version:
        raise VersionStale(
            f"The {noun} {number} is at version {version}, not {seen}: somebody changed it in the"
            " meantime.",
            hint="Read it again, put your change into what is there now, and send that.",
        )
