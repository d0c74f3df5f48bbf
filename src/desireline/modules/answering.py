"""Answers about the log: the journeys in this process, or whatever holds them elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias, TypeVar

from desireline.engine.analyses.analysis import Analysis
from desireline.engine.analyses.result import Result
from desireline.engine.compute.threads import run
from desireline.engine.filters import Filter
from desireline.engine.joining import joined
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import Journeys
from desireline.engine.living_map import LivingMap, bind
from desireline.engine.rules.ast import Rule
from desireline.engine.rules.builders import prop
from desireline.engine.rules.names import columns_of
from desireline.engine.scope import Scope
from desireline.formats.segment_columns import MACHINE
from desireline.log.index.index import Index
from desireline.log.index.snapshot import Snapshot

Bots: TypeAlias = Literal["with", "without", "only"]

Q = TypeVar("Q")
P = TypeVar("P")
R = TypeVar("R", bound=Result)


@dataclass(frozen=True)
class Asked:
    """The part of the log that is asked about; without anything, all of it."""

    start: dt.datetime | None = None
    stop: dt.datetime | None = None
    channels: tuple[str, ...] = ()
    bots: Bots = "with"
    """What is marked as a bot's, prefetched, or from a data centre: in, out, or only that."""
    at: dt.datetime | None = None
    """As everything was known at this moment: what came later is not there."""
    segment: Rule | None = None
    """Only persons in whose journey this holds, over all that is known of them."""

    @property
    def columns(self) -> frozenset[str]:
        """The properties of events that it looks at."""
        whom = frozenset[str]() if self.segment is None else columns_of(self.segment)
        return whom if self.bots == "with" else whom | {MACHINE}

    @property
    def filter(self) -> Filter:
        """The same as the engine takes it."""
        is_machine = prop(MACHINE, "exists")
        rules: dict[Bots, Rule | None] = {"with": None, "without": ~is_machine, "only": is_machine}
        return Filter(self.start, self.stop, rules[self.bots], self.channels)

    @property
    def scope(self) -> Scope:
        """Whose journeys, and what part of them."""
        return Scope(self.segment, self.filter)


ALL = Asked()


class Answers(Protocol):
    """Holds the whole log as journeys, follows it, and answers. Any thread may ask."""

    @property
    def position(self) -> int:
        """The position of the log that answers know."""
        ...

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it takes in this process."""
        ...

    @property
    def columns(self) -> frozenset[str]:
        """The properties of events that are at hand."""
        ...

    def refresh(self) -> int:
        """Takes in what is new; the position that answers know from now on."""
        ...

    def know(self, columns: Collection[str]) -> None:
        """Has these properties at hand as well. Reads the whole log, where one is new."""
        ...

    def living_map(self, journey_map: JourneyMap, asked: Asked = ALL) -> tuple[LivingMap, int]:
        """A map with its figures, and the position up to which they reach.

        Marks (`engine.marks`) are told where they are at hand. Raises CaseByImpossible, and what
        the rules raise.
        """
        ...

    def ask(
        self, analysis: Analysis[Q, P, R], query: Q, columns: Collection[str] = ()
    ) -> tuple[R, int]:
        """The answer of an analysis, and the position up to which it reaches.

        `columns` are the properties of events that it looks at. Raises what the analysis raises.
        """
        ...

    def whole(self) -> Journeys:
        """All journeys in one piece, as discovery needs them."""
        ...

    def close(self) -> None:
        """Lets go of what it holds."""
        ...


class AnswersHere:
    """The index in the memory of this process."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @property
    def position(self) -> int:
        """The position of the log that answers know."""
        return self._index.snapshot().position

    @property
    def nbytes(self) -> int:
        """Bytes of the index."""
        return self._index.snapshot().nbytes

    @property
    def columns(self) -> frozenset[str]:
        """The properties of events that the index holds."""
        return frozenset(self._index.snapshot().columns)

    def refresh(self) -> int:
        """Takes in what is new; the position that answers know from now on."""
        return self._index.refresh()

    def know(self, columns: Collection[str]) -> None:
        """Has the index hold these properties as well."""
        self._with(columns)

    def living_map(self, journey_map: JourneyMap, asked: Asked = ALL) -> tuple[LivingMap, int]:
        """A map with its figures, and the position up to which they reach."""
        snapshot = self._with(journey_map.columns_needed() | asked.columns)
        parts = snapshot.parts
        if replace(asked, at=None) != ALL:
            parts = tuple(asked.scope.part(part) for part in parts)
        return bind(journey_map, parts, as_of=asked.at), snapshot.position

    def ask(
        self, analysis: Analysis[Q, P, R], query: Q, columns: Collection[str] = ()
    ) -> tuple[R, int]:
        """The answer of an analysis over one snapshot, and its position."""
        snapshot = self._with(columns)
        return run(analysis, snapshot.parts, query), snapshot.position

    def whole(self) -> Journeys:
        """All journeys in one piece."""
        return joined(self._index.snapshot().parts)

    def close(self) -> None:
        """Lets go of what reads the log."""
        self._index.close()

    def _with(self, columns: Collection[str]) -> Snapshot:
        """A snapshot with these properties.

        One that nobody has asked for before costs a reading of the whole log.
        """
        found = self._index.snapshot()
        if set(columns) <= set(found.columns):
            return found
        self._index.with_columns(sorted(columns))
        return self._index.snapshot()
