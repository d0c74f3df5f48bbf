"""The catalogue in the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from desireline.engine.marks import SCORES
from desireline.modules.catalogue.bounding import with_few_properties, with_few_types
from desireline.modules.catalogue.observing import Observed, Span
from desireline.modules.catalogue.showing import with_examples
from desireline.modules.catalogue.tables import (
    event_property,
    event_property_kind,
    event_type,
    trait_field,
)

NAMES_AT_ONCE = 500
"""In one statement: databases allow some thousands of values."""


def add_observed(tx: Connection, found: Observed) -> None:
    """Adds what some events have shown; each event is to be observed once."""
    known = _known(tx, event_type, list(found.types))
    if len(known) < len(found.types):
        found = with_few_types(found, known, count_types(tx))
    names = list(found.types)
    known = _known(tx, event_type, names)
    _insert(tx, event_type, [{"name": n, "events": 0} for n in names if n not in known])
    _count(tx, event_type, "events", [({"name": n}, span) for n, span in found.types.items()])
    known = _known(tx, event_property, names)
    found = with_few_properties(found, known)
    wanted = dict.fromkeys((type_, name) for type_, name, _ in found.kinds)
    new = [key for key in wanted if key not in known]
    _insert(tx, event_property, [{"event_type": t, "name": n} for t, n in new])
    known = _known(tx, event_property_kind, names)
    rows = [
        _kind_key(key) | {"n": 0, "first_at": s.first_at, "last_at": s.last_at}
        for key, s in found.kinds.items()
        if key not in known
    ]
    _insert(tx, event_property_kind, rows)
    spans = [(_kind_key(key), span) for key, span in found.kinds.items()]
    _count(tx, event_property_kind, "n", spans)
    for (type_, name), examples in found.examples.items():
        _add_examples(tx, type_, name, examples)


def _kind_key(key: tuple[str, str, str]) -> dict[str, Any]:
    return dict(zip(("event_type", "name", "kind"), key, strict=True))


def _known(tx: Connection, table: Table, types: Sequence[str]) -> set[Any]:
    """The keys that are there, of these types; of one column as they are, else as tuples."""
    key = list(table.primary_key.columns)
    found: set[Any] = set()
    for start in range(0, len(types), NAMES_AT_ONCE):
        part = types[start : start + NAMES_AT_ONCE]
        rows = tx.execute(select(*key).where(key[0].in_(part)))
        found |= {row[0] if len(key) == 1 else tuple(row) for row in rows}
    return found


def _insert(tx: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        tx.execute(insert(table), list(rows))


def _count(
    tx: Connection, table: Table, counts: str, spans: Sequence[tuple[dict[str, Any], Span]]
) -> None:
    """Adds to the rows with these keys."""
    if not spans:
        return
    c = table.c
    first: BindParameter[int] = bindparam("b_first")
    last: BindParameter[int] = bindparam("b_last")
    earlier = or_(c.first_at.is_(None), c.first_at > first)
    later = or_(c.last_at.is_(None), c.last_at < last)
    key = and_(*(column == bindparam(f"b_{column.name}") for column in table.primary_key.columns))
    change = update(table).where(key)
    change = change.values(
        {
            counts: c[counts] + bindparam("b_n"),
            "first_at": case((earlier, first), else_=c.first_at),
            "last_at": case((later, last), else_=c.last_at),
        }
    )
    rows = [
        {f"b_{name}": value for name, value in key.items()}
        | {"b_n": span.n, "b_first": span.first_at, "b_last": span.last_at}
        for key, span in spans
    ]
    tx.execute(change, rows)


def _add_examples(tx: Connection, type_: str, name: str, new: Sequence[str]) -> None:
    key = and_(event_property.c.event_type == type_, event_property.c.name == name)
    known = tx.execute(select(event_property.c.examples).where(key)).scalar_one()
    examples = with_examples(json.loads(known or "[]"), new)
    said = json.dumps(examples, ensure_ascii=False)
    if said != known:
        tx.execute(update(event_property).where(key).values(examples=said))


@dataclass(frozen=True, slots=True)
class KindRow:
    """How often, first and last a property was of one kind."""

    kind: str
    n: int
    first_at: int
    last_at: int


def list_types(look: Connection) -> list[Row[Any]]:
    """All types, the one with the most events first."""
    order = (event_type.c.events.desc(), event_type.c.name)
    return list(look.execute(select(event_type).order_by(*order)))


def get_type(look: Connection, name: str) -> Row[Any] | None:
    """One type."""
    return look.execute(select(event_type).where(event_type.c.name == name)).first()


def list_properties(look: Connection, type_: str | None = None) -> list[Row[Any]]:
    """The properties of one type, or of all, by name."""
    query = select(event_property).order_by(event_property.c.event_type, event_property.c.name)
    if type_ is not None:
        query = query.where(event_property.c.event_type == type_)
    return list(look.execute(query))


def marks_seen(look: Connection) -> frozenset[str]:
    """The properties among `SCORES` that any event has had."""
    named = event_property.c.name
    return frozenset(look.execute(select(named).where(named.in_(SCORES)).distinct()).scalars())


def list_kinds(look: Connection, type_: str | None = None) -> dict[tuple[str, str], list[KindRow]]:
    """By type and property: the kinds that it was of, the one that was first seen first."""
    c = event_property_kind.c
    query = select(c.event_type, c.name, c.kind, c.n, c.first_at, c.last_at)
    query = query.order_by(c.first_at, c.kind)
    if type_ is not None:
        query = query.where(c.event_type == type_)
    found: dict[tuple[str, str], list[KindRow]] = {}
    for row in look.execute(query):
        found.setdefault((row.event_type, row.name), []).append(KindRow(*row[2:]))
    return found


def count_types(look: Connection) -> int:
    """How many types there are."""
    return int(look.execute(select(func.count()).select_from(event_type)).scalar_one())


def put_type(tx: Connection, name: str, said: Mapping[str, Any]) -> None:
    """What is said about a type, which need not have been seen."""
    _put(tx, event_type, {"name": name}, said, {"events": 0})


def put_property(tx: Connection, type_: str, name: str, said: Mapping[str, Any]) -> None:
    """What is said about a property of a type that is there."""
    _put(tx, event_property, {"event_type": type_, "name": name}, said, {})


def list_fields(look: Connection, names: Iterable[str] | None = None) -> list[Row[Any]]:
    """The declared fields of persons, or those of these names."""
    query = select(trait_field).order_by(trait_field.c.name)
    if names is not None:
        query = query.where(trait_field.c.name.in_(list(names)))
    return list(look.execute(query))


def put_field(tx: Connection, name: str, said: Mapping[str, Any]) -> None:
    """A declared field of persons."""
    _put(tx, trait_field, {"name": name}, said, {})


def remove_field(tx: Connection, name: str) -> bool:
    """Whether there was such a field."""
    return bool(tx.execute(delete(trait_field).where(trait_field.c.name == name)).rowcount)


def _put(
    tx: Connection,
    table: Table,
    key: Mapping[str, str],
    said: Mapping[str, Any],
    first: Mapping[str, Any],
) -> None:
    here = and_(*(table.c[name] == value for name, value in key.items()))
    if not tx.execute(update(table).where(here).values(dict(said))).rowcount:
        tx.execute(insert(table).values({**first, **key, **said}))
