"""Saved mappings: kept under a name, each change a version, found again by the columns."""

from __future__ import annotations

import re

import msgspec

from desireline.formats.mapping import Mapping, mapping_from
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.modules.imports.errors import MappingMissing, MappingNameUnfit
from desireline.modules.imports.repository import (
    MappingRow,
    add_mapping,
    get_mapping,
    list_mappings,
)

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?")


class MappingBook:
    """The mappings of a workspace, for the command line and the server alike."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock

    def save(self, name: str, mapping: Mapping, signature: str, author: str) -> MappingRow:
        """Keeps a mapping as the next version of its name; the same again makes no new one.

        `signature` is that of the file for which it was made (`mapping.suggesting`). Raises
        MappingNameUnfit.
        """
        if not _NAME.fullmatch(name):
            raise MappingNameUnfit(
                f"A mapping cannot be called {name[:80]!r}.",
                hint="Use small letters, digits, - and _ inside, at most 64: web-shop. A name that"
                " ends in .yaml or .json is a file.",
            )
        text = msgspec.json.encode(mapping).decode()
        with self._db.transaction() as tx:
            last = get_mapping(tx, name, None)
            if last is not None and (last.document, last.signature) == (text, signature):
                return last
            version = 1 if last is None else last.version + 1
            row = MappingRow(name, version, signature, text, author, self._clock.now())
            add_mapping(tx, row)
        return row

    def listed(self) -> list[MappingRow]:
        """The last version of each, by name."""
        with self._db.reading() as look:
            return list_mappings(look)

    def get(self, name: str, version: int | None = None) -> tuple[MappingRow, Mapping]:
        """A version, the last one without a number. Raises MappingMissing."""
        with self._db.reading() as look:
            row = get_mapping(look, name, version)
        if row is None:
            which = name if version is None else f"{name}, version {version},"
            raise MappingMissing(
                f"There is no mapping {which!r} in this workspace.",
                hint="GET /v1/mappings lists them; import --save-mapping NAME keeps one.",
            )
        return row, document_of(row)

    def made_for(self, signature: str) -> tuple[MappingRow, Mapping] | None:
        """The mapping saved last for a file with the same columns."""
        with self._db.reading() as look:
            rows = list_mappings(look, signature)
        return (rows[0], document_of(rows[0])) if rows else None


def document_of(row: MappingRow) -> Mapping:
    """The document of a row."""
    return mapping_from(msgspec.json.decode(row.document), f"the mapping {row.name}")
