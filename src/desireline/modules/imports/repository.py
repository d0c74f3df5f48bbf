"""Imports and mappings in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from desireline.modules.imports.tables import import_file, saved_mapping

MOST_LISTED = 200
WITH_FILE = ("waiting", "failed")
"""States in which the file is there, and nobody works on it."""
AT_WORK = ("queued", "running", "cancelling")


@dataclass(frozen=True, slots=True)
class FileRow:
    """An uploaded file and its import."""

    id: int
    name: str
    bytes: int
    sha256: str
    state: str
    mapping: str
    asked_by: str
    made_at: int
    started_at: int | None
    ended_at: int | None
    tries: int
    stage: str
    done: int
    total: int
    problem: str
    report: str


@dataclass(frozen=True, slots=True)
class MappingRow:
    """A version of a saved mapping."""

    name: str
    version: int
    signature: str
    document: str
    author: str
    made_at: int


_FILE = [import_file.c[name] for name in FileRow.__slots__]
_MAPPING = [saved_mapping.c[name] for name in MappingRow.__slots__]


def add_file(tx: Connection, row: dict[str, Any]) -> int:
    """The id of a new import."""
    key = tx.execute(insert(import_file).values(**row)).inserted_primary_key
    assert key is not None  # noqa: S101 - both databases give it
    return int(key[0])


def get_file(connection: Connection, ident: int, *, to_change: bool = False) -> FileRow | None:
    """An import. With `to_change` nobody else changes it before the transaction ends."""
    query = select(*_FILE).where(import_file.c.id == ident)
    row = connection.execute(query.with_for_update() if to_change else query).first()
    return None if row is None else FileRow(*row)


def get_same_file(connection: Connection, sha256: str, besides: int) -> FileRow | None:
    """The last import of the very same bytes that was done."""
    c = import_file.c
    same = select(*_FILE).where(c.sha256 == sha256, c.state == "done", c.id != besides)
    row = connection.execute(same.order_by(c.id.desc()).limit(1)).first()
    return None if row is None else FileRow(*row)


def list_files(connection: Connection, before: int | None) -> list[FileRow]:
    """Imports, the newest first, those below an id."""
    query = select(*_FILE).order_by(import_file.c.id.desc()).limit(MOST_LISTED)
    if before is not None:
        query = query.where(import_file.c.id < before)
    return [FileRow(*row) for row in connection.execute(query)]


def list_named(connection: Connection) -> list[FileRow]:
    """Every import whose file has a name still."""
    named = select(*_FILE).where(import_file.c.name != "").order_by(import_file.c.id)
    return [FileRow(*row) for row in connection.execute(named)]


def rename_file(tx: Connection, ident: int, name: str) -> None:
    """What the file of an import is called from now on; the file itself is gone."""
    tx.execute(update(import_file).where(import_file.c.id == ident).values(name=name))


def change_file(
    tx: Connection, ident: int, states: tuple[str, ...], values: dict[str, Any]
) -> bool:
    """Whether the import was in one of these states, and is changed now."""
    c = import_file.c
    changed = update(import_file).where(c.id == ident, c.state.in_(states)).values(**values)
    return tx.execute(changed).rowcount == 1


def add_mapping(tx: Connection, row: MappingRow) -> None:
    """A new version."""
    values = {name: getattr(row, name) for name in MappingRow.__slots__}
    tx.execute(insert(saved_mapping).values(**values))


def list_mappings(connection: Connection, signature: str | None = None) -> list[MappingRow]:
    """The last version of each mapping, by name; with a signature those made for such columns."""
    last = (
        select(saved_mapping.c.name, func.max(saved_mapping.c.version).label("version"))
        .group_by(saved_mapping.c.name)
        .subquery()
    )
    same = (saved_mapping.c.name == last.c.name) & (saved_mapping.c.version == last.c.version)
    query = select(*_MAPPING).join(last, same).order_by(saved_mapping.c.name)
    if signature is not None:
        newest = saved_mapping.c.made_at.desc()
        query = query.where(saved_mapping.c.signature == signature).order_by(None).order_by(newest)
    return [MappingRow(*row) for row in connection.execute(query)]


def get_mapping(connection: Connection, name: str, version: int | None) -> MappingRow | None:
    """A version of a mapping, the last one without a number."""
    c = saved_mapping.c
    query = select(*_MAPPING).where(c.name == name).order_by(c.version.desc()).limit(1)
    if version is not None:
        query = query.where(c.version == version)
    row = connection.execute(query).first()
    return None if row is None else MappingRow(*row)
