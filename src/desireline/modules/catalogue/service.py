"""The catalogue: what was seen, what was said about it, and what does not fit together."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from desireline.engine.analyses.times import iso
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.modules.audit.facade import COMMAND_LINE, record
from desireline.modules.catalogue import repository
from desireline.modules.catalogue.drift import Finding, findings
from desireline.modules.catalogue.errors import (
    EventTypeMissing,
    FieldMissing,
    FieldNameUnfit,
    ReplacementUnfit,
)
from desireline.modules.catalogue.fields import CHOICE
from desireline.modules.catalogue.repository import KindRow
from desireline.modules.catalogue.showing import MOST_NAME, shown_name
from desireline.modules.catalogue.telling import TYPE, tell_traits
from desireline.modules.rooms import Rooms

_AUDITED = re.compile(r"[a-z_]+:[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody says about a type, a property or a field."""

    description: str = ""
    owner: str = ""
    deprecated: bool = False
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a type, or a field of persons: as it was seen and declared, and what is odd."""

    row: Row[Any]
    kinds: list[KindRow]
    declared: str
    """The kind that its values should have; empty where nobody said."""

    @property
    def findings(self) -> list[Finding]:
        """What is odd, the kinds of its values and that it is deprecated."""
        n = sum(kind.n for kind in self.kinds)
        last_at = max((kind.last_at for kind in self.kinds), default=None)
        return [
            *findings(self.kinds, self.declared),
            *_outlived(self.row, last_at, n),
        ]

    @property
    def examples(self) -> list[str]:
        """Values that many persons share."""
        return list(json.loads(self.row.examples or "[]"))


@dataclass(frozen=True, slots=True)
class Type:
    """A type of events with its properties."""

    row: Row[Any]
    properties: list[Property]

    @property
    def findings(self) -> list[Finding]:
        """What is odd about the type itself."""
        row, found = self.row, []
        if row.declared_at is None and row.events:
            found.append(
                Finding(
                    "undeclared",
                    f"Nobody has said what it is; it is seen since {iso(row.first_at)}.",
                    row.first_at,
                    row.events,
                )
            )
        return [*found, *_outlived(row, row.last_at, row.events)]

    @property
    def has_findings(self) -> bool:
        """Whether anything is odd about it or its properties."""
        return bool(self.findings) or any(p.findings for p in self.properties)


def _outlived(row: Row[Any], last_at: int | None, n: int) -> list[Finding]:
    """What is deprecated and comes all the same."""
    if row.deprecated_at is None or last_at is None or last_at <= row.deprecated_at:
        return []
    instead = f"; {row.replaced_by} replaces it" if row.replaced_by else ""
    return [
        Finding(
            "deprecated_in_use",
            f"It is deprecated since {iso(row.deprecated_at)}{instead}, and came last on"
            f" {iso(last_at)}.",
            row.deprecated_at,
            n,
        )
    ]


class CatalogueBook:
    """The catalogue of a workspace, for the command line and the server alike."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def types(self) -> list[Type]:
        """All types, the one with the most events first."""
        with self._db.reading() as look:
            properties: dict[str, list[Property]] = {}
            kinds = repository.list_kinds(look)
            for row in repository.list_properties(look):
                seen = kinds.get((row.event_type, row.name), [])
                found = Property(row, seen, row.declared_kind)
                properties.setdefault(row.event_type, []).append(found)
            rows = repository.list_types(look)
        return [Type(row, properties.get(row.name, [])) for row in rows]

    def type(self, name: str) -> Type:
        """One type. EventTypeMissing."""
        with self._db.reading() as look:
            row = repository.get_type(look, name)
            if row is None:
                raise EventTypeMissing(
                    f"No event of the type {name[:80]!r} was seen, and nobody has declared it.",
                    hint="desireline event-types lists all; a type is seen some seconds after its"
                    " first event has come.",
                )
            kinds = repository.list_kinds(look, name)
            rows = repository.list_properties(look, name)
        return Type(
            row, [Property(r, kinds.get((name, r.name), []), r.declared_kind) for r in rows]
        )

    def describe(
        self,
        name: str,
        said: Saying,
        properties: Mapping[str, tuple[Saying, str]],
        by: str = COMMAND_LINE,
    ) -> Type:
        """The type, declared so from now on; of each property what is said and its kind, or "".

        Properties that are not named stay as they were. FieldNameUnfit, ReplacementUnfit.
        """
        for one in (name, *properties):
            check_name(one)
        with self._db.transaction() as tx:
            before = repository.get_type(tx, name)
            repository.put_type(tx, name, self._declared(name, said, before, by))
            known = {row.name: row for row in repository.list_properties(tx, name)}
            for one, (saying, kind) in properties.items():
                told = self._declared(one, saying, known.get(one), by)
                repository.put_property(tx, name, one, told | {"declared_kind": kind})
            self._record(tx, by, "event_type_described", f"event_type:{name}", len(properties))
        return self.type(name)

    def fields(self) -> list[Property]:
        """The declared fields of persons, by name, with what events told under their names."""
        with self._db.reading() as look:
            told = repository.list_kinds(look, TYPE)
            return [_field(row, told) for row in repository.list_fields(look)]

    def declare_field(
        self, name: str, said: Saying, kind: str, options: list[str], by: str = COMMAND_LINE
    ) -> Property:
        """The field of persons, declared so from now on. FieldNameUnfit, ReplacementUnfit."""
        check_name(name)
        with self._db.transaction() as tx:
            before = next(iter(repository.list_fields(tx, [name])), None)
            declared = self._declared(name, said, before, by)
            listed = json.dumps(options, ensure_ascii=False) if options else ""
            repository.put_field(tx, name, declared | {"kind": kind, "options": listed})
            self._record(tx, by, "field_declared", f"field:{name}")
            told = repository.list_kinds(tx, TYPE)
            return _field(repository.list_fields(tx, [name])[0], told)

    def withdraw_field(self, name: str, by: str = COMMAND_LINE) -> None:
        """Whatever a person's trait of this name is, is right from now on. FieldMissing."""
        with self._db.transaction() as tx:
            if not repository.remove_field(tx, name):
                raise FieldMissing(
                    f"There is no field {name[:80]!r}.", hint="GET /v1/fields lists all."
                )
            self._record(tx, by, "field_withdrawn", f"field:{name}")

    def _declared(
        self, name: str, said: Saying, before: Row[Any] | None, by: str
    ) -> dict[str, Any]:
        if said.replaced_by and (not said.deprecated or said.replaced_by == name):
            raise ReplacementUnfit(
                f"{name!r} is replaced by {said.replaced_by!r}, and is not deprecated."
                if said.replaced_by != name
                else f"{name!r} replaces itself.",
                hint="Name what replaces it together with deprecated: true.",
            )
        now = self._clock.now()
        since = None if before is None else before.deprecated_at
        return {
            "description": said.description,
            "owner": said.owner,
            "replaced_by": said.replaced_by,
            "declared_at": now,
            "declared_by": by,
            "deprecated_at": (since or now) if said.deprecated else None,
        }

    def _record(
        self, tx: Connection, by: str, what: str, about: str, properties: int | None = None
    ) -> None:
        """Names that the audit log cannot take are left out of it."""
        details = {} if properties is None else {"properties": properties}
        about = about if _AUDITED.fullmatch(about) else ""
        record(tx, by, what, about, details, clock=self._clock)


class Catalogue(CatalogueBook):
    """What the routes ask."""

    def __init__(self, rooms: Rooms) -> None:
        super().__init__(rooms.db, rooms.clock)
        self._rooms = rooms

    def tell(self, person: int, traits: Mapping[str, Any], by: str) -> int:
        """The position of the event that tells traits of a person. TraitMisfit, PersonGone."""
        return tell_traits(self._rooms, person, traits, by)


def _field(row: Row[Any], told: Mapping[tuple[str, str], list[KindRow]]) -> Property:
    return Property(
        row, told.get((TYPE, row.name), []), "string" if row.kind == CHOICE else row.kind
    )


def check_name(name: str) -> None:
    """Raises FieldNameUnfit for a name that the catalogue would not show."""
    if shown_name(name) != name or not name.strip() or "\0" in name:
        raise FieldNameUnfit(
            f"The catalogue takes no name like {name[:80]!r}.",
            hint=f"A name has at most {MOST_NAME} characters, and neither an e-mail address nor a"
            " long number in it.",
        )
