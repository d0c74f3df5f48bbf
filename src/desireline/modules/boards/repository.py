"""Questions, dashboards, targets and alerts in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from desireline.modules.boards.tables import alert, dashboard, question, target


@dataclass(frozen=True, slots=True)
class Kept:
    """A question or a dashboard."""

    id: int
    name: str
    description: str
    document: str
    """JSON."""
    owner: str
    version: int
    made_at: int
    changed_at: int
    changed_by: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target, as it was set and as it was found last."""

    id: int
    question: int
    name: str
    figure: str
    op: str
    threshold: float
    active: int
    muted: int
    owner: str
    version: int
    changed_at: int
    state: str
    decided: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    problem: str
    checked_at: int | None
    since: int | None
    position: int


@dataclass(frozen=True, slots=True)
class AlertRow:
    """A target that was missed."""

    id: int
    target: int
    at: int
    position: int
    value: float
    low: float | None
    high: float | None
    n: int | None
    threshold: float
    seen_at: int | None
    seen_by: str


DOCUMENTS = {question: question.c.query, dashboard: dashboard.c.tiles}
"""The column of each that holds the JSON."""


def list_kept(look: Connection, table: Table) -> list[Kept]:
    """All of them, by name."""
    rows = look.execute(select(table).order_by(func.lower(table.c.name), table.c.id))
    return [Kept(*row) for row in rows]


def get_kept(
    look: Connection, table: Table, number: int, *, to_change: bool = False
) -> Kept | None:
    """One of them. With `to_change` nobody else changes it before the transaction ends."""
    wanted = select(table).where(table.c.id == number)
    row = look.execute(wanted.with_for_update() if to_change else wanted).first()
    return None if row is None else Kept(*row)


def add_kept(tx: Connection, table: Table, values: dict[str, Any]) -> int:
    """A new one; its number."""
    made = insert(table).values(**_named(table, values)).returning(table.c.id)
    return int(tx.execute(made).scalar_one())


def change_kept(tx: Connection, table: Table, number: int, values: dict[str, Any]) -> None:
    """Other content, and the next version."""
    changed = {**_named(table, values), "version": table.c.version + 1}
    tx.execute(update(table).where(table.c.id == number).values(**changed))


def drop(tx: Connection, table: Table, number: int) -> bool:
    """Whether it was there."""
    return tx.execute(delete(table).where(table.c.id == number)).rowcount > 0


def _named(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    named = dict(values)
    named[DOCUMENTS[table].name] = named.pop("document")
    return named


def list_targets(look: Connection, of_question: int | None = None) -> list[TargetRow]:
    """All, or those of a question, by number."""
    wanted = select(target).order_by(target.c.id)
    if of_question is not None:
        wanted = wanted.where(target.c.question == of_question)
    return [TargetRow(*row) for row in look.execute(wanted)]


def get_target(look: Connection, number: int, *, to_change: bool = False) -> TargetRow | None:
    """One of them. With `to_change` nobody else changes it before the transaction ends."""
    wanted = select(target).where(target.c.id == number)
    row = look.execute(wanted.with_for_update() if to_change else wanted).first()
    return None if row is None else TargetRow(*row)


def add_target(tx: Connection, values: dict[str, Any]) -> int:
    """A new one; its number."""
    made = insert(target).values(**values).returning(target.c.id)
    return int(tx.execute(made).scalar_one())


def change_target(tx: Connection, number: int, values: dict[str, Any]) -> None:
    """Other values in it."""
    tx.execute(update(target).where(target.c.id == number).values(**values))


def forget_findings(tx: Connection, of_question: int) -> None:
    """The targets of a question were not looked at since it was changed."""
    tx.execute(
        update(target)
        .where(target.c.question == of_question)
        .values(state="unknown", decided="", since=None, position=-1)
    )


def add_alert(tx: Connection, values: dict[str, Any]) -> None:
    """A new alert."""
    tx.execute(insert(alert).values(**values))


def list_alerts(
    look: Connection, *, unseen: bool, before: int | None, limit: int
) -> list[tuple[AlertRow, TargetRow]]:
    """The newest first, each with its target."""
    wanted = select(alert, target).join(target, target.c.id == alert.c.target)
    if unseen:
        wanted = wanted.where(alert.c.seen_at.is_(None))
    if before is not None:
        wanted = wanted.where(alert.c.id < before)
    rows = look.execute(wanted.order_by(alert.c.id.desc()).limit(limit))
    width = len(alert.c)
    return [(AlertRow(*row[:width]), TargetRow(*row[width:])) for row in rows]


def count_unseen(look: Connection) -> int:
    """Alerts that nobody has seen."""
    wanted = select(func.count()).select_from(alert).where(alert.c.seen_at.is_(None))
    return int(look.execute(wanted).scalar_one())


def see_alerts(tx: Connection, up_to: int, at: int, by: str) -> None:
    """Nobody has left one unseen up to this number; who saw one first stays."""
    unseen = (alert.c.id <= up_to) & alert.c.seen_at.is_(None)
    tx.execute(update(alert).where(unseen).values(seen_at=at, seen_by=by))


def see_alert(tx: Connection, number: int, at: int, by: str) -> bool:
    """Whether there is such an alert; who saw it first stays."""
    there = tx.execute(select(alert.c.seen_at).where(alert.c.id == number)).first()
    if there is not None and there[0] is None:
        tx.execute(update(alert).where(alert.c.id == number).values(seen_at=at, seen_by=by))
    return there is not None
