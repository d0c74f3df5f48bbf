"""Snapshots: all journeys of the log as they were at one position, for any number of readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import F64, Bools, Column, Journeys, Mask, Provenance
from desireline.engine.layers import Layers, Part
from desireline.log.identity.people import People
from desireline.log.index.reading import State, Words


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The journeys of every person up to one position of the log. It never changes.

    Persons are numbers (that of one of their subjects). Every person is in force in exactly one
    of `parts`; what a part's mask hides is in force in another. All parts have the same
    vocabularies, which a later snapshot of the same index may continue.
    """

    parts: tuple[Journeys, ...]
    layers: Layers
    people: People
    state: State
    as_of: int
    """Everything that was in the log at this moment (microseconds) is in here."""
    events: tuple[str, ...]
    channels: tuple[str, ...]
    actors: tuple[str, ...]
    columns: tuple[str, ...]
    """Properties that the parts have."""

    @property
    def position(self) -> int:
        """The last position of the log that is in here."""
        return self.state.position

    @property
    def n_events(self) -> int:
        """Events of all persons."""
        return self.layers.n_events

    @cached_property
    def n_persons(self) -> int:
        """Persons with an event."""
        return sum(
            len(p.journeys) if p.kept is None else int(p.kept.sum()) for p in self.layers.parts
        )

    @property
    def nbytes(self) -> int:
        """Bytes that the arrays hold, hidden journeys and columns included."""
        held = 0
        for part in self.layers.parts:
            columns = part.journeys.columns.values()
            held += part.journeys.nbytes + (0 if part.kept is None else part.kept.nbytes)
            held += sum(c.codes.nbytes for c in columns if c.codes is not None)
        return held + self.people.person.nbytes

    def person_of(self, subject: int) -> int:
        """The person that an identifier belongs to."""
        return int(self.people.of_subjects(np.array([subject]))[0])

    def journey_of(self, person: int) -> tuple[Journeys, int] | None:
        """The part and the journey in it where a person is in force; None without an event."""
        for part, shown in zip(self.layers.parts, self.parts, strict=True):
            which, _ = part.found(np.array([person]))
            if len(which):
                return shown, int(which[0])
        return None


Numbers = Mapping[str, F64 | None]


@dataclass(frozen=True, eq=False)
class Shown:
    """A part as it was shown, and the vocabularies of then."""

    part: Part
    version: tuple[object, ...]
    journeys: Journeys


class Shower:
    """Parts as readers see them: with names, numbers and a mask.

    A part is shown anew only where it or the vocabularies have changed, and a property's numbers
    are looked up once for each part.
    """

    def __init__(self) -> None:
        self._shown: dict[int, Shown] = {}
        self._every: Bools = np.ones(0, np.bool_)

    def shown(self, layers: Layers, words: Words, numbers: Numbers) -> list[Journeys]:
        """The parts of some layers; `numbers` are those that the texts of properties mean."""
        vocabularies = (*words.by_column.values(), *words.properties.values())
        version = (*(v.names for v in vocabularies), *(n is None for n in numbers.values()))
        known, self._shown = self._shown, {}
        for part in layers.parts:
            old = known.get(id(part.journeys))
            if old is None or old.part is not part or old.version != version:
                journeys = self._one(part, words, numbers, old)
                old = Shown(part, version, journeys)
            self._shown[id(part.journeys)] = old
        return [self._shown[id(part.journeys)].journeys for part in layers.parts]

    def _one(self, part: Part, words: Words, numbers: Numbers, old: Shown | None) -> Journeys:
        journeys = part.journeys
        before = {} if old is None else old.journeys.columns
        return replace(
            journeys,
            events=words.types.names,
            channels=words.channels.names,
            actors=words.actors.names,
            columns={
                name: _column(column, words.properties[name].names, numbers[name], before.get(name))
                for name, column in journeys.columns.items()
            },
            mask=self._mask(part),
            provenance=_provenance(words),
        )

    def _mask(self, part: Part) -> Mask | None:
        """No event is hidden but with its journey, so all parts share the bools of events."""
        if part.kept is None:
            return None
        n = len(part.journeys.time)
        if n > len(self._every):
            self._every = np.ones(n, np.bool_)
        return Mask(self._every[:n], part.kept)


def _column(
    column: Column, texts: tuple[str, ...], numbers: F64 | None, before: Column | None
) -> Column:
    codes: NDArray[np.int32] | None = column.codes
    if numbers is None or codes is None:
        return Column(codes=codes, values=texts)
    if before is not None and before.numbers is not None:
        return before
    return Column(numbers=np.append(numbers, np.nan)[codes])


def _provenance(words: Words) -> Provenance:
    rooms = {"channel": words.channels, "actor": words.actors}
    notes = tuple(
        f"There is room for {len(w.names):,} names of a {kind}; events with one of {w.n_left_out:,}"
        " further ones count as unknown."
        for kind, w in rooms.items()
        if w.n_left_out
    )
    return Provenance(source="the log", notes=notes)
