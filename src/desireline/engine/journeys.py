"""Journeys: the columnar form in which every analysis reads what customers did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]
Codes = NDArray[np.uint16] | NDArray[np.uint32]

MICROSECONDS = 1_000_000
"""Microseconds in a second: every time and wait in the engine is an int64 of microseconds, UTC."""


@dataclass(frozen=True, slots=True)
class Ids:
    """The names of persons (or cases) by number, as text, in as few bytes as they take.

    Either `integers` (int64, one a person) or `blob` (UTF-8) with `start` (n + 1 positions in it).
    """

    integers: I64 | None = None
    blob: bytes = b""
    start: NDArray[np.uint32] | I64 | None = None

    @classmethod
    def of(cls, names: Sequence[str]) -> Ids:
        """The ids of a sequence of texts, in its order."""
        encoded = [name.encode() for name in names]
        lengths = np.array([len(e) for e in encoded], np.int64)
        return cls(blob=b"".join(encoded), start=starts_of(lengths))

    def __len__(self) -> int:
        if self.integers is not None:
            return len(self.integers)
        return 0 if self.start is None else len(self.start) - 1

    def __getitem__(self, index: int) -> str:
        if self.integers is not None:
            return str(int(self.integers[index]))
        if self.start is None:
            raise IndexError(index)
        return self.blob[int(self.start[index]) : int(self.start[index + 1])].decode()

    def __iter__(self) -> Iterator[str]:
        return (self[i] for i in range(len(self)))

    def taken(self, chosen: NDArray[Any]) -> Ids:
        """The names at the places `chosen`, in that order."""
        if self.integers is not None or self.start is None:
            return Ids(integers=None if self.integers is None else self.integers[chosen])
        first, last = self.start[chosen].astype(np.int64), self.start[chosen + 1].astype(np.int64)
        fresh = np.diff(chosen, prepend=-2) != 1  # neighbours are taken in one piece
        pieces = zip(first[fresh].tolist(), last[np.roll(fresh, -1)].tolist(), strict=True)
        blob = b"".join([self.blob[a:b] for a, b in pieces])
        return Ids(blob=blob, start=starts_of(last - first))

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        if self.integers is not None:
            return self.integers.nbytes
        return len(self.blob) + (0 if self.start is None else self.start.nbytes)


def starts_of(lengths: I64) -> NDArray[np.uint32] | I64:
    """Where texts of these lengths begin, and the last ends, in four bytes each where they fit."""
    start: I64 = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    return start.astype(np.uint32) if start[-1] < 2**32 else start


def name_order(name: str) -> tuple[bool, int, str]:
    """What sorts names of persons: whole numbers first and as numbers, then text."""
    number = int(name) if name.isascii() and name.removeprefix("-").isdecimal() else None
    return (number is None, number or 0, name)


@dataclass(frozen=True, slots=True)
class Column:
    """A further property of each event, or a trait of each journey.

    Text is dictionary coded: `codes` (int32, -1 where absent) into `values`. A number stands in
    `numbers` (float64, NaN where absent). Exactly one of the two is set.
    """

    codes: I32 | None = None
    values: tuple[str, ...] = ()
    numbers: F64 | None = None

    def __len__(self) -> int:
        held = self.codes if self.numbers is None else self.numbers
        return 0 if held is None else len(held)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that could not be read: where it stands, what it holds, and why it was left out."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where journeys come from, what was taken, and what was not."""

    source: str = ""
    rows: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    """What each role (case, event, time, channel, value, ...) was read from."""
    notes: tuple[str, ...] = ()
    """Sentences for the reader: what was assumed, what looked odd."""
    set_aside: int = 0
    examples: tuple[SetAside, ...] = ()
    """The first rows that were set aside (all of them are counted)."""
    unit: str = "row"
    """What the places of those rows are counted in: "line" or "row"."""


@dataclass(frozen=True, slots=True)
class Mask:
    """What a filter leaves: one bool for each event of the arrays, one for each journey."""

    event: Bools
    journey: Bools


@dataclass(frozen=True, eq=False)
class Journeys:
    """Journeys as columns: compressed rows over arrays sorted by (journey, sequence).

    Journey `j` is the events `offset[j] : offset[j + 1]` of the arrays. A shard is a slice of
    `offset` over the same arrays, so the arrays may hold more events than the journeys cover:
    always go through `offset`, never over the whole array.

    A filter never copies events either: it sets `mask`. Every kernel takes the two arrays of the
    mask (or None twice) and passes over what they exclude.
    """

    offset: I64
    time: I64
    """Microseconds since 1970-01-01 UTC."""
    code: Codes
    """Index into `events`, the vocabulary of event types."""
    events: tuple[str, ...]
    ids: Ids
    """Names of the persons (or cases)."""
    channel: U8 | None = None
    """Index into `channels`; 0 is unknown."""
    channels: tuple[str, ...] = ("",)
    actor: U8 | None = None
    """Index into `actors`; 0 is unknown."""
    actors: tuple[str, ...] = ("",)
    value: F32 | None = None
    """NaN where an event has none."""
    person: I32 | None = None
    """Index into `ids` for each journey, where journeys are not persons (sessions); else None."""
    first: int = 0
    """Index into `ids` of journey 0 (a shard begins later)."""
    earlier: int = 0
    """How many sessions of the person of journey 0 came before it (a shard may cut between)."""
    columns: Mapping[str, Column] = field(default_factory=dict)
    """Further properties, one entry an event."""
    traits: Mapping[str, Column] = field(default_factory=dict)
    """Further properties of journeys, one entry for each journey (sliced with a shard)."""
    mask: Mask | None = None
    ordered_by_time: bool = True
    """False where columns named by `order` decided the sequence, so that waits may be negative."""
    provenance: Provenance = field(default_factory=Provenance)

    def __len__(self) -> int:
        """How many journeys, before any filter."""
        return len(self.offset) - 1

    @property
    def n_events(self) -> int:
        """How many events the journeys cover, before any filter."""
        return int(self.offset[-1] - self.offset[0])

    @property
    def keep_event(self) -> Bools | None:
        """The events a filter leaves, for kernels; None where there is no filter."""
        return None if self.mask is None else self.mask.event

    @property
    def keep_journey(self) -> Bools | None:
        """The journeys a filter leaves, for kernels; None where there is no filter."""
        return None if self.mask is None else self.mask.journey

    @property
    def nbytes(self) -> int:
        """Bytes that the arrays hold (columns and traits on demand not counted)."""
        arrays = (self.offset, self.time, self.code, self.channel, self.actor, self.value)
        held = sum(a.nbytes for a in arrays if a is not None)
        return held + self.ids.nbytes + (0 if self.person is None else self.person.nbytes)

    def person_index(self, journey: int) -> int:
        """The index into `ids` of the person who walks journey number `journey`."""
        return self.first + journey if self.person is None else int(self.person[journey])

    def journey_id(self, journey: int) -> str:
        """The name of a journey: the person or case, and for a session also its number."""
        name = self.ids[self.person_index(journey)]
        return name if self.person is None else f"{name}#{self.session_number(journey)}"

    def session_number(self, journey: int) -> int:
        """Which of its person's journeys a journey is, from 1; 0 where journeys are persons."""
        if self.person is None:
            return 0
        start = journey
        while start > 0 and self.person[start - 1] == self.person[journey]:
            start -= 1
        return journey - start + 1 + (self.earlier if start == 0 else 0)

    @cached_property
    def code_of(self) -> Mapping[str, int]:
        """The code of each event type."""
        return {name: code for code, name in enumerate(self.events)}

    @cached_property
    def period(self) -> tuple[int, int] | None:
        """First and last time (microseconds) of the events covered, before any filter."""
        covered = self.time[self.offset[0] : self.offset[-1]]
        return (int(covered.min()), int(covered.max())) if len(covered) else None

    def shards(self, count: int) -> list[Self]:
        """At most `count` slices by journey with about as many events each; nothing is copied.

        The sessions of one person, which stand side by side, stay in one slice.
        """
        goals = self.offset[0] + self.n_events * np.arange(1, count) // max(count, 1)
        inner = np.searchsorted(self.offset, goals)
        if self.person is not None and len(self.person):
            owners = self.person[np.minimum(inner, len(self) - 1)]
            inner = np.where(inner < len(self), np.searchsorted(self.person, owners), inner)
        cuts = sorted({0, len(self), *(int(c) for c in inner)})
        return [self.between(a, b) for a, b in pairwise(cuts)] or [self]

    def trimmed(self) -> Self:
        """The same journeys over no more of the arrays than they cover: views, but for `offset`.

        What is computed for every event of the arrays then costs a shard its own events only.
        """
        start, stop = int(self.offset[0]), int(self.offset[-1])
        if start == 0 and stop == len(self.time):
            return self
        arrays = ("time", "code", "channel", "actor", "value")
        held = {name: getattr(self, name) for name in arrays}
        changed: dict[str, Any] = {k: a[start:stop] for k, a in held.items() if a is not None}
        if self.mask is not None:
            changed["mask"] = Mask(self.mask.event[start:stop], self.mask.journey)
        columns = {name: _part(c, start, stop) for name, c in self.columns.items()}
        return replace(self, offset=self.offset - start, columns=columns, **changed)

    def between(self, start: int, stop: int) -> Self:
        """Some of the journeys that stand side by side, over the same arrays."""
        if start == 0 and stop == len(self):
            return self
        changed: dict[str, Any] = {"offset": self.offset[start : stop + 1]}
        if self.person is None:
            changed["first"] = self.first + start
        else:
            changed["person"] = self.person[start:stop]
            changed["earlier"] = max(0, self.session_number(start) - 1)
        if self.traits:
            changed["traits"] = {k: _part(c, start, stop) for k, c in self.traits.items()}
        if self.mask is not None:
            changed["mask"] = Mask(self.mask.event, self.mask.journey[start:stop])
        return replace(self, **changed)


def _part(column: Column, start: int, stop: int) -> Column:
    if column.numbers is not None:
        return replace(column, numbers=column.numbers[start:stop])
    assert column.codes is not None  # noqa: S101 - the class says: exactly one is set
    return replace(column, codes=column.codes[start:stop])
