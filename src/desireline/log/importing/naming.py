"""The numbers of subjects by the thousand: looked up where known, given where new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from desireline.engine.journeys import I64
from desireline.kit.columns import Key
from desireline.kit.database import Database
from desireline.log.tables import log_state, subject

wanted = Table(
    "wanted_subject",
    MetaData(),
    Column("n", Key, primary_key=True, autoincrement=False),
    Column("value", Text, nullable=False),
    prefixes=["TEMPORARY"],
)


def subjects_of(db: Database, kind: str, values: Sequence[str]) -> I64:
    """The number of each identifier, in their order; new ones get ascending numbers.

    The values are distinct, and spelled as `log.identifiers.spelled` spells them.
    """
    with db.transaction() as tx:
        tx.execute(select(log_state.c.one).with_for_update())  # as whoever makes subjects does
        _lay_down(tx, values)
        known = and_(subject.c.kind == kind, subject.c.value == wanted.c.value)
        new = (
            select(literal(kind), wanted.c.value)
            .select_from(wanted.outerjoin(subject, known))
            .where(subject.c.id.is_(None))
            .order_by(wanted.c.n)
        )
        _insert_new(tx, new)
        found = select(subject.c.id).select_from(wanted.join(subject, known)).order_by(wanted.c.n)
        numbers = np.fromiter(tx.execute(found).scalars(), np.int64, len(values))
        wanted.drop(tx)
    return numbers


def _lay_down(tx: Connection, values: Sequence[str]) -> None:
    wanted.create(tx)
    rows = list(enumerate(values))
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql(str(insert(wanted).compile(dialect=tx.dialect)), rows)
        return
    psycopg: Any = tx.connection.driver_connection
    statement = f"COPY {wanted.name} (n, value) FROM STDIN"
    with psycopg.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _insert_new(tx: Connection, new: Select[tuple[str, str]]) -> None:
    """On PostgreSQL another process may give a number to the same identifier meanwhile."""
    taking = sqlite_insert(subject) if tx.dialect.name == "sqlite" else postgres_insert(subject)
    tx.execute(taking.from_select(["kind", "value"], new).on_conflict_do_nothing())
