"""Departments: made, renamed, dropped."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row

from desireline.kit.permissions import Caller
from desireline.modules.team.errors import DepartmentThere, DepartmentUnknown
from desireline.modules.team.names import department_of, name_key
from desireline.modules.team.office import Office
from desireline.modules.team.repository import departments


class Departments:
    """The departments of a workspace."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def listed(self) -> list[Row[Any]]:
        """All, by name, each with how many members it has."""
        with self._office.db.reading() as look:
            return departments.list_departments(look)

    def one(self, number: int) -> Row[Any]:
        """One of them. DepartmentUnknown."""
        found = next((row for row in self.listed() if row.id == number), None)
        if found is None:
            raise _unknown(number)
        return found

    def add(self, name: str, by: Caller) -> Row[Any]:
        """A new one. DepartmentNameUnfit, DepartmentThere."""
        said = department_of(name)
        with self._office.db.transaction() as tx:
            _check_free(tx, said)
            at = self._office.clock.now()
            number = departments.add_department(tx, said, name_key(said), at)
            self._office.note(tx, by, "department_added", f"department:{number}")
        return self.one(number)

    def rename(self, number: int, name: str, by: Caller) -> Row[Any]:
        """Another name. DepartmentUnknown, DepartmentNameUnfit, DepartmentThere."""
        said = department_of(name)
        with self._office.db.transaction() as tx:
            _check_there(tx, number)
            _check_free(tx, said, number)
            departments.rename_department(tx, number, said, name_key(said))
            self._office.note(tx, by, "department_renamed", f"department:{number}")
        return self.one(number)

    def drop(self, number: int, by: Caller) -> None:
        """Its members stay. DepartmentUnknown."""
        with self._office.db.transaction() as tx:
            _check_there(tx, number)
            departments.drop_department(tx, number)
            self._office.note(tx, by, "department_dropped", f"department:{number}")


def _check_there(tx: Connection, number: int) -> None:
    if departments.get_department(tx, number) is None:
        raise _unknown(number)


def _check_free(tx: Connection, name: str, number: int | None = None) -> None:
    if departments.has_department(tx, name_key(name)) not in (None, number):
        raise DepartmentThere(f"There is a department {name} already.", hint="Use that one.")


def _unknown(number: int) -> DepartmentUnknown:
    return DepartmentUnknown(
        f"There is no department {number}.", hint="GET /v1/departments lists them."
    )
