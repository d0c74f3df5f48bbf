"""What a file becomes on its way into the log, as plain rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desireline.formats.duck import Duck
from desireline.formats.envelopes.choices import NIL, Keys
from desireline.formats.opening import open_table
from desireline.formats.reading import Mapping


def envelopes(path: Path, **told: Any) -> list[dict[str, Any]]:
    """The events of a file, as they go into the log."""
    with Duck() as duck:
        keys = Keys(told.pop("salt", ""), told.pop("namespace", NIL))
        table = open_table(duck, path, Mapping(**told), keys, lambda *_: None)
        table.stage(table.fields)
        names = [field.name for field in table.fields]
        rows = duck.rows(f"SELECT * FROM {table.relation}")
    found = [{n: v for n, v in zip(names, row, strict=True) if v is not None} for row in rows]
    for event in found:
        for name in ("identifiers", "properties", "context"):
            event[name] = json.loads(event.get(name, "{}"))
    return found


def lines(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)
