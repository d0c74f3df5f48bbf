"""Which journeys: named only when somebody asks, and copied only where they leave the process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from desireline.engine.journeys import I64, Ids, Journeys, name_order


@dataclass(frozen=True, eq=False)
class Listing:
    """Some journeys by name. It looks names up in the ids of their parts; a pickle holds its own.

    `table`, `person` and `session` have one entry each: which of `tables`, the index into it, and
    the number of the journey among those of its person, from 1 (0 where journeys are persons).
    """

    tables: tuple[Ids, ...]
    table: I64
    person: I64
    session: I64

    @classmethod
    def of(cls, journeys: Journeys, which: I64) -> Self:
        """The journeys whose numbers are `which`."""
        table = np.zeros(len(which), np.int64)
        return cls((journeys.ids,), table, *person_and_session(journeys, which))

    def __len__(self) -> int:
        return len(self.person)

    def __getitem__(self, at: int) -> str:
        number = f"#{self.session[at]}" if self.session[at] else ""
        return self._person(at) + number

    def _person(self, at: int) -> str:
        return self.tables[int(self.table[at])][int(self.person[at])]

    def order(self, at: int) -> tuple[Any, ...]:
        """What sorts the listed by name: numbers as numbers, sessions by their number."""
        return *name_order(self._person(at)), int(self.session[at])

    def merge(self, other: Listing) -> Listing:
        """Both, one behind the other."""
        tables = list(self.tables)
        place = [_placed(tables, ids) for ids in other.tables]
        moved = np.array(place, np.int64)[other.table]
        return Listing(
            tuple(tables),
            np.concatenate([self.table, moved]),
            np.concatenate([self.person, other.person]),
            np.concatenate([self.session, other.session]),
        )

    def __reduce__(self) -> tuple[Callable[..., Listing], tuple[Any, ...]]:
        tables, person = [], np.empty(len(self), np.int64)
        for number, ids in enumerate(self.tables):
            here = self.table == number
            chosen, person[here] = np.unique(self.person[here], return_inverse=True)
            tables.append(ids.taken(chosen))
        return Listing, (tuple(tables), self.table, person, self.session)


def _placed(tables: list[Ids], ids: Ids) -> int:
    for place, known in enumerate(tables):
        if known is ids:
            return place
    tables.append(ids)
    return len(tables) - 1


def person_and_session(journeys: Journeys, which: I64) -> tuple[I64, I64]:
    """Index into `ids` of some journeys, and their numbers among their persons', 0 for persons."""
    if journeys.person is None:
        return which + journeys.first, np.zeros(len(which), np.int64)
    person = journeys.person.astype(np.int64)
    begins = np.diff(person, prepend=-1) != 0
    start = np.maximum.accumulate(np.where(begins, np.arange(len(person)), 0))[which]
    return person[which], which - start + 1 + np.where(start == 0, journeys.earlier, 0)
