"""Links between the identifiers that rows name together, as an event over HTTP makes them."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import I64
from desireline.formats.event_rows.rows import EventRows
from desireline.kit.database import Database
from desireline.log.identity.links import Link
from desireline.log.importing.naming import subjects_of
from desireline.log.importing.whose import Whose


def links_of(db: Database, events: EventRows, whose: Whose, rows: I64) -> list[Link]:
    """The links of some rows; identifiers that the log does not know get their numbers.

    The evidence is the kind of the event that names them first.
    """
    if all(len(found) == 1 for found in whose.sets):
        return []
    met, first = np.unique(whose.codes[rows], return_index=True)
    several = [(i, row) for i, row in zip(met, first, strict=True) if len(whose.sets[i]) > 1]
    names = list(dict.fromkeys(name for i, _ in several for name in whose.sets[i]))
    number = dict(zip(names, subjects_of(db, names).tolist(), strict=True))
    kinds = events.texts.get("kind")
    links = []
    for i, row in several:
        strongest, *others = (number[name] for name in whose.sets[i])
        code = -1 if kinds is None else kinds.codes[rows[row]]
        evidence = "track" if kinds is None or code < 0 else str(kinds.names[code])
        links += [Link(strongest, other, evidence) for other in others]
    return links
