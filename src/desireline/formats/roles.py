"""Which column of a file says whose event it is, what happened, and when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal, Self

from desireline.formats.errors import ColumnAmbiguous, ColumnMissing
from desireline.formats.tables.table import Field, Table

ROLES = ("case", "event", "time", "channel", "actor", "value")
NEEDED = ("case", "event", "time")
MEANING = {
    "case": "whose event it is",
    "event": "what happened",
    "time": "when it happened",
    "channel": "the channel",
    "actor": "who acted",
    "value": "an amount",
    "order": "the sequence",
    "columns": "a property",
}

USUAL: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "case": (
        ("case:concept:name",),
        ("case_id", "caseid", "case"),
        ("person", "person_id", "journey_id", "journey", "trace_id", "trace"),
        (
            *("user_id", "userid", "user", "customer_id", "customerid", "customer"),
            *("client_id", "clientid", "client", "contact_id", "member_id", "patient_id"),
            *("subscriber_id", "profile_id", "visitor_id", "visitorid"),
        ),
        ("distinct_id", "user_pseudo_id", "anonymous_id", "account_id", "device_id"),
        (
            *("session_id", "session", "order_id", "ticket_id", "incident_id", "lead_id"),
            *("application_id", "user_session"),
        ),
        ("number", "id"),
    ),
    "event": (
        ("concept:name",),
        ("activity", "event", "activity_name", "event_name", "activity_id"),
        ("event_type", "action", "event_action", "touchpoint"),
        ("type", "status", "state", "step", "task", "operation", "name"),
    ),
    "time": (
        ("time:timestamp",),
        ("timestamp", "time", "event_time", "datetime", "date_time", "event_timestamp"),
        ("ts", "occurred_at", "at", "date", "created_at", "event_date", "time_stamp"),
        ("complete_timestamp", "end_timestamp", "end_time", "completed_at"),
        ("start_timestamp", "start_time", "started_at", "updated_at", "ts_ms"),
    ),
    "channel": (("channel",), ("channel_name", "event_channel"), ("case:channel", "case_channel")),
    "actor": (("actor",), ("actor_type", "actor_kind")),
    "value": (
        ("value",),
        ("event_value", "amount", "revenue", "price", "order_value", "payment_value", "total"),
    ),
}
"""Usual names by role, in tiers: the first tier that a file has decides."""


@dataclass(frozen=True, slots=True)
class Roles:
    """What each column of a file is for; None lets it be found by the usual names."""

    case: str | None = None
    event: str | None = None
    time: str | None = None
    order: tuple[str, ...] = ()
    """Columns that decide the sequence within a journey instead of the time."""
    channel: str | None = None
    actor: str | None = None
    value: str | None = None
    columns: tuple[str, ...] | Literal["all"] = ()
    """Further columns to keep as properties of events."""

    def with_columns(self, columns: Sequence[str]) -> Self:
        """The same roles, with `columns` kept too."""
        if self.columns == "all":
            return self
        return replace(self, columns=tuple(dict.fromkeys((*self.columns, *columns))))


@dataclass(frozen=True, slots=True)
class Found:
    """The columns that serve each role, and what the reader should know about the choice."""

    fields: Mapping[str, Field]
    order: tuple[Field, ...]
    columns: tuple[Field, ...]
    told: frozenset[str]
    """The roles whose column the user named."""
    notes: tuple[str, ...]

    @property
    def all(self) -> tuple[Field, ...]:
        """Every column that is read."""
        return tuple(dict.fromkeys((*self.fields.values(), *self.order, *self.columns)))

    def names(self) -> dict[str, str]:
        """What each role is read from, for the provenance."""
        taken = {role: field.name for role, field in self.fields.items()}
        if self.order:
            taken["order"] = ", ".join(field.name for field in self.order)
        return taken


def find_columns(table: Table, roles: Roles) -> Found:
    """The column of each role: the one told, else the one with a usual name.

    Raises ColumnMissing and ColumnAmbiguous; their hint lists the columns with first values.
    """
    notes: list[str] = []
    fields: dict[str, Field] = {}
    order = tuple(named(table, name, "order") for name in roles.order)
    for role in ROLES:
        told = getattr(roles, role)
        if told is not None:
            fields[role] = named(table, told, role)
    for role in ROLES:
        if role not in fields:
            usual = _usual(table, role, tuple(fields.values()), order, notes)
            if usual is not None:
                fields[role] = usual
    fields = {role: fields[role] for role in ROLES if role in fields}
    if roles.columns == "all":
        columns = tuple(f for f in table.fields if f not in fields.values())
    else:
        columns = tuple(named(table, name, "columns") for name in roles.columns)
    told = frozenset(role for role in ROLES if getattr(roles, role) is not None)
    return Found(fields, order, columns, told, tuple(notes))


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
    for tier in USUAL[role]:
        exact = [f for f in free if f.name in tier]
        alike = [f for f in free if f.name not in tier and _normal(f.name) in map(_normal, tier)]
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
        raise ColumnMissing(
            f"{table.source} has no column with a usual name that says {MEANING[role]}.",
            hint=f"Name it with {_option(role)}.\n{columns_shown(table)}",
        )
    return None


def _option(role: str) -> str:
    return "--" + role if role != "columns" else "columns"


def _listed(fields: Sequence[Field]) -> str:
    return ", ".join(f.name for f in fields)


def _normal(name: str) -> str:
    """A name in one spelling: `Case ID`, `caseId` and `CASE_ID` are all `case_id`."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[\s\-.]+", "_", apart).lower()
