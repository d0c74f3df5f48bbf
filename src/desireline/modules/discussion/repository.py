"""What is said about maps, in the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, func, insert, select, update

from desireline.modules.discussion.tables import (
    comment,
    nomination,
    nomination_vote,
    task,
    vote,
)

Row = dict[str, Any]


def add_row(tx: Connection, table: Table, values: Mapping[str, Any]) -> Row:
    """The new row, with its number."""
    new = tx.execute(insert(table).values(**values).returning(*table.c))
    return dict(new.mappings().one())


def get_row(look: Connection, table: Table, ident: int) -> Row | None:
    """The row of this number."""
    found = look.execute(select(table).where(table.c.id == ident)).mappings().first()
    return None if found is None else dict(found)


def change_row(tx: Connection, table: Table, ident: int, values: Mapping[str, Any]) -> Row | None:
    """The row as it is now; None where there is none."""
    if values:
        tx.execute(update(table).where(table.c.id == ident).values(**values))
    return get_row(tx, table, ident)


def drop_comment(tx: Connection, ident: int) -> None:
    """The comment goes, and the replies to it."""
    tx.execute(delete(comment).where(comment.c.id == ident))


def list_comments(look: Connection, asked: Mapping[str, str], *, unresolved: bool) -> list[Row]:
    """The oldest first; of a `map`, a `stage`, a `touchpoint`, where they are not empty."""
    query = select(comment).order_by(comment.c.id)
    for name, wanted in asked.items():
        if wanted:
            query = query.where(comment.c[name] == wanted)
    if unresolved:
        query = query.where(comment.c.resolved_at.is_(None))
    return _rows(look, query)


def list_tasks(look: Connection, *, key: str, assignee: str, undone: bool) -> list[Row]:
    """What is due first, first; then those without a date."""
    query = select(task).order_by(task.c.due_at.is_(None), task.c.due_at, task.c.id)
    for wanted, column in ((key, task.c.map), (assignee, task.c.assignee)):
        if wanted:
            query = query.where(column == wanted)
    if undone:
        query = query.where(task.c.done_at.is_(None))
    return _rows(look, query)


def put_vote(tx: Connection, values: Mapping[str, Any]) -> None:
    """The vote of somebody on a touchpoint, in place of an earlier one."""
    drop_vote(tx, values["map"], values["touchpoint"], values["voter"])
    tx.execute(insert(vote).values(**values))


def drop_vote(tx: Connection, key: str, touchpoint: str, voter: str) -> None:
    """Takes a vote back."""
    mine = and_(vote.c.map == key, vote.c.touchpoint == touchpoint, vote.c.voter == voter)
    tx.execute(delete(vote).where(mine))


def count_votes(look: Connection, key: str) -> list[Row]:
    """By touchpoint and department: how many, and the sums of both importances."""
    c = vote.c
    query = (
        select(
            c.touchpoint,
            c.department,
            func.count().label("n"),
            func.sum(c.to_customer).label("to_customer"),
            func.sum(c.to_company).label("to_company"),
        )
        .where(c.map == key)
        .group_by(c.touchpoint, c.department)
        .order_by(c.touchpoint, c.department)
    )
    return _rows(look, query)


def list_votes_of(look: Connection, key: str, voter: str) -> list[Row]:
    """The votes of one."""
    query = select(vote).where(vote.c.map == key, vote.c.voter == voter)
    return _rows(look, query.order_by(vote.c.touchpoint))


def list_nominations(look: Connection, asked: Mapping[str, str]) -> list[Row]:
    """The newest first; of a `map`, a `status`, an `author`, where they are not empty."""
    query = select(nomination).order_by(nomination.c.id.desc())
    for name, wanted in asked.items():
        if wanted:
            query = query.where(nomination.c[name] == wanted)
    return _rows(look, query)


def put_nomination_vote(tx: Connection, ident: int, voter: str, department: str, at: int) -> None:
    """Somebody knows the pain point too, in place of what she said before."""
    drop_nomination_vote(tx, ident, voter)
    values = {"nomination": ident, "voter": voter, "department": department, "at": at}
    tx.execute(insert(nomination_vote).values(**values))


def drop_nomination_vote(tx: Connection, ident: int, voter: str) -> None:
    """Takes it back."""
    c = nomination_vote.c
    tx.execute(delete(nomination_vote).where(c.nomination == ident, c.voter == voter))


def count_nomination_votes(
    look: Connection, ident: int | None = None
) -> dict[int, tuple[tuple[str, int], ...]]:
    """Departments and their voices, those with most first, by nomination."""
    c = nomination_vote.c
    n = func.count()
    query = select(c.nomination, c.department, n).group_by(c.nomination, c.department)
    if ident is not None:
        query = query.where(c.nomination == ident)
    found: dict[int, tuple[tuple[str, int], ...]] = {}
    for number, department, voices in look.execute(query.order_by(n.desc(), c.department)):
        found[number] = (*found.get(number, ()), (department, voices))
    return found


def list_own_votes(look: Connection, voter: str) -> frozenset[int]:
    """The pain points that somebody knows."""
    c = nomination_vote.c
    return frozenset(look.execute(select(c.nomination).where(c.voter == voter)).scalars())


def _rows(look: Connection, query: Any) -> list[Row]:
    return [dict(row) for row in look.execute(query).mappings()]
