"""The history of one person: the events of all their identifiers."""

from __future__ import annotations

from desireline.kit.database import Database
from desireline.log.identity.people import subjects_of
from desireline.log.segments.reading import LogReader, Page


def events_of(
    db: Database,
    reader: LogReader,
    person: int,
    limit: int = 100,
    after: tuple[int, int] | None = None,
) -> Page:
    """The first events of a person by time and position, and where to go on.

    `person` is the person's number, or that of any of their subjects; `after` is where the page
    before ended. Raises SegmentMissing, SegmentDamaged.
    """
    with db.reading() as look:
        subjects = subjects_of(look, person)
    return reader.page_of(subjects, limit, after)
