"""Layers: large parts that rest, and small ones above them that hold whoever has moved lately.

A person's journey is in force in one part; where it has moved, its old place is hidden. Nothing is
ever changed: each step makes new layers that share what stayed, so a reader may keep any of them.

What a step costs follows from what is new. Base parts split the persons by number; events of a few
persons make a small overlay part, overlay parts of like size become one, and where the overlay has
outgrown a share of the base, the base part that has lost most is woven anew, one at a time. So an
event is copied a number of times that does not depend on how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Self

import numpy as np

from desireline.engine.journeys import I64, Bools, Journeys
from desireline.engine.parts import Rows, parts_of, rows_of, woven


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large parts are; tests make them small."""

    part: int = 1 << 21
    """Events of a base part: weaving one anew takes 25 ms; asking one costs 0.1 ms of its own."""
    small: int = 1 << 16
    """Overlay parts with fewer events always become one."""
    share: float = 1 / 4
    """The overlay, and what is hidden in the base, may be this share of the base's events."""


DEFAULT_SIZES = Sizes()


@dataclass(frozen=True, eq=False)
class Part:
    """Journeys, some of them hidden because they are in force elsewhere."""

    journeys: Journeys
    kept: Bools | None = None
    """One bool a journey; None where all are in force."""
    n_hidden: int = 0
    """Events of the hidden journeys."""

    @property
    def persons(self) -> I64:
        """The numbers of the persons, rising."""
        assert self.journeys.ids.integers is not None  # noqa: S101 - persons of parts are numbers
        return self.journeys.ids.integers

    @property
    def n_events(self) -> int:
        """Events in force."""
        return self.journeys.n_events - self.n_hidden

    def in_force(self) -> I64:
        """The journeys that are not hidden."""
        if self.kept is None:
            return np.arange(len(self.journeys))
        return np.flatnonzero(self.kept)

    def found(self, persons: I64) -> tuple[I64, I64]:
        """The journeys in force of some `persons` (rising), and which of these they are."""
        nobody = np.zeros(0, np.int64)
        if not len(self.persons):
            return nobody, nobody
        first, last = np.searchsorted(persons, self.persons[[0, -1]])
        asked = np.arange(first, min(last + 1, len(persons)))
        at = np.searchsorted(self.persons, persons[asked])
        at = np.minimum(at, len(self.persons) - 1)
        held = self.persons[at] == persons[asked]
        if self.kept is not None:
            held &= self.kept[at]
        return at[held], asked[held]

    def without(self, which: I64) -> Self:
        """The same part with further journeys hidden."""
        if not len(which):
            return self
        kept = np.ones(len(self.journeys), np.bool_) if self.kept is None else self.kept.copy()
        kept[which] = False
        offset = self.journeys.offset
        hidden = self.n_hidden + int((offset[which + 1] - offset[which]).sum())
        return replace(self, kept=kept, n_hidden=hidden)


@dataclass(frozen=True, eq=False)
class Layers:
    """Parts in which each person is in force once."""

    base: tuple[Part, ...] = ()
    """By person: the first numbers of each are above all of the one before."""
    overlay: tuple[Part, ...] = ()
    """Any persons, the largest part first."""
    sizes: Sizes = DEFAULT_SIZES

    @classmethod
    def of(cls, pieces: Sequence[Rows], n_types: int, sizes: Sizes = DEFAULT_SIZES) -> Self:
        """The layers of all events of a log."""
        return cls(tuple(Part(j) for j in parts_of(pieces, n_types, sizes.part)), (), sizes)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, the base first."""
        return self.base + self.overlay

    @cached_property
    def n_events(self) -> int:
        """Events in force."""
        return sum(part.n_events for part in self.parts)

    def rows_of(self, persons: I64, now: I64) -> Rows | None:
        """The events in force of `persons` (rising), as rows of the persons `now`, one for each."""
        taken = []
        for part in self.parts:
            which, who = part.found(persons)
            if len(which):
                taken.append(rows_of(part.journeys, which, now[who]))
        return Rows.behind(taken) if taken else None

    def without(self, persons: I64) -> Self:
        """The same layers where `persons` (rising) are in no part."""
        base, overlay = (
            tuple(part.without(part.found(persons)[0]) for part in parts)
            for parts in (self.base, self.overlay)
        )
        return replace(self, base=base, overlay=tuple(p for p in overlay if p.n_events))

    def with_rows(self, pieces: Sequence[Rows], n_types: int) -> Self:
        """The same layers and a further part; whoever is in the rows was in none."""
        n = sum(map(len, pieces))
        made = tuple(Part(j) for j in parts_of(pieces, n_types, max(n, 1)))
        return replace(self, overlay=self.overlay + made)

    @property
    def overgrown(self) -> bool:
        """Whether the overlay, or what is hidden in the base, is too large a share."""
        n_base = sum(part.n_events for part in self.base)
        n_over = sum(part.n_events for part in self.overlay)
        n_hidden = sum(part.n_hidden for part in self.base)
        return max(n_over, n_hidden) > self.sizes.share * n_base

    def tidied(self, n_types: int) -> Self:
        """The same journeys in fewer or better parts; the work follows from what was added."""
        layers = self._with_few_overlays(n_types)
        while layers.overgrown:
            layers = layers.with_base_anew(n_types)
        return layers

    def _with_few_overlays(self, n_types: int) -> Self:
        """Sizes at least halve from one part to the next; what breaks that is woven at once."""
        parts = sorted(self.overlay, key=lambda part: -part.n_events)
        behind = 0
        n_kept = len(parts)
        for i in range(len(parts) - 1, -1, -1):
            if i < len(parts) - 1 and parts[i].n_events <= max(2 * behind, self.sizes.small):
                n_kept = i
            behind += parts[i].n_events
        if n_kept >= len(parts) - 1:
            return replace(self, overlay=tuple(parts))
        both = Part(_one(parts[n_kept:], n_types))
        return replace(self, overlay=(*parts[:n_kept], both))

    def with_base_anew(self, n_types: int) -> Self:
        """The base part woven anew that hides most or that most of the overlay belongs to."""
        starts = [part.persons[0] for part in self.base[1:]]
        bounds = np.array([np.iinfo(np.int64).min, *starts, np.iinfo(np.int64).max])
        gain = [part.n_hidden for part in self.base] or [0]
        for part in self.overlay:
            which = part.in_force()
            offset = part.journeys.offset
            place = np.searchsorted(bounds, part.persons[which], side="right") - 1
            size = offset[which + 1] - offset[which]
            gain = np.add(gain, np.bincount(place, size, len(gain))).tolist()
        chosen = int(np.argmax(gain))
        low, high = bounds[chosen], bounds[chosen + 1]
        here = self.base[chosen : chosen + 1]
        parts, overlay = list(here), []
        picks = [part.in_force() for part in here]
        for part in self.overlay:
            which = part.in_force()
            inside = (part.persons[which] >= low) & (part.persons[which] < high)
            parts.append(part)
            picks.append(which[inside])
            overlay.append(part.without(which[inside]))
        made = _cut(parts, picks, n_types, self.sizes.part)
        base = (*self.base[:chosen], *made, *self.base[chosen + 1 :])
        return replace(self, base=base, overlay=tuple(p for p in overlay if p.n_events))


def _one(parts: Sequence[Part], n_types: int) -> Journeys:
    return woven([p.journeys for p in parts], [p.in_force() for p in parts], n_types)


def _cut(
    parts: Sequence[Part], picks: Sequence[I64], n_types: int, part_events: int
) -> tuple[Part, ...]:
    """What was picked as one part, or as several of equal size where it is much too large."""
    journeys = [part.journeys for part in parts]
    sizes = [j.offset[w + 1] - j.offset[w] for j, w in zip(journeys, picks, strict=True)]
    total = sum(int(size.sum()) for size in sizes)
    if total == 0:
        return ()
    count = -(-total // part_events) if total > 2 * part_events else 1
    persons = np.concatenate([p.persons[w] for p, w in zip(parts, picks, strict=True)])
    order = np.argsort(persons, kind="stable")
    ends = np.cumsum(np.concatenate(sizes)[order])
    goals = total * np.arange(1, count) // count
    cuts = [persons[order][int(i)] for i in np.searchsorted(ends, goals)]
    made = []
    for low, high in pairwise([None, *dict.fromkeys(cuts), None]):
        inside = [w[_between(p.persons[w], low, high)] for p, w in zip(parts, picks, strict=True)]
        if any(len(which) for which in inside):
            made.append(Part(woven(journeys, inside, n_types)))
    return tuple(made)


def _between(persons: I64, low: int | None, high: int | None) -> Bools:
    inside = np.ones(len(persons), np.bool_)
    if low is not None:
        inside &= persons >= low
    if high is not None:
        inside &= persons < high
    return inside
