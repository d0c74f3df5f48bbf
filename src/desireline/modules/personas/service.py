"""What can be done with personas, and what they describe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from desireline.engine import persona_shares
from desireline.engine.behind import Behind, BehindQuery, PersonaCell, Persons
from desireline.engine.filters import microseconds_at
from desireline.engine.persona_shares import PersonaShares, Query
from desireline.engine.rules import Rule, columns_of, from_dict
from desireline.engine.scope import Asked
from desireline.modules.personas import repository
from desireline.modules.personas.errors import PersonaMissing, PersonaStale, PersonasUnbound
from desireline.modules.personas.photos import check_photo
from desireline.modules.personas.repository import PersonaRow
from desireline.modules.rooms import Rooms


class Personas:
    """The personas of the workspace."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def all(self) -> list[PersonaRow]:
        """By key."""
        with self._rooms.db.reading() as look:
            return repository.list_personas(look)

    def one(self, key: str) -> PersonaRow:
        """The persona of this key. PersonaMissing."""
        with self._rooms.db.reading() as look:
            return _found(look, key)

    def put(self, key: str, document: dict[str, Any], seen: int | None, by: str) -> PersonaRow:
        """Keeps a persona, a new one too. `seen` is the revision that it was made from.

        Raises PersonaStale where somebody else was first, RuleUnreadable, PhotoUnfit.
        """
        check_photo(document["photo"])
        if document["rule"] is not None:
            from_dict(document["rule"])
        with self._rooms.db.transaction() as tx:
            old = repository.get_persona(tx, key)
            if old is not None and seen != old.revision:
                raise PersonaStale(
                    f"The persona {key!r} is at revision {old.revision}, not {seen}.",
                    hint="Read it again, put your change into it, and send If-Match with its ETag.",
                )
            revision = 1 if old is None else old.revision + 1
            row = PersonaRow(key, revision, document, self._rooms.clock.now(), by)
            repository.put_persona(tx, row)
            return row

    def drop(self, key: str) -> None:
        """The description goes; persons stay. PersonaMissing."""
        with self._rooms.db.transaction() as tx:
            _found(tx, key)
            repository.drop_persona(tx, key)

    def figures(self, before: dt.datetime | None) -> tuple[PersonaShares, int]:
        """Shares, overlaps, drift since a moment, and whom nobody describes.

        Raises PersonasUnbound where no persona has a rule, and what the rules raise.
        """
        query = self._query(None if before is None else microseconds_at(before))
        return self._rooms.asked().ask(persona_shares, query, _columns(query.rules))

    def behind(self, cell: PersonaCell, limit: int, after: int) -> Persons:
        """Persons by number: those whom a persona describes, two of them, or none.

        Raises PersonasUnbound, CellUnknown for a persona without a rule, and what the rules raise.
        """
        query = self._query(None)
        page = BehindQuery(Asked(query), cell, limit, after)
        behind: Behind[Query] = Behind()
        return self._rooms.asked().ask(behind, page, _columns(query.rules))[0]

    def rule(self, key: str) -> Rule:
        """Which persons are meant. PersonaMissing, PersonasUnbound where it has no rule."""
        document = self.one(key).document
        if document["rule"] is None:
            raise _unbound(f"The persona {key!r} is not bound to persons by a rule.")
        return from_dict(document["rule"])

    def _query(self, before: int | None) -> Query:
        bound = [row for row in self.all() if row.document["rule"] is not None]
        if not bound:
            raise _unbound("No persona is bound to persons by a rule.")
        rules = tuple(from_dict(row.document["rule"]) for row in bound)
        return Query(tuple(row.key for row in bound), rules, before)


def columns_of_personas(connection: Connection) -> frozenset[str]:
    """The properties that the rules of all personas ask for."""
    rules = [row.document["rule"] for row in repository.list_personas(connection)]
    return _columns(from_dict(r) for r in rules if r is not None)


def _columns(rules: Iterable[Rule]) -> frozenset[str]:
    return frozenset[str]().union(*(columns_of(rule) for rule in rules))


def _unbound(says: str) -> PersonasUnbound:
    hint = "PUT /v1/personas/{key} with a rule, such as the event type of a purchase."
    return PersonasUnbound(says, hint=hint)


def _found(look: Connection, key: str) -> PersonaRow:
    row = repository.get_persona(look, key)
    if row is None:
        raise PersonaMissing(f"There is no persona {key!r}.", hint="GET /v1/personas lists all.")
    return row
