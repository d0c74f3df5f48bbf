"""The look in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from desireline.modules.appearance.pictures import Picture
from desireline.modules.appearance.tables import appearance, appearance_picture


@dataclass(frozen=True, slots=True)
class Look:
    """What was chosen; empty where nothing was."""

    revision: int = 0
    name: str = ""
    accent: str = ""


def get_look(look: Connection) -> Look:
    """The look of the workspace."""
    row = look.execute(
        select(appearance.c.revision, appearance.c.name, appearance.c.accent)
    ).first()
    return Look() if row is None else Look(*row)


def put_look(tx: Connection, values: dict[str, Any]) -> None:
    """Another look, or the first."""
    if tx.execute(update(appearance).values(**values)).rowcount == 0:
        tx.execute(insert(appearance).values(one=1, **values))


def get_picture(look: Connection, what: str) -> Picture | None:
    """A picture that was given."""
    row = look.execute(
        select(appearance_picture.c.kind, appearance_picture.c.data).where(
            appearance_picture.c.what == what
        )
    ).first()
    return None if row is None else Picture(row.kind, bytes(row.data))


def tags_of_pictures(look: Connection) -> dict[str, str]:
    """By what it is: the tag of each picture."""
    rows = look.execute(select(appearance_picture.c.what, appearance_picture.c.tag))
    return {row.what: row.tag for row in rows}


def put_picture(tx: Connection, what: str, picture: Picture) -> None:
    """In place of the one before."""
    drop_picture(tx, what)
    values = {"kind": picture.kind, "data": picture.data, "tag": picture.tag}
    tx.execute(insert(appearance_picture).values(what=what, **values))


def drop_picture(tx: Connection, what: str) -> bool:
    """Whether there was one."""
    gone = delete(appearance_picture).where(appearance_picture.c.what == what)
    return tx.execute(gone).rowcount > 0
