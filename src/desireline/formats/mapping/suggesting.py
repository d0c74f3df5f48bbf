"""What a file seems to mean, why, and what its first rows would become: a mapping to look at."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from desireline.engine.errors import DesirelineError
from desireline.formats.duck import Duck
from desireline.formats.envelopes.choices import Keys
from desireline.formats.event_rows.exports import is_export
from desireline.formats.event_rows.opening import rows_of
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.mapping.document import ROLES, SAID_ONCE, Mapping
from desireline.formats.mapping.looking import first_events
from desireline.formats.opening import COLUMNS, SPECIAL, open_table
from desireline.formats.roles import Found, as_far_as_found, find_columns
from desireline.formats.tables.table import Table
from desireline.formats.usual_names import kind_of

LOOKED_AT = 1_000
"""Rows that are read for a look."""
SHOWN_EVENTS = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a column serves a role."""

    role: str
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a file seems to mean."""

    source: str
    form: str
    signature: str
    """The same for files with the same columns, or of the same form that needs none."""
    columns: Mapped[str, list[str]]
    """First values by column; none of a form that says itself what it means."""
    mapping: Mapping
    """What would be done, said in full."""
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()
    events: tuple[dict[str, Any], ...] = ()
    """The first rows as they would become events."""
    set_aside: tuple[str, ...] = ()
    """Of the first rows those that would be set aside, and why."""
    problem: DesirelineError | None = None
    """What has to be said first, where the file cannot be read like that."""


def suggested(path: Path, told: Mapping, keys: Keys) -> Suggestion:
    """What the file at `path` seems to mean, with what was `told` of it.

    Looks at the first rows. Raises what is wrong with the file itself; what is wrong with the
    mapping stands in `problem`.
    """
    with Duck() as duck:
        table = open_table(duck, path, told, keys, _silent, LOOKED_AT)
        few = table.first(LOOKED_AT)
        plain = not is_export(table) or told.names_columns
        samples = table.samples() if plain else {}
        begun = Suggestion(table.source, table.form, _signature(table, plain=plain), samples, told)
        try:
            mapping, reasons = _whole(few, told) if plain else (told, ())
            rows = rows_of(few, told, keys, SHOWN_EVENTS, _silent)
            mapping, reasons = _taken(mapping, reasons, rows)
        except DesirelineError as problem:
            so_far = as_far_as_found(few, told) if plain else told
            return replace(begun, mapping=so_far, problem=problem)
        return replace(
            begun,
            mapping=mapping,
            reasons=reasons,
            notes=(*rows.provenance.notes, *_more_kinds(mapping, samples)),
            events=tuple(first_events(rows, SHOWN_EVENTS)),
            set_aside=_aside(rows),
        )


def _silent(stage: str, share: float) -> None:
    del stage, share


def _whole(table: Table, told: Mapping) -> tuple[Mapping, tuple[Reason, ...]]:
    """The mapping with every column that was found, and why."""
    found = find_columns(table, told, told.properties, (*ROLES, *SAID_ONCE))
    who: Any = {kind: field.name for kind, field in found.who.items()}
    taken = {role: field.name for role, field in found.fields.items() if role != "case"}
    return msgspec.structs.replace(told, who=who, **taken), tuple(_reasons(found))


def _taken(
    mapping: Mapping, reasons: tuple[Reason, ...], rows: EventRows
) -> tuple[Mapping, tuple[Reason, ...]]:
    """Without a currency and a direction that are none by their values."""
    unfit = [role for role in SAID_ONCE if getattr(mapping, role) and role not in rows.texts]
    left = tuple(reason for reason in reasons if reason.role not in unfit)
    return msgspec.structs.replace(mapping, **dict.fromkeys(unfit)), left


def _reasons(found: Found) -> list[Reason]:
    reasons = []
    for role, field in found.fields.items():
        why = "it was named" if role in found.told else "by its usual name"
        names = found.who.values() if role == "case" else (field,)
        shown = "who" if role == "case" else role
        reasons += [Reason(shown, one.name, why) for one in names]
    reasons += [Reason("order", field.name, "it was named") for field in found.order]
    reasons += [Reason(role, repr(text), "a constant") for role, text in found.constants.items()]
    return reasons


def _more_kinds(mapping: Mapping, columns: Mapped[str, list[str]]) -> list[str]:
    """Columns that could be further identifiers, which is for the owner of the file to say."""
    who = mapping.who if isinstance(mapping.who, dict) else {}
    notes = []
    for name in columns:
        kind = kind_of(name)
        if kind and kind not in who and name not in who.values():
            notes.append(
                f"{name} may be a further identifier of the same person: add {kind}: {name} to"
                " `who`. It is a property otherwise."
            )
    return notes


def _aside(rows: EventRows) -> tuple[str, ...]:
    return tuple(bad.reason for bad in rows.bad[:SHOWN_EVENTS])


def _signature(table: Table, *, plain: bool) -> str:
    if not plain:
        own = table.form in COLUMNS
        return "own" if own and table.form not in SPECIAL else table.form
    names = "\0".join(sorted(field.name for field in table.fields))
    return "columns:" + sha256(names.encode()).hexdigest()[:32]
