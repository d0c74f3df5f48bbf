"""The ledger in the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, insert, select, update

from desireline.modules.consent.rule import NOES, Row
from desireline.modules.consent.tables import consent, consent_state, consent_text

CHUNK = 10_000
"""Values in one statement: SQLite takes 32,766."""


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The words of one version in one language."""

    purpose: str
    version: str
    language: str
    text: str
    sha256: str
    made_at: int
    by: str


def list_rows(
    connection: Connection, subjects: Sequence[int], purpose: str | None = None
) -> list[Row]:
    """All decisions on some subjects, the first recorded first."""
    found: list[Row] = []
    for some in _chunks(subjects):
        query = select(consent).where(consent.c.subject.in_(some))
        if purpose is not None:
            query = query.where(consent.c.purpose == purpose)
        found += [Row(**row) for row in connection.execute(query).mappings()]
    return sorted(found, key=lambda row: row.id)


def get_row(connection: Connection, ident: int) -> Row | None:
    """The decision of this number."""
    row = connection.execute(select(consent).where(consent.c.id == ident)).mappings().first()
    return None if row is None else Row(**row)


def list_refusing(connection: Connection, purpose: str, after: int = 0) -> list[int]:
    """The subjects that have ever said no to a purpose, in rows behind a number."""
    c = consent.c
    noes = select(c.subject).where(c.purpose == purpose, c.state.in_(NOES), c.id > after)
    return list(connection.execute(noes.distinct()).scalars())


def list_decided(connection: Connection, purpose: str, after: int) -> list[int]:
    """The subjects that have decided on a purpose in rows behind a number."""
    c = consent.c
    decided = select(c.subject).where(c.purpose == purpose, c.id > after)
    return list(connection.execute(decided.distinct()).scalars())


def list_refusing_of(connection: Connection, subjects: Sequence[int], purpose: str) -> list[int]:
    """Those among some subjects that have ever said no to a purpose."""
    c, found = consent.c, set[int]()
    for some in _chunks(subjects):
        noes = select(c.subject).where(c.subject.in_(some), c.purpose == purpose, c.state.in_(NOES))
        found.update(connection.execute(noes).scalars())
    return sorted(found)


def add_rows(tx: Connection, rows: Iterable[Row]) -> list[int]:
    """The numbers of new decisions; whatever id they bear is not looked at."""
    told = [msgspec.structs.asdict(row) for row in rows]
    for row in told:
        del row["id"]
    made = insert(consent).returning(consent.c.id, sort_by_parameter_order=True)
    return list(tx.execute(made, told).scalars())


def bump(tx: Connection) -> None:
    """A change is to come: whoever else changes decisions waits until this transaction ends."""
    raised = update(consent_state).values(version=consent_state.c.version + 1)
    if tx.execute(raised).rowcount == 0:
        tx.execute(insert(consent_state).values(one=1, version=1))


def get_version(connection: Connection) -> int:
    """How often decisions were added."""
    return connection.execute(select(consent_state.c.version)).scalar_one_or_none() or 0


def list_texts(connection: Connection, purpose: str | None = None) -> list[ConsentText]:
    """All texts, by purpose, version and language."""
    c = consent_text.c
    query = select(c.purpose, c.version, c.language, c.text, c.sha256, c.made_at, c.by)
    if purpose is not None:
        query = query.where(c.purpose == purpose)
    found = connection.execute(query.order_by(c.purpose, c.version, c.language))
    return [ConsentText(*row) for row in found]


def get_text(
    connection: Connection, purpose: str, version: str, language: str
) -> ConsentText | None:
    """The text of one version in one language."""
    known = list_texts(connection, purpose)
    return next((one for one in known if (one.version, one.language) == (version, language)), None)


def add_text(tx: Connection, new: ConsentText) -> None:
    """One more text."""
    fields = ConsentText.__dataclass_fields__
    tx.execute(insert(consent_text).values({name: getattr(new, name) for name in fields}))


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), CHUNK):
        yield numbers[start : start + CHUNK]
