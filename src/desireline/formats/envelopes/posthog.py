"""Exports of PostHog's events: JSON lines, Parquet and CSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import UNSET

from desireline.formats.duck import Duck, name_sql
from desireline.formats.envelopes.choices import Choices
from desireline.formats.envelopes.envelope import Envelope, Envelopes
from desireline.formats.envelopes.ids import own_id
from desireline.formats.envelopes.records import records
from desireline.formats.tables.plain_file import PlainFile
from desireline.formats.tables.table import Table
from desireline.kit.foreign_words import PREVIOUS_ID, contact, earlier, type_of, worth
from desireline.kit.networks import cut

NAMES = {
    "$pageview": ("page_viewed", "page"),
    "$screen": ("screen_viewed", "screen"),
    "$identify": ("identified", "identify"),
    "$set": ("identified", "identify"),
    "$groupidentify": ("grouped", "group"),
    "$create_alias": ("aliased", "alias"),
    "$merge_dangerously": ("aliased", "alias"),
    "$pageleave": ("page_left", "track"),
    "$autocapture": ("clicked", "track"),
}
NEEDED = frozenset({"event", "distinct_id", "timestamp", "properties"})
PERSON = ("person_properties", "person.properties", "person")
NODE = "posthog-node"
AT_ONCE = 10_000
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def is_posthog(names: Iterable[str]) -> bool:
    """Whether a file with these columns, or these fields, is an export of PostHog."""
    return set(names) >= NEEDED


def open_posthog(
    duck: Duck, file: PlainFile, choices: Choices, tell: Callable[[float], None]
) -> Table:
    """The events of JSON lines. Raises FileBroken, FileEmpty."""
    with Envelopes(duck.folder, choices.most) as envelopes:
        _add(records(file.path, file.name, envelopes, tell), choices, envelopes)
    return envelopes.table(duck, file.name, "line", "PostHog export")


def from_columns(table: Table, choices: Choices) -> Table:
    """The events of a table that has the columns of an export. Raises DuckFailed."""
    table.stage(table.fields)
    columns = ", ".join(f"{f.sql}::VARCHAR AS {name_sql(f.name)}" for f in table.fields)
    sql = f"SELECT {columns} FROM {table.relation}"
    names = [field.name for field in table.fields]

    def rows() -> Iterator[tuple[int, dict[str, Any]]]:
        number = 0
        for batch in table.duck.batches(sql, AT_ONCE):
            for row in batch:
                number += 1
                yield number, dict(zip(names, row, strict=True))

    with Envelopes(table.duck.folder, choices.most) as envelopes:
        envelopes.rejected = table.rejected
        _add(rows(), choices, envelopes)
    made = envelopes.table(table.duck, table.source, "row", "PostHog export")
    made.notes += table.notes
    return made


def _add(rows: Iterator[tuple[int, dict[str, Any]]], choices: Choices, into: Envelopes) -> None:
    for place, row in rows:
        try:
            into.add(place, _envelope(row, choices))
        except (msgspec.DecodeError, TypeError):
            into.reject(place, row, "its properties are no JSON object")
        except KeyError as missing:
            into.reject(place, row, f"it has no {missing.args[0]}")


def _envelope(row: Mapping[str, Any], choices: Choices) -> Envelope:
    """Raises KeyError, DecodeError, TypeError."""
    for name in ("event", "distinct_id", "timestamp"):
        if not row.get(name):
            raise KeyError(name)
    told = _object(row.get("properties"))
    said_set = {**_object(told.pop("$set_once", None)), **_object(told.pop("$set", None))}
    person = next((_object(row[name]) for name in PERSON if row.get(name)), {})
    if isinstance(person.get("properties"), dict):
        person = person["properties"]
    name = str(row["event"])
    type_, kind = NAMES.get(name) or (type_of(name.removeprefix("$")), "track")
    value, currency = worth(told)
    number, said = own_id(row.get("uuid"), choices.namespace)
    context: dict[str, Any] = {**said}
    if type_ != name:
        context["event_name"] = name
    if isinstance(told.get("$ip"), str):
        context["ip"] = cut(told.pop("$ip"))
    if isinstance(told.get("$raw_user_agent"), str):
        context["user_agent"] = told.pop("$raw_user_agent")
    if person:
        context["traits"] = {n: v for n, v in person.items() if not n.startswith("$")}
    return Envelope(
        id=number,
        type=type_,
        kind=kind,
        at=str(row["timestamp"]),
        identifiers=_who(row, told, kind, said_set, person),
        channel=_channel(told),
        value=value,
        currency=currency,
        properties={**said_set, **told} or UNSET,
        context=context or UNSET,
    )


def _who(
    row: Mapping[str, Any],
    told: Mapping[str, Any],
    kind: str,
    *traits: Mapping[str, Any],
) -> dict[str, str]:
    """An id that is the device's own, or a bare UUID of nobody identified, is anonymous."""
    number, device = str(row["distinct_id"]), told.get("$device_id")
    if kind == "alias":
        return _aliased(str(row["event"]), number, told)
    before = told.get("$anon_distinct_id")
    is_known = told.get("$is_identified") is True or kind == "identify" or told.get("$user_id")
    is_device = number == device or (_UUID.fullmatch(number) is not None and not is_known)
    who = {"anonymous_id" if is_device and not before else "user_id": number}
    contact(who, *traits)
    other = before or device
    if other and "anonymous_id" not in who and str(other) != number:
        who["anonymous_id"] = str(other)
    return who


def _aliased(event: str, number: str, told: Mapping[str, Any]) -> dict[str, str]:
    """Two ids of one person: her later one, and the earlier one as it may be told.

    Clients differ in who is aliased to whom. Of two users that are to be merged, a human is asked.
    """
    alias = str(told["alias"]) if told.get("alias") else None
    if event == "$merge_dangerously":
        return {"user_id": number} | ({} if alias is None else {PREVIOUS_ID: alias})
    first, later = (alias, number) if told.get("$lib") == NODE else (number, alias)
    who = {"user_id": str(later or first)}
    return who | earlier(first, who["user_id"], None)


def _channel(told: Mapping[str, Any]) -> str:
    library = str(told.get("$lib") or "")
    if library == "web" or "$current_url" in told:
        return "web"
    return "app" if library.startswith(("posthog-ios", "posthog-android", "posthog-react")) else ""


def _object(told: Any) -> dict[str, Any]:
    if isinstance(told, str):
        return msgspec.json.decode(told, type=dict[str, Any]) if told.strip() else {}
    if told is None:
        return {}
    if not isinstance(told, dict):
        raise TypeError
    return dict(told)
