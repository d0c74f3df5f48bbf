"""Documents of maps as they are kept, read and written."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from desireline.engine.journey_map import JourneyMap, from_dict
from desireline.modules.maps import repository
from desireline.modules.maps.errors import MapArchived, MapUnknown
from desireline.modules.maps.repository import MapRow


def row_of(connection: Connection, key: str, *, to_change: bool = False) -> MapRow:
    """The map of this key. With `to_change` nobody else changes it meanwhile.

    Raises MapUnknown, and to change it MapArchived.
    """
    row = repository.get_map(connection, key, to_change=to_change)
    if row is None:
        raise MapUnknown(f"There is no map {key!r}.", hint="GET /v1/maps lists all maps.")
    if to_change:
        check_in_use(row)
    return row


def check_in_use(row: MapRow) -> None:
    """A map that was put away is not changed. MapArchived."""
    if row.archived_at is not None:
        raise MapArchived(
            f"The map {row.key!r} was put away, so it cannot be changed.",
            hint=f"Take it back first: POST /v1/maps/{row.key}/restore.",
        )


def document_now(connection: Connection, row: MapRow) -> JourneyMap:
    """The draft; where there is none, the published version that the next one begins from."""
    text = repository.get_draft(connection, row.key)
    return read(text) if text else published_document(connection, row)


def published_document(connection: Connection, row: MapRow) -> JourneyMap:
    """The published document, or the draft of a map that has none."""
    if row.version is not None:
        text = repository.get_document(connection, row.key, row.version)
    else:
        text = repository.get_draft(connection, row.key)
    return read(text or "{}")


def read(text: str) -> JourneyMap:
    """The document that was kept."""
    return from_dict(msgspec.json.decode(text))


def written(document: JourneyMap) -> str:
    """The document as it is kept."""
    return msgspec.json.encode(document).decode()
