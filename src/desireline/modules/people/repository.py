"""Persons in the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update

from desireline.log.identity.persons import rank_of
from desireline.log.tables import subject
from desireline.modules.people.tables import trait
from desireline.modules.people.traits import Kept, Said, Trait, taken_in, word_of

CHUNK = 5_000
"""Values in one statement: SQLite takes 32,766."""

COLUMNS = (
    *("id", "subject", "name", "said_by", "source", "value"),
    *("at", "last_at", "position", "confidence"),
)


MOVE = (
    update(trait)
    .where(trait.c.id == bindparam("row"))
    .values(at=bindparam("since"), last_at=bindparam("until"), position=bindparam("first"))
)
"""For many rows at once: a statement each takes ten times as long, and all who write wait."""


def record_traits(tx: Connection, said: Iterable[Said]) -> int:
    """How many rows were written; what was said before, or of subjects that are gone, is none."""
    told = list(said)
    there = _that_exist(tx, {one.subject for one in told})
    told = [one for one in told if one.subject in there]
    kept = list(_rows(tx, there, {one.name for one in told}))
    changed = [row for row in taken_in(kept, told) if row.changed]
    new = [_values(row) for row in changed if not row.id]
    if new:
        tx.execute(insert(trait), new)
    moved = [_span(row) for row in changed if row.id]
    if moved:
        tx.execute(MOVE, moved)
    return len(changed)


def list_traits(look: Connection, subjects: Collection[int]) -> list[Trait]:
    """All that was ever said of some subjects, by name, then by time."""
    found = [
        Trait(
            subject=row.subject,
            name=row.name,
            value=msgspec.json.decode(row.value),
            at=row.at,
            last_at=row.last_at,
            source=row.source,
            said_by=row.said_by,
            confidence=row.confidence,
            position=row.position,
        )
        for row in _rows(look, subjects)
    ]
    return sorted(found, key=lambda one: (one.name, one.at, one.position))


def list_identifiers(
    look: Connection, subjects: Collection[int]
) -> list[tuple[int, str, str, int | None]]:
    """Number, kind, value, and since when it is verified, of the subjects of a person."""
    columns = (subject.c.id, subject.c.kind, subject.c.value, subject.c.verified_at)
    found = [
        (row[0], row[1], row[2], row[3])
        for some in _parts(subjects)
        for row in look.execute(select(*columns).where(subject.c.id.in_(some)))
    ]
    return sorted(found, key=lambda row: (rank_of(row[1]), row[1], row[0]))


def _that_exist(tx: Connection, subjects: Collection[int]) -> set[int]:
    """Those that were not erased meanwhile."""
    return {
        number
        for some in _parts(subjects)
        for number in tx.execute(select(subject.c.id).where(subject.c.id.in_(some))).scalars()
    }


def _rows(
    look: Connection, subjects: Collection[int], names: Collection[str] = ()
) -> Iterator[Kept]:
    wanted = select(*(trait.c[name] for name in COLUMNS))
    if names and len(names) <= CHUNK:
        wanted = wanted.where(trait.c.name.in_(names))
    for some in _parts(subjects):
        for row in look.execute(wanted.where(trait.c.subject.in_(some))):
            yield Kept(*row)


def _span(row: Kept) -> dict[str, int]:
    return {"row": row.id, "since": row.at, "until": row.last_at, "first": row.position}


def _values(row: Kept) -> dict[str, object]:
    values = {name: getattr(row, name) for name in COLUMNS if name != "id"}
    return values | {"word": word_of(row.name, msgspec.json.decode(row.value))}


def _parts(numbers: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
