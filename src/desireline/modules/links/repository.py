"""The SQL of links."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from desireline.log.identity.links import IS_ACTIVE
from desireline.log.tables import identity_link, subject

CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class End:
    """An identifier. Times are microseconds since 1970 UTC."""

    subject: int
    kind: str
    value: str
    verified_at: int | None
    verified_by: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link with its ends and all that was decided of it."""

    id: int
    a: int
    b: int
    evidence: str
    source: str
    at: int
    confirmed_at: int | None
    withdrawn_at: int | None
    decided_by: str
    because: str

    @property
    def counts(self) -> bool:
        """Whether it is active."""
        return self.withdrawn_at is None or self.confirmed_at is not None


def list_links(look: Connection, subjects: Sequence[int]) -> list[LinkRow]:
    """Every link that has one of these ends, also the withdrawn, as they were made."""
    found: dict[int, LinkRow] = {}
    for start in range(0, len(subjects), CHUNK):
        some = subjects[start : start + CHUNK]
        link = identity_link.c
        found |= {row.id: row for row in _rows(look, or_(link.a.in_(some), link.b.in_(some)))}
    return [found[number] for number in sorted(found)]


def list_numbered(look: Connection, numbers: Collection[int]) -> list[LinkRow]:
    """The links of these numbers, the newest first."""
    rows = _rows(look, identity_link.c.id.in_(numbers))
    return sorted(rows, key=lambda row: row.id, reverse=True)


def get_active(look: Connection, a: int, b: int) -> LinkRow | None:
    """The link between two subjects, if it counts."""
    link = identity_link.c
    pair = (link.a == min(a, b)) & (link.b == max(a, b))
    return next(iter(_rows(look, pair & IS_ACTIVE)), None)


def get_ends(look: Connection, subjects: Collection[int]) -> dict[int, End]:
    """The identifiers that subjects are."""
    wanted, found = sorted(subjects), {}
    for start in range(0, len(wanted), CHUNK):
        some = subject.c.id.in_(wanted[start : start + CHUNK])
        for row in look.execute(select(subject).where(some)):
            found[row.id] = End(row.id, row.kind, row.value, row.verified_at, row.verified_by)
    return found


def _rows(look: Connection, which: ColumnElement[bool]) -> list[LinkRow]:
    columns: list[Any] = [identity_link.c[name] for name in LinkRow.__slots__]
    return [LinkRow(*row) for row in look.execute(select(*columns).where(which))]
