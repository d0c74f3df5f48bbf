"""When the identifiers of a person were linked, refused and taken apart, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from desireline.log.tables import identity_link
from desireline.modules.people.happenings import Joining

CHUNK = 5_000


def joinings_of(look: Connection, subjects: Sequence[int]) -> list[Joining]:
    """Every link that an identifier of a person has or had, in no particular order."""
    here = set(subjects)
    found: dict[tuple[int, int], Joining] = {}
    for start in range(0, len(subjects), CHUNK):
        some = subjects[start : start + CHUNK]
        link = identity_link.c
        columns = (link.id, link.a, link.b, link.evidence, link.at, link.withdrawn_at)
        for row in look.execute(select(*columns).where(or_(link.a.in_(some), link.b.in_(some)))):
            found |= {one.key: one for one in _told(row, here)}
    return list(found.values())


def _told(row: Any, here: set[int]) -> Iterator[Joining]:
    """A link that was withdrawn is told twice: when it was made, and when it ended."""
    ends = (row.a, row.b)
    joined = {row.a, row.b} <= here
    what = "identifiers_linked" if joined or row.withdrawn_at is not None else "link_refused"
    yield Joining((row.at, -2 * row.id), what, row.evidence, ends, row.at)
    if row.withdrawn_at is not None:
        key = (row.withdrawn_at, -2 * row.id - 1)
        yield Joining(key, "link_withdrawn", row.evidence, ends, row.at)
