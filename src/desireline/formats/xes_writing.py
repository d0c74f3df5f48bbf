"""From rows of the log to XES (IEEE 1849-2016): a trace a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import msgspec

from desireline.formats.ocel.own import PREFIX, attributes_of, plain_text

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Identity" prefix="identity" uri="http://www.xes-standard.org/identity.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/>\
<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/></global>
<classifier name="Activity" keys="concept:name"/>
"""


def write_xes(rows: Iterable[Mapping[str, Any]], path: Path) -> int:
    """How many rows there were; they come by `person`, each with `person_name`, and in order."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD)
        for _, events in groupby(rows, lambda row: row["person"]):
            for n, row in enumerate(events):
                if n == 0:
                    name = plain_text(row["person_name"])
                    file.write(f'<trace><string key="concept:name" value={quoteattr(name)}/>\n')
                file.write(_event(row))
                count += 1
            file.write("</trace>\n")
        file.write("</log>\n")
    return count


def _event(row: Mapping[str, Any]) -> str:
    properties = msgspec.json.decode(row["properties"]) if row["properties"] else {}
    parts = [
        f'<string key="concept:name" value={quoteattr(plain_text(row["type"]))}/>',
        f'<date key="time:timestamp" value="{row["at"][:-1]}+00:00"/>',
        f'<id key="identity:id" value="{row["id"]}"/>',
    ]
    for name, value in attributes_of(row, properties, _always).items():
        parts.append(_attribute(name, value))
    return f"<event>{''.join(parts)}</event>\n"


def _always(name: str, value: Any) -> bool:
    del value
    return not name.startswith(PREFIX)


def _attribute(name: str, value: Any) -> str:
    tag = "string"
    if isinstance(value, bool):
        tag = "boolean"
    elif isinstance(value, int | float):
        tag = "int" if isinstance(value, int) else "float"
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return f"<{tag} key={quoteattr(name)} value={quoteattr(text)}/>"
