"""The id of an event: the sender's UUID, or one made from what it sent."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha1
from typing import TypeAlias
from uuid import UUID

import numpy as np
from msgspec import UnsetType

from desireline.engine.journeys import I64

Id: TypeAlias = bytes
"""The sixteen bytes of a UUID: one object to hash, where two halves are three."""
BYTES = 16

NAMESPACE = UUID("7d6f2b3a-52a1-5f0e-9c55-d2a1f5c0e4b7")
"""Of the UUIDs (version 5) made from senders' own ids: `uuid.uuid5(NAMESPACE, text)`."""

_HALF = np.dtype(">i8")
_fromhex = bytes.fromhex


def id_of(text: str) -> Id | None:
    """The bytes of a UUID, written with its four hyphens or with none; else None.

    As `kit.ids` reads it, in a quarter of the time (0.4 of 1.6 microseconds).
    """
    if len(text) == 36 and text[8] == text[13] == text[18] == text[23] == "-":
        text = text.replace("-", "")
    if len(text) != 32:
        return None
    try:
        found = _fromhex(text)
    except ValueError:
        return None
    return found if len(found) == BYTES else None  # fromhex overlooks spaces


def derived(text: str) -> Id:
    """The bytes of the UUID, version 5, that belongs to a sender's own id."""
    digest = bytearray(sha1(NAMESPACE.bytes + text.encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    return bytes(digest)


def text_of(id_: Id, sent: str | UnsetType | None = None) -> str:
    """The UUID as text; `sent` is how it came, with all its hyphens or none."""
    if sent and len(sent) == 36:
        return sent.lower()
    digits = id_.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def halves(ids: Collection[Id]) -> tuple[I64, I64]:
    """`id_hi` and `id_lo` of ids: signed, as the database and the segments keep them."""
    both = np.frombuffer(b"".join(ids), _HALF).reshape(-1, 2).astype(np.int64)
    return both[:, 0], both[:, 1]


def ids_of(id_hi: I64, id_lo: I64) -> list[Id]:
    """The ids of halves."""
    whole = np.column_stack([id_hi, id_lo]).astype(_HALF).tobytes()
    return [whole[at : at + BYTES] for at in range(0, len(whole), BYTES)]
