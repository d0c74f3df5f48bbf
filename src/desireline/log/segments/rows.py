"""Rows of the log as events in their envelope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select, tuple_

from desireline.kit.ids import from_halves
from desireline.log.envelope import Event
from desireline.log.tables import event, subject

AS_THEY_ARE = (
    *("type", "kind", "at", "received_at", "channel", "direction"),
    *("actor", "value", "currency", "source"),
)
SUBJECTS_AT_ONCE = 1_000


def event_of(row: Mapping[str, Any], name: tuple[str, str] | None) -> Event:
    """The event of a row of the tail or of a segment; `name` is kind and value of its subject."""
    own = {} if name is None else {name[0]: name[1]}
    return Event(
        id=str(from_halves(row["id_hi"], row["id_lo"])),
        identifiers=own | _json(row["identifiers"]),
        properties=_json(row["properties"]),
        context=_json(row["context"]),
        **{column: row[column] for column in AS_THEY_ARE},
    )


def names_of(look: Connection, subjects: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Kind and value of the identifier that each subject is."""
    named: dict[int, tuple[str, str]] = {}
    for start in range(0, len(subjects), SUBJECTS_AT_ONCE):
        some = subject.c.id.in_(subjects[start : start + SUBJECTS_AT_ONCE])
        for row in look.execute(select(subject).where(some)):
            named[row.id] = (row.kind, row.value)
    return named


def tail_rows(
    look: Connection,
    subjects: Sequence[int],
    limit: int,
    after: tuple[int, int] | None,
    *,
    newest_first: bool = False,
) -> list[dict[str, Any]]:
    """The first events of some subjects in the tail by time and position, or the last ones."""
    key = (event.c.at, event.c.position)
    found = select(event).where(event.c.subject.in_(subjects))
    if after is not None:
        there = tuple_(*key)
        found = found.where(there < after if newest_first else there > after)
    order = [column.desc() for column in key] if newest_first else key
    return [dict(row) for row in look.execute(found.order_by(*order).limit(limit)).mappings()]


def _json(text: str | None) -> dict[str, Any]:
    return {} if text is None else msgspec.json.decode(text, type=dict[str, Any])
