"""The events of the log as a file, in the order of their time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Connection, Text, cast, func, select

from desireline.formats.duck import Duck
from desireline.formats.log_files import Wanted, lay_names, log_relation
from desireline.formats.log_writing import lay_persons, write_events_to
from desireline.formats.segment_files import segments_sql
from desireline.kit.database import Database
from desireline.log.identity.people import every_circle
from desireline.log.segments.catalogue import Catalogue
from desireline.log.segments.errors import readable
from desireline.log.segments.store import SegmentStore
from desireline.log.segments.tail import load_tail
from desireline.log.tables import event, subject

MEMORY = "2GB"
"""What DuckDB may hold in memory; what is more lies in its temporary folder."""
SUBJECTS_AT_ONCE = 100_000


def export_events(
    db: Database,
    store: SegmentStore,
    path: Path,
    wanted: Wanted | None = None,
    form: str | None = None,
) -> int:
    """How many events were written to `path`, in the order of time; equal times as they came.

    The log of one moment, whole or not at all, in the form told (`log_writing.AS`), else in the one
    that the name says. What is imported again is the same events, by their ids. Raises
    FileTypeUnknown, FileMissing, SegmentMissing, SegmentDamaged.
    """
    with Duck() as duck:
        duck.run(f"SET memory_limit = '{MEMORY}'")
        with db.reading() as look:
            catalogue = Catalogue.read(look)
            _lay_subjects(look, duck)
            _lay_persons(look, duck)
            tail = _tail(look, duck)
        files = [(store.local(s.file, s.sha256), s.first_position) for s in catalogue.segments]
        sources = [(segments_sql(files), 0)] if files else []
        with readable(*catalogue.segments):
            relation = log_relation(sources + tail, wanted or Wanted())
            return write_events_to(duck, relation, path, form)


def _tail(look: Connection, duck: Duck) -> list[tuple[str, int]]:
    """The tail as what stands after FROM, if there is one, and its first position."""
    ends = select(func.min(event.c.position), func.max(event.c.position))
    first, last = look.execute(ends).one()
    return [] if first is None else [(load_tail(look, duck, first, last), first)]


def _lay_persons(look: Connection, duck: Duck) -> None:
    """The persons of subjects that are linked, each named by the strongest of its subjects."""
    circle = every_circle(look)
    if not len(circle.subjects):
        return
    strongest = np.lexsort((circle.subjects, circle.ranks, circle.persons))
    persons, first = np.unique(circle.persons[strongest], return_index=True)
    speaker = circle.subjects[strongest[first]]
    names: dict[int, str] = {}
    for start in range(0, len(speaker), SUBJECTS_AT_ONCE):
        few = speaker[start : start + SUBJECTS_AT_ONCE]
        between = subject.c.id.between(int(few.min()), int(few.max()))
        wanted = set(few.tolist())
        found = look.execute(select(subject.c.id, subject.c.value).where(between))
        names |= {number: value for number, value in found if number in wanted}
    shown = dict(zip(persons.tolist(), (names[n] for n in speaker.tolist()), strict=True))
    of_subjects = circle.persons.tolist()
    lay_persons(duck, circle.subjects.tolist(), of_subjects, [shown[p] for p in of_subjects])


def _lay_subjects(look: Connection, duck: Duck) -> None:
    collect = func.json_group_array if look.dialect.name == "sqlite" else func.json_agg
    arrays = [cast(collect(c), Text) for c in (subject.c.id, subject.c.kind, subject.c.value)]
    last = look.execute(select(func.coalesce(func.max(subject.c.id), 0))).scalar_one()
    lay_names(duck, [], [])
    for start in range(0, last + 1, SUBJECTS_AT_ONCE):
        few = subject.c.id.between(start, start + SUBJECTS_AT_ONCE - 1)
        cells = look.execute(select(*arrays).where(few)).one()
        ids, kinds, values = (msgspec.json.decode(cell or "[]", type=list[Any]) for cell in cells)
        lay_names(duck, ids, list(zip(kinds, values, strict=True)))
