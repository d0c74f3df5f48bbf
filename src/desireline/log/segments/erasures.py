"""What was erased and what is yet to be, by number: so that it can be finished, and done again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import uuid4

import msgspec
from sqlalchemy import Connection, Row, insert, select, update

from desireline.log.forgetting.anonymising import ANONYMOUS
from desireline.log.tables import subject
from desireline.log.tables_erasures import backup_place, erasure


class Noted(msgspec.Struct, frozen=True):
    """One erasure: the numbers of what is gone, which name nobody."""

    id: int
    at: int
    """When it was asked for, in microseconds since 1970 UTC."""
    subjects: tuple[int, ...]
    failed_events: tuple[int, ...]
    becomes: int | None = None
    """The subject that has the events from then on, of a person who was made anonymous."""
    keeps: tuple[str, ...] = ()
    """The properties that were declared safe then."""


def promise(
    tx: Connection,
    now: int,
    subjects: Collection[int],
    failed_events: Collection[int] = (),
    keeps: Collection[str] | None = None,
) -> int:
    """The number of a new erasure, which from now on is carried out whatever happens.

    With `keeps` (properties that are declared safe, or none) the events become nobody's instead of
    blank: those of a new subject, which is one random number.
    """
    row: dict[str, object] = {
        "at": now,
        "subjects": _text(subjects),
        "failed_events": _text(failed_events),
    }
    if keeps is not None:
        nobody = insert(subject).values(kind=ANONYMOUS, value=uuid4().hex).returning(subject.c.id)
        row["becomes"] = tx.execute(nobody).scalar_one()
        row["keeps"] = msgspec.json.encode(sorted(keeps)).decode()
    return int(tx.execute(insert(erasure).values(row).returning(erasure.c.id)).scalar_one())


def keep_promises(
    tx: Connection, now: int, ids: Sequence[int], failed_events: Collection[int]
) -> None:
    """Notes that erasures are done, and which failed events went with them, for the books too."""
    done = {"done_at": now, "failed_events": _text(failed_events)}
    tx.execute(update(erasure).where(erasure.c.id.in_(ids)).values(done))
    knew = backup_place.c.told >= min(ids)
    tx.execute(update(backup_place).where(knew).values(told=min(ids) - 1))


def promised(look: Connection) -> list[Noted]:
    """The erasures that are not finished."""
    rows = look.execute(select(erasure).where(erasure.c.done_at.is_(None)).order_by(erasure.c.id))
    return [_noted(row) for row in rows]


def all_noted(look: Connection) -> list[Noted]:
    """All erasures, finished or not."""
    return [_noted(row) for row in look.execute(select(erasure).order_by(erasure.c.id))]


def _noted(row: Row[Any]) -> Noted:
    subjects, failed = (
        msgspec.json.decode(cell, type=tuple[int, ...])
        for cell in (row.subjects, row.failed_events)
    )
    keeps = msgspec.json.decode(row.keeps or "[]", type=tuple[str, ...])
    return Noted(row.id, row.at, subjects, failed, row.becomes, keeps)


def _text(numbers: Collection[int]) -> str:
    return msgspec.json.encode(sorted(numbers)).decode()
