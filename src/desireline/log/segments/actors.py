"""Actors that many share: a department tells nobody, the name of one helper may."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from desireline.formats.duck import Duck
from desireline.formats.segment_files import segments_sql
from desireline.log.segments.catalogue import Segment
from desireline.log.segments.errors import readable
from desireline.log.segments.store import SegmentStore
from desireline.log.tables import event

LEAST = 5
"""Other subjects that have met an actor, so that it does not tell whose an event was."""
ROLES = frozenset(("", "person", "employee", "department", "system", "partner", "office"))


def shared_actors(
    look: Connection,
    duck: Duck,
    files: tuple[SegmentStore, Sequence[Segment]],
    subjects: Sequence[int],
) -> frozenset[str]:
    """The actors in the events of some subjects that at least LEAST other subjects met, and ROLES.

    Reads two columns of the log. Raises SegmentMissing, SegmentDamaged.
    """
    if not subjects:
        return ROLES
    own = event.c.subject.in_(subjects)
    met = func.count(event.c.subject.distinct())
    common = select(event.c.actor).where(~own, event.c.subject > 0).group_by(event.c.actor)
    found = set(look.execute(common.having(met >= LEAST)).scalars())
    store, segments = files
    if segments:
        with readable(*segments):
            paths = [(store.local(s.file, s.sha256), 0) for s in segments]
            source = segments_sql(paths, ("actor", "subject"))
            listed = ", ".join(str(int(number)) for number in (0, *subjects))
            rows = duck.rows(
                f"SELECT actor FROM {source} WHERE subject NOT IN ({listed})"  # noqa: S608 - numbers
                f" GROUP BY actor HAVING count(DISTINCT subject) >= {LEAST}"
            )
            found |= {actor for (actor,) in rows}
    return frozenset(found | ROLES)
