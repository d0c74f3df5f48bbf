"""Gives the rows of a file their ids: their own, or those of their content."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import I64, Bools
from desireline.formats.event_rows.rows import EventRows
from desireline.log.importing.content_ids import (
    Hashes,
    content_ids,
    hashes_of_names,
    hashes_of_times,
    hashes_of_values,
    numbers_among_equals,
)
from desireline.log.importing.whose import Whose

TEXTS = {"type": "event", "channel": "channel", "actor": "actor"}
"""Columns of the log that make an event what it is, and the role under which each is hashed."""
MORE = {"currency": "currency", "direction": "direction", "identifiers": "identifiers"}
"""The same, of a file that the log has not written and that has columns for them."""


class Stamper:
    """Knows the hash of each name of a file, and so the id of each row."""

    def __init__(self, events: EventRows, whose: Whose) -> None:
        self._events, self._person = events, whose.subject
        self._persons = hashes_of_names("subject", whose.subjects.said())
        roles = TEXTS if events.is_export else TEXTS | MORE
        self._texts = [
            (coded.codes, hashes_of_names(roles[name], map(str, coded.names.tolist())))
            for name, coded in events.texts.items()
            if name in roles
        ]

    def ids(self, rows: I64) -> tuple[I64, I64]:
        """Upper and lower halves; `rows` are all rows of some persons, by person and time."""
        hashes = self._hashes(rows)
        id_hi, id_lo = content_ids(hashes, numbers_among_equals(hashes, self._may_repeat(rows)))
        own = self._events.ids
        if own is not None:
            codes = own.codes[rows]
            has = codes >= 0
            id_hi = np.where(has, own.hi[codes].view(np.int64), id_hi)
            id_lo = np.where(has, own.lo[codes].view(np.int64), id_lo)
        return id_hi, id_lo

    def _hashes(self, rows: I64) -> Hashes:
        events = self._events
        total = self._persons.at(self._person[rows]) + hashes_of_times(events.at[rows])
        for codes, hashes in self._texts:
            total += hashes.at(codes[rows])
        if events.value is not None:
            total += hashes_of_values(events.value[rows])
        for cells in (*events.properties, *events.objects.values()):
            total += Hashes(cells.hi, cells.lo).at(cells.codes[rows])
        return total

    def _may_repeat(self, rows: I64) -> Bools:
        """Rows beside one of the same person and time: only they can be equal."""
        person, at = self._person[rows], self._events.at[rows]
        alike = (person[1:] == person[:-1]) & (at[1:] == at[:-1])
        repeats: Bools = np.zeros(len(rows), np.bool_)
        repeats[1:] = alike
        repeats[:-1] |= alike
        return repeats
