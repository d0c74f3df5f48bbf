"""Rows that cannot be events: kept whole, as an event that can be mended and replayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from desireline.formats.event_rows.rows import EventRows
from desireline.log.addresses import cut_in_body
from desireline.log.forgetting.tombstones import Tombstones
from desireline.log.importing.refusals import PastNoes
from desireline.log.naming.identifiers import Name, add_others
from desireline.log.rejecting import Unfit
from desireline.log.tables import failed_event

SOURCE = "import"
CODE = "row_unreadable"
TRACKING = "tracking"
"""What is kept as the form of a failed row whose file tells what people did on pages and in apps:
whoever takes it in again asks whether they had said no to that."""
MOST_BYTES = 65_536
OBJECTS = ("identifiers", "properties", "context")
NOT_SENT = ("received_at", "source")
"""Columns that the log itself fills in."""
WIRE = {"event": "type", "time": "at"} | {
    role: role for role in ("channel", "actor", "value", "currency", "direction")
}
"""What a role is called in an event as it is sent."""


def keep_failed(tx: Connection, events: EventRows, now: int, noes: PastNoes | None = None) -> int:
    """How many rows were added to the failed events; those of an earlier import are not again.

    Nor are those that name somebody who was erased, or of whom `noes` says a no that stands now.
    """
    read = events.provenance
    bodies = [
        _own_body(bad.body) if events.is_export else _body(bad.body, read.columns, events.who)
        for bad in events.bad
    ]
    bodies = [cut_in_body(body) for body in bodies]
    known = _known(tx) if bodies else set()
    gone = _not_to_keep(tx, bodies, noes, now)
    new = [
        {
            "received_at": now,
            "source": SOURCE,
            "code": CODE,
            "reason": f"{read.source}, {bad.reason}.",
            "body": body,
            "form": "" if noes is None else TRACKING,
        }
        for bad, body, is_gone in zip(events.bad, bodies, gone, strict=True)
        if not is_gone and _digest(body) not in known
    ]
    if new:
        tx.execute(insert(failed_event), new)
    return len(new)


def _body(row: str, columns: Mapping[str, str], who: Mapping[str, str]) -> bytes:
    """A row as the event that it would be, its texts as they stand in the file."""
    held: dict[str, Any] = {k: v for k, v in msgspec.json.decode(row).items() if v is not None}
    event: dict[str, Any] = {}
    for role, column in columns.items():
        if role in WIRE and column in held:
            event[WIRE[role]] = held.pop(column)
    told = {kind: str(held.pop(column, "")) for kind, column in who.items()}
    event["identifiers"] = {kind: value for kind, value in told.items() if value.strip()}
    event["properties"] = held
    return msgspec.json.encode(event)[:MOST_BYTES]


def _own_body(row: str) -> bytes:
    """A row of the log's own columns as the event that it would be."""
    held = {k: v for k, v in msgspec.json.decode(row).items() if v is not None}
    for name in OBJECTS:
        with suppress(msgspec.DecodeError, TypeError):
            if name in held:
                held[name] = msgspec.json.decode(held[name])
    event = {name: held[name] for name in held if name not in NOT_SENT}
    return msgspec.json.encode(event)[:MOST_BYTES]


def _not_to_keep(
    tx: Connection, bodies: Sequence[bytes], noes: PastNoes | None, now: int
) -> list[bool]:
    """Which bodies name somebody who was erased, or said no: they count, and are not kept."""
    named = [_names(body) for body in bodies]
    every = {name for names in named for name in names}
    erased = Tombstones.read(tx, every).erased_at(every)
    gone = [any(name in erased for name in names) for names in named]
    if noes is None or not noes.learn():
        return gone
    return [out or noes.is_no(names, "", now) for out, names in zip(gone, named, strict=True)]


def _names(body: bytes) -> list[Name]:
    found: dict[str, str] = {}
    with suppress(Unfit, msgspec.DecodeError, AttributeError, TypeError):
        add_others(found, msgspec.json.decode(body).get("identifiers", {}))
    return list(found.items())


def _known(tx: Connection) -> set[bytes]:
    kept = select(failed_event.c.body).where(
        failed_event.c.source == SOURCE, failed_event.c.code == CODE
    )
    return {_digest(body) for body in tx.execute(kept).scalars()}


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).digest()
