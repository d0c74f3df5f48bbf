"""Choices: what a form with a meaning of its own has to know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from desireline.formats.mapping.document import Mapping

NIL = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Keys:
    """What of an import no document says: it belongs to the workspace."""

    salt: str = ""
    """Goes into the hash that stands for a visitor of an access log."""
    namespace: UUID = NIL
    """Of UUIDs made from other ids."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What is told of files of such forms; each form takes what it knows."""

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
    most: int | None = None
    """Events after which reading ends, for a look; None: all."""

    @classmethod
    def of(cls, mapping: Mapping, keys: Keys, most: int | None = None) -> Self:
        """What a mapping says of such forms."""
        return cls(
            object_type=mapping.object_type,
            identifier=mapping.identifier,
            own=mapping.own,
            body_signs=mapping.body_signs,
            salt=keys.salt,
            namespace=keys.namespace,
            most=most,
        )


def kind_of(text: str, otherwise: str) -> str:
    """A text as a kind of identifier: `Purchase Order` is `purchase_order`."""
    kind = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:64]
    return kind if re.match("[a-z]", kind) else otherwise
