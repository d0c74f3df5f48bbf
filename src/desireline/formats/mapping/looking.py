"""The first rows of a file as the events that they would become."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from desireline.formats.event_rows.cells import Cells
from desireline.formats.event_rows.rows import EventRows

_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)


def first_events(rows: EventRows, most: int) -> list[dict[str, Any]]:
    """The first events as they would be sent, in the order of the file."""
    count = min(most, len(rows))
    parts = [_values(rows, cells, count) for cells in rows.properties]
    whole = {name: _values(rows, cells, count) for name, cells in rows.objects.items()}
    return [_event(rows, i, parts, whole) for i in range(count)]


def _event(
    rows: EventRows, i: int, parts: list[list[str | None]], whole: dict[str, list[str | None]]
) -> dict[str, Any]:
    texts = {n: str(c.names[c.codes[i]]) for n, c in rows.texts.items() if c.codes[i] >= 0}
    at = _BEGIN + timedelta(microseconds=int(rows.at[i]))
    event: dict[str, Any] = {"type": texts.pop("type"), "at": at.isoformat().replace("+00:00", "Z")}
    event["identifiers"] = _identifiers(rows, i)
    event |= texts
    if rows.value is not None and rows.value[i] == rows.value[i]:  # NaN is not itself
        event["value"] = float(rows.value[i])
    told = [part[i] for part in parts if part[i]]
    if told:
        event["properties"] = msgspec.json.decode("{" + ",".join(map(str, told)) + "}")
    for name, values in whole.items():
        if values[i]:
            event[name] = msgspec.json.decode(str(values[i]))
    return event


def _identifiers(rows: EventRows, i: int) -> dict[str, Any]:
    said = str(rows.whose.names[rows.whose.codes[i]])
    if rows.names_several:
        return msgspec.json.decode(said, type=dict[str, Any])
    return dict.fromkeys(rows.who, said)


def _values(rows: EventRows, cells: Cells, count: int) -> list[str | None]:
    codes = [int(code) for code in cells.codes[:count]]
    listed = ", ".join(str(code) for code in set(codes))
    sql = f"SELECT code, part FROM {cells.table} WHERE code IN ({listed})"
    found = dict(rows.duck.rows(sql))
    return [found.get(code) for code in codes]
