"""Events of others that name a person: where they are, and by which identifiers of the person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from desireline.formats.duck import Duck
from desireline.formats.segment_files import segment_sql
from desireline.formats.segment_files.blanking import Erasing
from desireline.kit.database import Database
from desireline.log.naming.identifiers import Name
from desireline.log.segments.catalogue import Catalogue
from desireline.log.segments.errors import readable
from desireline.log.segments.store import SegmentStore
from desireline.log.tables import event


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An event that names somebody whose it is not; `at` in microseconds."""

    position: int
    at: int
    type: str
    identifiers: dict[str, str]
    """Those of the person that was asked for, and no others."""


def mentions_of(
    db: Database, store: SegmentStore, subjects: Sequence[int], names: Sequence[Name]
) -> Iterator[Mentioned]:
    """The events of others that name one of the identifiers, segment by segment, then the tail.

    Reads one column of the whole log. Raises SegmentMissing, SegmentDamaged.
    """
    wanted = set(names)
    conditions = Erasing(names=names).mentions.values()
    own = f"subject IN (0, {', '.join(str(int(n)) for n in subjects)})"
    where = f"NOT {own} AND identifiers IS NOT NULL AND ({' OR '.join(conditions) or 'false'})"
    with db.reading() as look:
        listed = Catalogue.read(look)
        columns = (event.c.position, event.c.at, event.c.type, event.c.identifiers)
        theirs = event.c.identifiers.is_not(None) & event.c.subject.not_in(subjects)
        tail = look.execute(select(*columns).where(theirs).order_by(event.c.position)).all()
    with Duck() as duck:
        for segment in listed.segments:
            path = store.local(segment.file, segment.sha256)
            with readable(segment):
                rows = duck.rows(
                    f'SELECT place, "at", type, identifiers FROM {segment_sql(path)} WHERE {where}'  # noqa: S608
                )
            for place, at, type_, text in rows:
                yield _mentioned((segment.first_position + place, at, type_, text), wanted)
    for row in tail:
        found = _mentioned(tuple(row), wanted)
        if found.identifiers:
            yield found


def _mentioned(row: tuple[int, int, str, str | None], wanted: set[Name]) -> Mentioned:
    position, at, type_, text = row
    named = msgspec.json.decode(text or "{}", type=dict[str, str])
    theirs = {kind: value for kind, value in named.items() if (kind, value) in wanted}
    return Mentioned(position, at, type_, theirs)
