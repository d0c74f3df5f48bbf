"""Traits: who said what of a person, when, and what counts of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

import msgspec

SaidBy = Literal["stated", "observed", "enriched", "inferred"]
PRECEDENCE: tuple[SaidBy, ...] = ("stated", "observed", "enriched", "inferred")
"""Whoever comes first counts, however old it is: what a person said is never replaced by what was
enriched or inferred. Among equals the latest counts."""


NAMES = frozenset(
    (
        *("name", "full_name", "fullName", "first_name", "firstName", "last_name", "lastName"),
        *("surname", "username", "company", "company_name", "companyName"),
    )
)
"""Traits that persons are searched by."""
WORD_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class Said:
    """One value that was said of a subject at a time."""

    subject: int
    name: str
    value: Any
    """What JSON can hold. None says that there is no such trait any more."""
    at: int
    """Microseconds since 1970 UTC."""
    source: str
    said_by: SaidBy = "stated"
    confidence: float = 1.0
    position: int = 0
    """Of the event that says so; 0 where none does."""
    once: bool = False
    """Counts only where the same source has said nothing of it yet."""


@dataclass(frozen=True, slots=True)
class Trait:
    """A value as it is kept: from when on it was said, and when last."""

    subject: int
    name: str
    value: Any
    at: int
    last_at: int
    source: str
    said_by: SaidBy
    confidence: float
    position: int


def counting(kept: Iterable[Trait]) -> dict[str, Trait]:
    """The traits that count of one person, by name; those that were taken back are left out."""
    best: dict[str, Trait] = {}
    for one in kept:
        known = best.get(one.name)
        if known is None or _strength(one) > _strength(known):
            best[one.name] = one
    return {name: best[name] for name in sorted(best) if best[name].value is not None}


def _strength(one: Trait) -> tuple[int, int, int]:
    return -PRECEDENCE.index(one.said_by), one.last_at, one.position


@dataclass(slots=True)
class Kept:
    """A row of the table, as it is changed by what is said. `id` is 0 while it is new."""

    id: int
    subject: int
    name: str
    said_by: SaidBy
    source: str
    value: str
    at: int
    last_at: int
    position: int
    confidence: float
    changed: bool = False

    @property
    def key(self) -> tuple[int, str, str, str]:
        """Of whom and of what it was said, how and by whom."""
        return self.subject, self.name, self.said_by, self.source

    @classmethod
    def of(cls, said: Said) -> Kept:
        """A new row."""
        return cls(
            id=0,
            subject=said.subject,
            name=said.name,
            said_by=said.said_by,
            source=said.source,
            value=_text(said.value),
            at=said.at,
            last_at=said.at,
            position=said.position,
            confidence=said.confidence,
            changed=True,
        )


def taken_in(kept: Sequence[Kept], said: Iterable[Said]) -> list[Kept]:
    """The rows after some more was said, those that changed or are new marked so.

    What counts in the end does not depend on the order in which it arrives, and saying the same
    twice changes nothing: a value that is said again prolongs its row, also backwards; one that is
    said amid the time of another ends that, which begins anew behind it.
    """
    rows = {
        key: sorted(some, key=_moment)
        for key, some in groupby(sorted(kept, key=lambda k: k.key), key=lambda k: k.key)
    }
    for one in sorted(said, key=lambda s: (s.at, s.position)):
        new = Kept.of(one)
        of_this = rows.setdefault(new.key, [])
        if not (one.once and of_this):
            _take_in(of_this, new)
    return [row for some in rows.values() for row in some]


def _take_in(rows: list[Kept], new: Kept) -> None:
    place = next((i for i, row in enumerate(rows) if _moment(row) > _moment(new)), len(rows))
    before = rows[place - 1] if place else None
    behind = rows[place] if place < len(rows) else None
    if before is not None and before.value == new.value:
        if new.at > before.last_at:
            before.last_at, before.changed = new.at, True
    elif before is not None and new.at < before.last_at:
        again = Kept(**{**_fields(before), "id": 0, "at": before.last_at, "changed": True})
        before.last_at, before.changed = before.at, True
        rows[place:place] = [new, again]
    elif behind is not None and behind.value == new.value:
        behind.at, behind.position, behind.changed = new.at, new.position, True
    else:
        rows.insert(place, new)


def _fields(row: Kept) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Kept.__slots__}


def _moment(row: Kept) -> tuple[int, int]:
    return row.at, row.position


def _text(value: Any) -> str:
    """The value as JSON, the same for equal ones."""
    return msgspec.json.encode(value, order="deterministic").decode()


def word_of(name: str, value: Any) -> str:
    """What a trait is searched by; empty where it is no name."""
    if name not in NAMES or not isinstance(value, str):
        return ""
    return folded(value)


def folded(text: str) -> str:
    """A text as names are compared: without regard to capitals and the spaces between words."""
    return " ".join(text.casefold().split())[:WORD_CHARACTERS]
