"""Rows of a file that tell of a time before the person whom they name was erased."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import I64, Bools
from desireline.kit.database import Database
from desireline.log.forgetting.tombstones import Tombstones
from desireline.log.importing.whose import Whose

NEVER = np.iinfo(np.int64).min


class OldFacts:
    """Knows until when the rows of a file are old. Costs nothing where nobody was ever erased."""

    def __init__(self, db: Database, whose: Whose, at: I64) -> None:
        self._db, self._whose, self._at = db, whose, at
        self._of = whose.set_of_row
        self._erasures, self._until = 0, np.empty(0, np.int64)

    def mask(self, rows: I64, erasures: int) -> Bools:
        """Which rows are not to be stored. `erasures` is how many there have been by now."""
        if erasures != self._erasures:
            self._until, self._erasures = self._learned(), erasures
        if not len(self._until):
            return np.zeros(len(rows), np.bool_)
        old: Bools = self._at[rows] <= self._until[self._of[rows]]
        return old

    def _learned(self) -> I64:
        """Of each set of identifiers when the last of them was erased; empty where none was."""
        with self._db.reading() as look:
            stones = Tombstones.read(look)
        if not stones:
            return np.empty(0, np.int64)
        until = [
            max(stones.erased_at(names).values(), default=NEVER) for names in self._whose.names()
        ]
        return np.array(until, np.int64)
