"""What makes one journey, as the map states it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class CaseBy(Struct, frozen=True, forbid_unknown_fields=True):
    """A journey is a person, a value of a column (order, case), or a session ended by a gap."""

    kind: Literal["person", "column", "session"] = "person"
    column: str | None = None
    gap_seconds: float | None = None
