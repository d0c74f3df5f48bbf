"""Maps and their versions in the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from desireline.kit.permissions import Caller
from desireline.modules.maps.tables import journey_map, map_version


@dataclass(frozen=True, slots=True)
class MapRow:
    """A map without its documents."""

    key: str
    revision: int
    has_draft: bool
    drafted_at: int
    drafted_by: str
    version: int | None
    archived_at: int | None = None
    """When it was put away."""
    owner: int | None = None
    """Number of the member who answers for it, as it is kept: she may have been removed since."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version without its document."""

    version: int
    published_at: int
    author: str
    message: str = ""


_IN_USE = journey_map.c.archived_at.is_(None)


def list_maps(connection: Connection, *, archived: bool = False) -> list[MapRow]:
    """The maps in use, or those that were put away, the one published last first."""
    published = (
        select(map_version.c.map, func.max(map_version.c.published_at).label("at"))
        .group_by(map_version.c.map)
        .subquery()
    )
    rows = connection.execute(
        select(*_columns())
        .outerjoin(published, published.c.map == journey_map.c.key)
        .where(journey_map.c.archived_at.is_not(None) if archived else _IN_USE)
        .order_by(func.coalesce(published.c.at, 0).desc(), journey_map.c.key)
    )
    return [MapRow(*row) for row in rows]


def get_map(connection: Connection, key: str, *, to_change: bool = False) -> MapRow | None:
    """The map of this key. With `to_change` nobody else changes it before the transaction ends."""
    query = select(*_columns()).where(journey_map.c.key == key)
    row = connection.execute(query.with_for_update() if to_change else query).first()
    return None if row is None else MapRow(*row)


def get_draft(connection: Connection, key: str) -> str | None:
    """The draft's document as JSON."""
    return connection.execute(
        select(journey_map.c.draft).where(journey_map.c.key == key)
    ).scalar_one_or_none()


def get_document(connection: Connection, key: str, version: int) -> str | None:
    """The document of a published version as JSON."""
    return connection.execute(
        select(map_version.c.document).where(
            map_version.c.map == key, map_version.c.version == version
        )
    ).scalar_one_or_none()


def list_versions(connection: Connection, key: str) -> list[VersionRow]:
    """All published versions, the newest first."""
    rows = connection.execute(
        select(
            map_version.c.version,
            map_version.c.published_at,
            map_version.c.author,
            map_version.c.message,
        )
        .where(map_version.c.map == key)
        .order_by(map_version.c.version.desc())
    )
    return [VersionRow(*row) for row in rows]


def get_version_at(connection: Connection, key: str, at: int) -> int | None:
    """The version that was the last one at a moment; before the first, the first."""
    c = map_version.c
    then = select(func.max(c.version)).where(c.map == key, c.published_at <= at)
    first = select(func.min(c.version)).where(c.map == key)
    return connection.execute(
        select(func.coalesce(then.scalar_subquery(), first.scalar_subquery()))
    ).scalar_one_or_none()


def list_documents(connection: Connection) -> list[str]:
    """Every document that answers may be asked of: last versions and drafts."""
    last = connection.execute(
        select(map_version.c.document)
        .join(
            journey_map,
            (journey_map.c.key == map_version.c.map)
            & (journey_map.c.version == map_version.c.version),
        )
        .where(_IN_USE)
    ).scalars()
    drafts = connection.execute(
        select(journey_map.c.draft).where(journey_map.c.draft.is_not(None), _IN_USE)
    ).scalars()
    return [*last, *(draft for draft in drafts if draft is not None)]


def add_map(tx: Connection, key: str, draft: str, at: int, by: Caller) -> None:
    """A new map with its first draft; who makes it owns it, if she is a member."""
    tx.execute(
        insert(journey_map).values(
            key=key,
            revision=1,
            draft=draft,
            drafted_at=at,
            drafted_by=by.name,
            version=None,
            owner=by.member,
        )
    )


def put_draft(tx: Connection, key: str, draft: str, at: int, by: str) -> None:
    """Another draft in place of the one before."""
    tx.execute(
        update(journey_map)
        .where(journey_map.c.key == key)
        .values(draft=draft, drafted_at=at, drafted_by=by, revision=journey_map.c.revision + 1)
    )


def add_version(tx: Connection, key: str, row: VersionRow, document: str) -> None:
    """A published version, in place of the draft."""
    tx.execute(
        insert(map_version).values(
            map=key,
            version=row.version,
            document=document,
            published_at=row.published_at,
            author=row.author,
            message=row.message,
        )
    )
    tx.execute(
        update(journey_map)
        .where(journey_map.c.key == key)
        .values(draft=None, version=row.version, revision=journey_map.c.revision + 1)
    )


def put_archived(tx: Connection, key: str, at: int | None) -> None:
    """Puts a map away at a moment, or takes it back."""
    tx.execute(update(journey_map).where(journey_map.c.key == key).values(archived_at=at))


def put_owner(tx: Connection, key: str, owner: int | None) -> None:
    """Another member answers for a map, or nobody."""
    tx.execute(update(journey_map).where(journey_map.c.key == key).values(owner=owner))


def _columns() -> tuple:  # type: ignore[type-arg]
    c = journey_map.c
    drafted = (c.draft.is_not(None), c.drafted_at, c.drafted_by)
    return (c.key, c.revision, *drafted, c.version, c.archived_at, c.owner)
