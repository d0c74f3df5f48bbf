"""Rows of a file that tell of a time at which their person had said no to being followed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

import numpy as np

from desireline.engine.journeys import I64, Bools
from desireline.formats.event_rows.rows import EventRows
from desireline.log.importing.whose import Whose
from desireline.log.naming.identifiers import Name


class PastNoes(Protocol):
    """Knows who had said no to being followed, and when."""

    decisions: Collection[str]
    """Types of events that are decisions themselves: they are always taken."""

    def learn(self) -> Collection[Name]:
        """All who ever said no, up to now; the very same object where nothing has changed."""

    def is_no(self, names: Iterable[Name], channel: str, at: int) -> bool:
        """Whether for one of the names a no stood at a time."""


class Refusals:
    """Finds such rows. Costs one small question a chunk where nobody ever said no."""

    def __init__(self, noes: PastNoes | None, events: EventRows, whose: Whose) -> None:
        self._noes, self._events, self._whose = noes, events, whose
        self._known: Collection[Name] = ()
        self._of: dict[int, Sequence[Name]] = {}
        """The identifiers of those sets that name somebody who ever said no."""
        self._touched = np.empty(0, np.bool_)

    def mask(self, rows: I64) -> Bools:
        """Which rows are not to be stored."""
        refused: Bools = np.zeros(len(rows), np.bool_)
        if self._noes is None:
            return refused
        known = self._noes.learn()
        if known is not self._known:
            self._look_up(known)
        if self._of:
            of = self._whose.set_of_row
            for i in np.flatnonzero(self._touched[of[rows]]).tolist():
                refused[i] = self._is_refused(self._noes, int(rows[i]), self._of[int(of[rows[i]])])
        return refused

    def _look_up(self, known: Collection[Name]) -> None:
        sets = enumerate(self._whose.names()) if known else ()
        self._of = {i: names for i, names in sets if any(name in known for name in names)}
        self._touched = np.zeros(self._whose.set_count, np.bool_)
        self._touched[list(self._of)] = True
        self._known = known

    def _is_refused(self, noes: PastNoes, row: int, names: Sequence[Name]) -> bool:
        if self._text("type", row) in noes.decisions:
            return False
        return noes.is_no(names, self._text("channel", row), int(self._events.at[row]))

    def _text(self, column: str, row: int) -> str:
        coded = self._events.texts.get(column)
        code = -1 if coded is None else int(coded.codes[row])
        return "" if coded is None or code < 0 else str(coded.names[code])
