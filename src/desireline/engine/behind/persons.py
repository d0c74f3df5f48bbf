"""The persons behind a cell, by number, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import numpy as np

from desireline.engine.analyses.result import Result
from desireline.engine.behind.cells import Cell, CellUnknown
from desireline.engine.behind.selecting import LOOKS, SELECTS, is_settled
from desireline.engine.journeys import I64, Journeys
from desireline.engine.scope import Asked, brings_together, gather

Q = TypeVar("Q")
HINT = "Journeys of a column belong to several persons: ask by person or by session."


@dataclass(frozen=True)
class BehindQuery(Generic[Q]):
    """A question, a cell of its answer, and the page that is wanted."""

    asked: Asked[Q]
    cell: Cell
    limit: int = 100
    after: int = -1
    """Only persons with a higher number."""


@dataclass(frozen=True)
class Persons(Result):
    """How many persons there are, and the lowest numbers behind `after`."""

    n: int
    persons: tuple[int, ...]
    more: bool


@dataclass(frozen=True, eq=False)
class Partial:
    """What a shard contributes: how many persons, and at most one more than the page takes."""

    n: int
    page: I64
    look: Any = None
    """Of the first of two looks."""


class Behind(Generic[Q]):
    """An analysis over journeys whose ids are numbers of persons. Raises CellUnknown."""

    def partial(self, journeys: Journeys, query: BehindQuery[Q]) -> Partial:
        """The persons of a shard."""
        told, asked = query.asked.scope.told(journeys, query.asked.query)
        if (looks := LOOKS.get(type(query.cell))) is not None and not is_settled(asked):
            return Partial(0, np.zeros(0, np.int64), looks.partial(told, asked))
        which = np.flatnonzero(SELECTS[type(query.cell)](told, asked, query.cell))
        person = which + told.first if told.person is None else told.person[which]
        numbers = told.ids.integers
        if numbers is None:
            if not len(told):
                return Partial(0, np.zeros(0, np.int64))
            raise CellUnknown("These journeys are not those of persons by number.", hint=HINT)
        found = np.unique(numbers[person])
        return Partial(len(found), found[found > query.after][: query.limit + 1])

    def merge(self, a: Partial, b: Partial) -> Partial:
        """Two shards together: no person is in both."""
        page = np.unique(np.concatenate([a.page, b.page]))
        if a.look is None or b.look is None:
            return Partial(a.n + b.n, page)
        return Partial(0, page, a.look.merged(b.look))

    def again(self, partial: Partial, query: BehindQuery[Q]) -> BehindQuery[Q] | None:
        """The query of the second look, where the analysis takes two."""
        if partial.look is None:
            return None
        asked: Any = query.asked
        settled = LOOKS[type(query.cell)].again(partial.look, asked.query)
        return None if settled is None else replace(query, asked=replace(asked, query=settled))

    def brings_together(self, query: BehindQuery[Q]) -> bool:
        """Whether a journey may be of several persons."""
        return brings_together(query.asked.scope)

    def gather(
        self, parts: Sequence[Journeys], query: BehindQuery[Q]
    ) -> tuple[list[Journeys], BehindQuery[Q]]:
        """The parts as the words need them."""
        gathered, scope = gather(parts, query.asked.scope)
        return gathered, replace(query, asked=replace(query.asked, scope=scope))

    def finish(self, partial: Partial, query: BehindQuery[Q]) -> Persons:
        """The page."""
        page = partial.page[: query.limit]
        return Persons(partial.n, tuple(page.tolist()), len(partial.page) > query.limit)
