"""Answers about the log: the journeys in this process, or whatever holds them elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from desireline.engine.filters import Filter, filtered
from desireline.engine.joining import joined
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import Journeys
from desireline.engine.living_map import LivingMap, bind
from desireline.log.index.index import Index
from desireline.log.index.snapshot import Snapshot


@dataclass(frozen=True)
class Asked:
    """The part of the log that is asked about; without anything, all of it."""

    start: dt.datetime | None = None
    stop: dt.datetime | None = None
    channels: tuple[str, ...] = ()


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

    def refresh(self) -> int:
        """Takes in what is new; the position that answers know from now on."""
        ...

    def living_map(self, journey_map: JourneyMap, asked: Asked = ALL) -> tuple[LivingMap, int]:
        """A map with its figures, and the position up to which they reach.

        Raises CaseByImpossible, and what the rules raise.
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

    def refresh(self) -> int:
        """Takes in what is new; the position that answers know from now on."""
        return self._index.refresh()

    def living_map(self, journey_map: JourneyMap, asked: Asked = ALL) -> tuple[LivingMap, int]:
        """A map with its figures, and the position up to which they reach."""
        snapshot = self._with(journey_map.columns_needed())
        parts = snapshot.parts
        if asked != ALL:
            wanted = Filter(start=asked.start, stop=asked.stop, channels=asked.channels)
            parts = tuple(filtered(part, wanted) for part in parts)
        return bind(journey_map, parts), snapshot.position

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
