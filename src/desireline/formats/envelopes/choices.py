"""Choices: what a user may say of a file whose form has a meaning of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

NIL = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Choices:
    """What is told of files of such forms; each form takes what it knows."""

    form: str | None = None
    """The name of a form (`formats.opening.FORMS`); None: by the file's name and content."""
    plain: bool = False
    """Columns are told, so that a file of rows is taken as such, whatever it looks like."""
    object_type: str | None = None
    """OCEL: objects of this type make the journeys."""
    identifier: str | None = None
    """The kind of identifier that makes the journeys, where the form leaves it open."""
    own: tuple[str, ...] = ()
    """Mail: the firm's own domains or addresses."""
    body_signs: int = 200
    """Mail: how much of a text is kept."""
    salt: str = ""
    """Access logs: goes into the hash that stands for a visitor."""
    namespace: UUID = NIL
    """Of UUIDs made from other ids."""


def kind_of(text: str, otherwise: str) -> str:
    """A text as a kind of identifier: `Purchase Order` is `purchase_order`."""
    kind = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:64]
    return kind if re.match("[a-z]", kind) else otherwise
