"""Rewriting what the log holds: segments anew, rows of the tail in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, or_, select, true, update

from desireline.formats.duck import Duck
from desireline.formats.segment_files import SegmentFile
from desireline.formats.segment_files.blanking import Erasing, Outdated, Said, held, write_blanked
from desireline.log.segments import catalogue
from desireline.log.segments.catalogue import Catalogue, Segment
from desireline.log.segments.errors import readable
from desireline.log.segments.store import SegmentStore
from desireline.log.tables import event

BLANK: dict[str, Any] = {
    **dict.fromkeys(("subject", "at", "received_at"), 0),
    **dict.fromkeys(("type", "kind", "channel", "direction", "actor", "source"), ""),
    **dict.fromkeys(("value", "currency", "identifiers", "properties", "context")),
}
"""What an erased event is in the tail, beside its position and id."""
ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A segment that is to take the place of another, and how many events are other in it."""

    old: Segment
    file: SegmentFile
    events: int
    mentions: int


def rewrite(
    duck: Duck,
    store: SegmentStore,
    segments: Sequence[Segment],
    erasing: Erasing,
    folder: Path,
) -> list[Rewritten]:
    """Those segments that hold anything of it, written anew into a folder."""
    found = []
    for segment in segments:
        path = store.local(segment.file, segment.sha256)
        with readable(segment):
            events, mentions = held(duck, path, erasing)
            if events or mentions:
                file = write_blanked(duck, path, erasing, folder / segment.file)
                found.append(Rewritten(segment, file, events, mentions))
    return found


def put_rewritten(
    store: SegmentStore, listed: Catalogue, rewritten: Sequence[Rewritten]
) -> list[Segment]:
    """The new segments, in the store. Each keeps the moment of the old one, and so its run."""
    number = 1 + max((s.number for s in listed.segments), default=0)
    new = [
        catalogue.listed(number + i, one.file, one.old.first_position, one.old.made_at)
        for i, one in enumerate(rewritten)
    ]
    for segment, one in zip(new, rewritten, strict=True):
        store.put(one.file.path, segment.file)
    return new


def blank_tail(tx: Connection, erasing: Erasing) -> tuple[int, int]:
    """How many events of the tail were made blank or nobody's, and how many mentions taken out."""
    events = 0
    for condition in _conditions(erasing):
        events += tx.execute(update(event).where(condition).values(BLANK)).rowcount
    return events + _cut_tail(tx, erasing), _take_out_mentions(tx, erasing)


def outdated_rows(one: Outdated) -> ColumnElement[bool]:
    """The rows of the tail that are kept no longer."""
    of_type: ColumnElement[bool] = event.c.type.in_(one.types)
    if one.others:
        of_type = ~of_type if one.types else true()
    return and_(event.c.subject > 0, event.c.at < one.before, of_type)


def parts_of(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many at once as a statement takes."""
    for start in range(0, len(numbers), ROWS_AT_ONCE):
        yield numbers[start : start + ROWS_AT_ONCE]


def _conditions(erasing: Erasing) -> Iterator[ColumnElement[bool]]:
    yield from (event.c.subject.in_(some) for some in parts_of(erasing.subjects))
    if erasing.outdated:
        yield or_(*map(outdated_rows, erasing.outdated))


def _cut_tail(tx: Connection, erasing: Erasing) -> int:
    """How many events became nobody's."""
    columns = (event.c.position, event.c.subject, event.c.actor, event.c.properties)
    count = 0
    for some in parts_of(erasing.anonymous):
        theirs = select(*columns, event.c.context).where(event.c.subject.in_(some))
        for position, *said in tx.execute(theirs).all():
            assert erasing.cut is not None  # noqa: S101 - it comes with `anonymous`
            left = erasing.cut(Said(*said))._asdict()
            row = update(event).where(event.c.position == position)
            tx.execute(row.values(identifiers=None, **left))
            count += 1
    return count


def _take_out_mentions(tx: Connection, erasing: Erasing) -> int:
    names, mentions = set(erasing.names), 0
    if not names:
        return 0
    others = select(event.c.position, event.c.identifiers).where(event.c.identifiers.is_not(None))
    for position, text in tx.execute(others).all():
        mentioned = msgspec.json.decode(text, type=dict[str, str])
        kept = {kind: v for kind, v in mentioned.items() if (kind, v) not in names}
        if len(kept) < len(mentioned):
            cell = msgspec.json.encode(kept).decode() if kept else None
            row = event.c.position == position
            tx.execute(update(event).where(row).values(identifiers=cell))
            mentions += 1
    return mentions
