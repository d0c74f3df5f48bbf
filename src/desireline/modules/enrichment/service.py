"""Enrichment: what is derived, what is switched off, and what of a single value."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.modules.audit.facade import COMMAND_LINE, record
from desireline.modules.enrichment.deriving import derive
from desireline.modules.enrichment.errors import (
    DerivedFieldMissing,
    DerivedFieldOn,
    SourceKindUnknown,
)
from desireline.modules.enrichment.facts import Fact
from desireline.modules.enrichment.fields import FIELDS, Derived
from desireline.modules.enrichment.repository import list_off, list_switches, put_switch
from desireline.modules.enrichment.sources import SOURCES
from desireline.modules.people.facade import withdraw_traits
from desireline.modules.rooms import Rooms


@dataclass(frozen=True, slots=True)
class FieldState:
    """A field that is derived, and since when it is off, if it is."""

    name: str
    about: Derived
    off_at: int | None
    switched_by: str


class EnrichmentBook:
    """The enrichment of a workspace, for the command line and the server alike."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def fields(self) -> list[FieldState]:
        """All of them, in the order of what they follow from."""
        with self._db.reading() as look:
            rows = {row.name: row for row in list_switches(look)}
        return [
            FieldState(
                name,
                about,
                rows[name].off_at if name in rows else None,
                rows[name].switched_by if name in rows else "",
            )
            for name, about in FIELDS.items()
        ]

    def switch(self, name: str, *, on: bool, by: str = COMMAND_LINE) -> FieldState:
        """From now on it is derived, or is not. DerivedFieldMissing.

        What was derived of it before stays until it is withdrawn.
        """
        _known(name)
        with self._db.transaction() as tx:
            if (name in list_off(tx)) is on:
                now = self._clock.now()
                put_switch(tx, name, None if on else now, now, by)
                what = "enrichment_turned_on" if on else "enrichment_turned_off"
                record(tx, by, what, f"field:{name}", clock=self._clock)
        return next(field for field in self.fields() if field.name == name)

    def withdraw(self, name: str, by: str = COMMAND_LINE) -> int:
        """How many derived values were taken from persons. DerivedFieldMissing, DerivedFieldOn."""
        _known(name)
        with self._db.transaction() as tx:
            if name not in list_off(tx):
                raise DerivedFieldOn(
                    f"{name} is on: what is withdrawn would be derived again.",
                    hint=f"Turn it off first: desireline enrich --off {name}.",
                )
            values = withdraw_traits(tx, "enriched", name)
            record(tx, by, "enrichment_withdrawn", f"field:{name}", {"values": values}, self._clock)
        return values

    def try_out(self, kind: str, value: str) -> tuple[Fact, ...]:
        """What follows from a value, but for what is off; nothing is kept. SourceKindUnknown."""
        if kind not in SOURCES:
            raise SourceKindUnknown(
                f"Nothing follows from values of the kind {kind[:40]!r}.",
                hint=f"Kinds are {', '.join(SOURCES)}.",
            )
        with self._db.reading() as look:
            return derive(kind, value, list_off(look))


class Enrichment(EnrichmentBook):
    """What the routes ask."""

    def __init__(self, rooms: Rooms) -> None:
        super().__init__(rooms.db, rooms.clock)


def _known(name: str) -> None:
    if name not in FIELDS:
        raise DerivedFieldMissing(
            f"No field {name[:80]!r} is derived.", hint="desireline enrich --show lists all."
        )
