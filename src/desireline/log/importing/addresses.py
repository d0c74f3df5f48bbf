"""IP addresses in files, cut before a segment is written: by the name of their column or member."""

from __future__ import annotations

import msgspec
import numpy as np

from desireline.formats.duck import Duck
from desireline.formats.event_rows.cells import Cells
from desireline.formats.event_rows.rows import EventRows
from desireline.log.addresses import without_whole

NAMED = r'(?i)"[^"]*(ip|ipv[46]|addr|address|addresses|ips|forwarded|for)"\s*:'
"""A look that costs little: members whose names may be those of addresses."""


def cut_addresses(events: EventRows) -> None:
    """Cuts what is to be written of the rows; their ids stay those of the content as it came."""
    for cells in (*events.properties, *events.objects.values()):
        _cut_cells(events.duck, cells)


def _cut_cells(duck: Duck, cells: Cells) -> None:
    rows = duck.rows(
        f"SELECT code, part FROM {cells.table} WHERE regexp_matches(part, ?)",  # noqa: S608 - ours
        [NAMED],
    )
    cut = {code: left for code, part in rows if (left := _cut(part)) != part}
    if not cut:
        return
    given = {"code": np.array(list(cut), np.int64), "part": np.array(list(cut.values()), object)}
    duck.register("cut_parts", given)
    duck.run(
        f"CREATE OR REPLACE TABLE {cells.table} AS SELECT t.code,"  # noqa: S608 - ours
        f" coalesce(c.part::VARCHAR, t.part) AS part FROM {cells.table} AS t"
        " LEFT JOIN cut_parts AS c ON c.code = t.code"
    )
    duck.unregister("cut_parts")


def _cut(part: str) -> str:
    """A JSON object, or what stands between its braces."""
    whole = part.startswith("{")
    try:
        held = msgspec.json.decode(part if whole else f"{{{part}}}")
    except msgspec.DecodeError:
        return part
    left = without_whole(held)
    if left is held:
        return part
    text = msgspec.json.encode(left).decode()
    return text if whole else text[1:-1]
