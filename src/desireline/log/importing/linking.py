"""Links between the identifiers that rows name together, as an event over HTTP makes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from desireline.engine.journeys import I64
from desireline.formats.event_rows.rows import EventRows
from desireline.kit.database import Database
from desireline.log.identity.links import Link
from desireline.log.importing.failing import SOURCE
from desireline.log.importing.naming import subjects_of
from desireline.log.importing.whose import Whose
from desireline.log.naming.identifiers import Name


def links_of(db: Database, events: EventRows, whose: Whose, rows: I64) -> list[Link]:
    """The links of some rows; identifiers that the log does not know get their numbers.

    The evidence is the kind of the event that names them first.
    """
    if whose.set_of is None:
        return []
    met, first = np.unique(whose.set_of[rows], return_index=True)
    together = [_together(whose, i) for i in met.tolist()]
    several = [(names, row) for names, row in zip(together, first, strict=True) if len(names) > 1]
    number = _numbers(db, {name for names, _ in several for name in names})
    kinds = events.texts.get("kind")
    links = []
    for names, row in several:
        strongest, *others = (number[name] for name in names)
        code = -1 if kinds is None else kinds.codes[rows[row]]
        evidence = "track" if kinds is None or code < 0 else str(kinds.names[code])
        links += [Link(strongest, other, evidence, SOURCE) for other in others]
    return links


def _together(whose: Whose, place: int) -> tuple[Name, ...]:
    """The names of a row, strongest first; an earlier account of the person is the last."""
    before = whose.earlier.get(place)
    return whose.sets[place] if before is None else (*whose.sets[place], before)


def _numbers(db: Database, names: Iterable[Name]) -> dict[Name, int]:
    values: dict[str, list[str]] = defaultdict(list)
    for kind, value in sorted(names):
        values[kind].append(value)
    numbers = subjects_of(db, values)
    return {
        (kind, value): number
        for kind, of_kind in values.items()
        for value, number in zip(of_kind, numbers[kind].tolist(), strict=True)
    }
