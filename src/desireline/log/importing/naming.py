"""The numbers of subjects by the thousand: looked up where known, given where new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Connection, Text, and_, cast, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.selectable import TableValuedAlias

from desireline.engine.journeys import I64
from desireline.kit.database import Database
from desireline.log.tables import log_state, subject


def subjects_of(db: Database, values: Mapping[str, Sequence[str]]) -> dict[str, I64]:
    """The numbers of identifiers by kind, in the order of their values.

    The values of a kind are distinct, ascend, and are spelled as the log spells them. New ones get
    ascending numbers: an index takes 200,000 of them in the order of their values in a third of
    the time that it takes them in any order.
    """
    with db.transaction() as tx:
        tx.execute(select(log_state.c.one).with_for_update())  # as whoever makes subjects does
        return {kind: _numbers(tx, kind, of_kind) for kind, of_kind in values.items()}


def _numbers(tx: Connection, kind: str, values: Sequence[str]) -> I64:
    found = _found(tx, kind, values)
    missing = np.flatnonzero(found == 0)
    if len(missing):
        new = [values[i] for i in missing.tolist()]
        _insert(tx, kind, new)
        found[missing] = _found(tx, kind, new)
    return found


def _found(tx: Connection, kind: str, values: Sequence[str]) -> I64:
    """The number of each, 0 where it has none, in one answer: a row each takes 4 times as long.

    An outer join, for SQLite may turn an inner one round, and read all values for each subject.
    """
    wanted = _relation(tx, values)
    known = and_(subject.c.kind == kind, subject.c.value == wanted.c.value)
    of_dialect = func.json_group_array if tx.dialect.name == "sqlite" else func.json_agg
    together = of_dialect(func.coalesce(subject.c.id, 0)).aggregate_order_by(wanted.c.key)
    answer = cast(together, Text)
    query = select(answer).select_from(wanted.outerjoin(subject, known))
    return np.array(msgspec.json.decode(tx.execute(query).scalar_one(), type=list[int]), np.int64)


def _insert(tx: Connection, kind: str, values: Sequence[str]) -> None:
    wanted = _relation(tx, values)
    rows = select(literal(kind), wanted.c.value).where(wanted.c.value.is_not(None))  # for SQLite
    dialect: Any = sqlite if tx.dialect.name == "sqlite" else postgresql
    taking = dialect.insert(subject).from_select(["kind", "value"], rows.order_by(wanted.c.key))
    tx.execute(taking.on_conflict_do_nothing())


def _relation(tx: Connection, values: Sequence[str]) -> TableValuedAlias:
    """Many values as one relation of `key`, their order, and `value`: one parameter, not many."""
    if tx.dialect.name == "sqlite":
        return func.json_each(msgspec.json.encode(values).decode()).table_valued("key", "value")
    array = cast(list(values), postgresql.ARRAY(Text))
    return (
        func.unnest(array)
        .table_valued("value", with_ordinality="key", name="wanted")
        .render_derived()
    )
