"""Envelope: one event as the log keeps it, on its way out of a file of a form of its own."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha1
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType

from desireline.formats.duck import Duck
from desireline.formats.errors import FileBroken, FileEmpty
from desireline.formats.log_files import COLUMNS
from desireline.formats.tables.json_file import JsonTable
from desireline.formats.tables.table import Rejected, Table


class Envelope(Struct, kw_only=True, gc=False):
    """The fields of an event, named as in `log_files.COLUMNS`. `at` is ISO 8601."""

    type: str
    at: str
    identifiers: Mapping[str, str]
    id: str | UnsetType = UNSET
    kind: str = "track"
    direction: str = "inbound"
    channel: str | UnsetType = UNSET
    actor: str | UnsetType = UNSET
    value: float | int | UnsetType | None = UNSET
    currency: str | UnsetType | None = UNSET
    received_at: str | UnsetType = UNSET
    properties: Mapping[str, Any] | msgspec.Raw | UnsetType = UNSET
    context: Mapping[str, Any] | UnsetType = UNSET
    source: str = "import"


class Enough(Exception):
    """So many events were wanted, and here they are. Never leaves `Envelopes`."""


class Envelopes:
    """Takes the events of a file, each with its place in it, and what had to stay out.

    They lie in a temporary folder as JSON lines till DuckDB reads them. Adding ends, and with it
    the block of `with`, when there are `most`.
    """

    def __init__(self, folder: Path, most: int | None = None) -> None:
        self._most = most
        self.path = folder / "envelopes.jsonl"
        self.places: array[int] = array("q")
        self.rejected = Rejected()
        self.notes: list[str] = []
        self._encode = msgspec.json.Encoder().encode_into
        self._buffer = bytearray(1 << 12)

    def __enter__(self) -> Self:
        self._target = self.path.open("wb")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> bool:
        self._target.close()
        return kind is Enough

    def add(self, place: int, envelope: Envelope) -> None:
        """One more event."""
        self._encode(envelope, self._buffer)
        self._buffer += b"\n"
        self._target.write(self._buffer)
        self.places.append(place)
        if len(self.places) == self._most:
            raise Enough

    def reject(self, place: int, record: object, reason: str) -> None:
        """Sets a record aside."""
        self.rejected.add(place, msgspec.json.encode(record).decode(), reason)

    def table(self, duck: Duck, name: str, unit: str, form: str) -> Table:
        """All of them as a table that has the columns of the log. Raises FileEmpty, FileBroken."""
        rejected = self.rejected
        if not self.places and not rejected.count:
            raise FileEmpty(f"{name} holds no event.", hint="Export it again, with its events.")
        if not self.places:
            first = rejected.examples[0]
            raise FileBroken(
                f"{name}: none of its {rejected.count:,} {unit}s can be read as {form}; {unit}"
                f" {first.row:,} is {first.value!r}: {first.reason}.",
                hint="Say what the file is with --read-as, or export it again.",
            )
        table = JsonTable(duck, name, (), "", notes=self.notes, unit=unit, rejected=self.rejected)
        table.take(self.path, self.places, tuple(COLUMNS))
        return table


def id_of(namespace: UUID, *said: str) -> str:
    """The UUID, version 5, that belongs to what an event says of itself."""
    text = "\0".join(said).encode()
    digest = bytearray(sha1(namespace.bytes + text, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    hexes = digest.hex()
    return f"{hexes[:8]}-{hexes[8:12]}-{hexes[12:16]}-{hexes[16:20]}-{hexes[20:]}"


def moment(text: str) -> str:
    """A time in the one spelling that ids are made from; what is none stays as it is."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).isoformat()
