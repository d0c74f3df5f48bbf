"""Which column of a file says whose event it is, what happened, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Mapped
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Literal

import msgspec

from desireline.engine.rules.names import DIRECTION
from desireline.formats.duck import text_sql
from desireline.formats.errors import ColumnAmbiguous, ColumnMissing
from desireline.formats.mapping.document import ROLES, SAID_ONCE, Mapping
from desireline.formats.tables.table import Field, Table
from desireline.formats.usual_names import USUAL, spelled

NEEDED = ("case", "event", "time")
MEANING = {
    "case": "whose event it is",
    "event": "what happened",
    "time": "when it happened",
    "channel": "the channel",
    "actor": "who acted",
    "value": "an amount",
    "currency": "its currency",
    "direction": "the direction",
    "order": "the sequence",
    "columns": "a property",
}

RANK = ("user_id", "email", "phone")
"""Kinds of identifiers, strongest first; then any other, as the log ranks them."""


@dataclass(frozen=True, slots=True)
class Found:
    """The columns that serve each role, and what the reader should know about the choice."""

    fields: Mapped[str, Field]
    """By role; the case where several identifiers tell it is a JSON object of them."""
    who: Mapped[str, Field]
    """The columns of identifiers by kind."""
    order: tuple[Field, ...]
    columns: tuple[Field, ...]
    told: frozenset[str]
    """The roles whose column the user named."""
    notes: tuple[str, ...]
    constants: Mapped[str, str]
    """Roles that are alike for every row."""

    @property
    def all(self) -> tuple[Field, ...]:
        """Every column that is read."""
        roles = (field for role, field in self.fields.items() if role != "case")
        wanted = (*self.who.values(), *roles, *self.order, *self.columns)
        return tuple(dict.fromkeys(wanted))

    def names(self) -> dict[str, str]:
        """What each role is read from, for the provenance."""
        taken = {role: field.name for role, field in self.fields.items()}
        if self.order:
            taken["order"] = ", ".join(field.name for field in self.order)
        return taken


class IfThere(str):
    """The name of a property to keep, where a file has it."""

    __slots__ = ()


def find_columns(
    table: Table,
    mapping: Mapping,
    columns: Sequence[str] | Literal["all"],
    roles: Sequence[str] = ROLES,
) -> Found:
    """The column of each role: the one told, else the one with a usual name.

    `columns` are those to keep as properties. Raises ColumnMissing and ColumnAmbiguous; their hint
    lists the columns with first values.
    """
    notes: list[str] = []
    fields: dict[str, Field] = {}
    order = tuple(named(table, name, "order") for name in mapping.order)
    who = _told_who(table, mapping)
    if who:
        fields["case"] = _whose(who)
    for role in roles:
        told = getattr(mapping, role, None)
        if told is not None:
            fields[role] = named(table, told, role)
    constants: dict[str, str] = {r: text for r, text in mapping.constants.items() if r in roles}
    for role in roles:
        if role not in fields and role not in constants:
            taken = (*who.values(), *fields.values())
            usual = _usual(table, role, taken, order, notes)
            if usual is not None:
                fields[role] = usual
    if not who:
        who = dict.fromkeys(mapping.kinds(fields["case"].name), fields["case"])
    fields = {role: fields[role] for role in roles if role in fields}
    if columns == "all":
        used = (*fields.values(), *who.values())
        kept = tuple(f for f in table.fields if f not in used)
    else:
        kept = tuple(_kept(table, mapping, columns))
    told_roles = {role for role in roles if getattr(mapping, role, None) is not None}
    told_roles |= {"case"} if mapping.who else set()
    return Found(fields, who, order, kept, frozenset(told_roles), tuple(notes), constants)


def as_far_as_found(table: Table, mapping: Mapping, roles: Sequence[str] = ROLES) -> Mapping:
    """The mapping with each further role that a column serves by its usual name.

    For a file that `find_columns` refuses: what it found before is not to be said again.
    """
    named_already = {getattr(mapping, role, None) for role in roles}
    named_already |= set(mapping.who.values()) if isinstance(mapping.who, dict) else {mapping.who}
    taken = [field for field in table.fields if field.name in named_already]
    found: dict[str, Any] = {}
    for role in roles:
        is_said = mapping.who if role == "case" else getattr(mapping, role, None)
        if is_said is not None or role in mapping.constants:
            continue
        with suppress(ColumnMissing, ColumnAmbiguous):
            usual = _usual(table, role, tuple(taken), (), [])
            if usual is not None:
                taken.append(usual)
                found["who" if role == "case" else role] = usual.name
    return msgspec.structs.replace(mapping, **found)


def _kept(table: Table, mapping: Mapping, columns: Sequence[str]) -> Iterator[Field]:
    """The properties, and the directions; a file that tells none has only inbound events."""
    columns_said = {name for name in columns if not isinstance(name, IfThere)}
    for name in columns:
        if isinstance(name, IfThere):
            yield from (f for f in table.fields if f.name == name and name not in columns_said)
        elif name != DIRECTION:
            yield named(table, name, "columns")
        elif mapping.direction is not None:
            yield replace(named(table, mapping.direction, "direction"), name="direction")
        elif found := [f for f in table.fields if f.name.casefold() == "direction"]:
            yield replace(found[0], name="direction")


def _told_who(table: Table, mapping: Mapping) -> dict[str, Field]:
    if mapping.who is None:
        return {}
    kinds = mapping.who if isinstance(mapping.who, dict) else mapping.kinds(mapping.who)
    return {kind: named(table, name, "case") for kind, name in kinds.items()}


def _whose(who: Mapped[str, Field]) -> Field:
    """The case: the only column of identifiers, or JSON objects of those that a row has."""
    if len(who) == 1:
        return next(iter(who.values()))
    parts = [
        text_sql(f'"{kind}":') + f" || to_json(nullif(trim({_text(field)}), ''))::VARCHAR"
        for kind, field in who.items()
    ]
    record = f"nullif('{{' || concat_ws(',', {', '.join(parts)}) || '}}', '{{}}')"
    return Field(" + ".join(field.name for field in who.values()), record, "VARCHAR")


def strongest(who: Mapped[str, Field]) -> Field:
    """The case of journeys: of a row's identifiers the strongest."""
    if len(who) == 1:
        return next(iter(who.values()))
    kinds = sorted(who, key=lambda kind: (RANK.index(kind) if kind in RANK else len(RANK), kind))
    said = ", ".join(f"nullif(trim({_text(who[kind])}), '')" for kind in kinds)
    return Field(" + ".join(f.name for f in who.values()), f"coalesce({said})", "VARCHAR")


def _text(field: Field) -> str:
    """A column as text; whole numbers without a point, as 17850.0 was 17850."""
    if field.type not in ("FLOAT", "DOUBLE"):
        return f"{field.sql}::VARCHAR"
    return f"regexp_replace(({field.sql})::VARCHAR, '[.]0$', '')"


def named(table: Table, name: str, role: str) -> Field:
    """The column called `name`, else the only one that differs from it in case alone."""
    exact = [f for f in table.fields if f.name == name]
    alike = exact or [f for f in table.fields if f.name.lower() == name.strip().lower()]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise ColumnAmbiguous(
            f"{table.source} has several columns like {name!r}: {_listed(alike)}.",
            hint=f"Spell {_option(role)} exactly as in the file.\n{columns_shown(table)}",
        )
    close = get_close_matches(name, [f.name for f in table.fields], n=1)
    meant = f" Do you mean {close[0]!r}?" if close else ""
    raise ColumnMissing(
        f"{table.source} has no column {name!r} ({_option(role)}: {MEANING[role]}).{meant}",
        hint=columns_shown(table),
    )


def columns_shown(table: Table) -> str:
    """The columns of a table with their first values, one a line."""
    lines = [f"Columns of {table.source}, with their first values:"]
    for name, values in table.samples().items():
        lines.append(f"  {name}: {', '.join(repr(v) for v in values)}")
    return "\n".join(lines)


def _usual(
    table: Table,
    role: str,
    taken: tuple[Field, ...],
    order: tuple[Field, ...],
    notes: list[str],
) -> Field | None:
    free = [f for f in table.fields if f not in taken]
    if role in SAID_ONCE:
        return next((f for f in free for tier in USUAL[role] if spelled(f.name) in tier), None)
    for tier in USUAL[role]:
        exact = [f for f in free if f.name in tier]
        alike = [f for f in free if f.name not in tier and spelled(f.name) in map(spelled, tier)]
        best = exact or alike
        if len(best) == 1:
            if exact and alike:
                notes.append(f"{best[0].name} was taken as {role}; {_listed(alike)} would fit too.")
            return best[0]
        if best and role in NEEDED:
            if role == "time" and order:
                break
            raise ColumnAmbiguous(
                f"{table.source} has several columns that could say {MEANING[role]}:"
                f" {_listed(best)}.",
                hint=f"Choose one with {_option(role)}.\n{columns_shown(table)}",
            )
        if best:
            notes.append(
                f"No column was taken as {role}, for {_listed(best)} would fit equally;"
                f" choose with {_option(role)}."
            )
            return None
    if role == "time" and order:
        notes.append(f"{order[0].name}, which decides the sequence, was taken as the time too.")
        return order[0]
    if role in NEEDED:
        raise _unsaid(table, role)
    return None


def _unsaid(table: Table, role: str) -> ColumnMissing:
    said = f"{table.source} has no column with a usual name that says {MEANING[role]}."
    hint = f"Name it with {_option(role)}.\n{columns_shown(table)}"
    if role == "case":
        return ColumnMissing(said, hint=hint, case="whose")
    if role == "event":
        return ColumnMissing(said, hint=hint, case="event")
    return ColumnMissing(said, hint=hint, case="time")


def _option(role: str) -> str:
    if role in SAID_ONCE:
        return f"{role} of the mapping"
    return "--" + role if role != "columns" else "columns"


def _listed(fields: Sequence[Field]) -> str:
    return ", ".join(f.name for f in fields)
