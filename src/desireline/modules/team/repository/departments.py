"""Departments in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from desireline.modules.team.tables import department, member_department


def list_departments(connection: Connection) -> list[Row[Any]]:
    """All, by name, with how many members each has."""
    its = member_department.c.department == department.c.id
    n = select(func.count()).where(its).scalar_subquery().label("members")
    return list(connection.execute(select(department, n).order_by(department.c.name_key)))


def get_department(connection: Connection, number: int) -> Row[Any] | None:
    """One of them."""
    return connection.execute(select(department).where(department.c.id == number)).one_or_none()


def has_department(connection: Connection, name_key: str) -> int | None:
    """The number of the department of that name."""
    return connection.execute(
        select(department.c.id).where(department.c.name_key == name_key)
    ).scalar_one_or_none()


def add_department(tx: Connection, name: str, name_key: str, at: int) -> int:
    """The number of a new one."""
    row = insert(department).values(name=name, name_key=name_key, made_at=at)
    return int(tx.execute(row.returning(department.c.id)).scalar_one())


def rename_department(tx: Connection, number: int, name: str, name_key: str) -> None:
    """Another name."""
    changed = update(department).where(department.c.id == number)
    tx.execute(changed.values(name=name, name_key=name_key))


def drop_department(tx: Connection, number: int) -> None:
    """Its members are in one department less."""
    tx.execute(delete(department).where(department.c.id == number))


def departments_of(connection: Connection) -> dict[int, list[tuple[int, str]]]:
    """By member: number and name of her departments, by name."""
    rows = connection.execute(
        select(member_department.c.member, department.c.id, department.c.name)
        .join(department, department.c.id == member_department.c.department)
        .order_by(department.c.name_key)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for number, ident, name in rows:
        found.setdefault(number, []).append((ident, name))
    return found


def put_departments(tx: Connection, member: int, departments: list[int]) -> None:
    """A member is in these and no others."""
    tx.execute(delete(member_department).where(member_department.c.member == member))
    rows = [{"member": member, "department": one} for one in dict.fromkeys(departments)]
    if rows:
        tx.execute(insert(member_department), rows)
