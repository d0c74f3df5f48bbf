"""From a pattern's tree to automata: Glushkov's places, then the subset construction.

V. M. Glushkov, "The abstract theory of automata", Russian Mathematical Surveys 16 (1961); the
subset construction is M. O. Rabin and D. Scott, "Finite automata and their decision problems",
IBM Journal 3 (1959).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.journeys import I32, Bools
from desireline.engine.rules.errors import PatternTooLarge
from desireline.engine.rules.names import tree_names
from desireline.engine.rules.tree import Either, One, PatternTree, Repeat, Then

MOST_PLACES = 2_000
"""Events that a pattern may spell out, repetitions included."""
MOST_FOLLOWS = 200_000
"""Pairs of places that may follow one another."""
MOST_STATES = 2_000
"""States of a table; a pattern that needs more is followed place by place, which is slower."""


@dataclass(frozen=True, slots=True)
class Places:
    """Glushkov's automaton: one place for each event that the pattern spells out.

    `letters` are the names that the pattern tells apart; letter 0 is every other event type.
    """

    letters: tuple[str, ...]
    fits: Bools
    """`fits[place, letter]`."""
    first: frozenset[int]
    last: frozenset[int]
    follows: tuple[frozenset[int], ...]
    """The places that may stand directly after each place."""


@dataclass(frozen=True, slots=True)
class Table:
    """A deterministic automaton: `step[state, letter]` is the next state, 0 the first."""

    step: I32
    accepts: Bools


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the tree: may it be empty, and the places where it can begin and end."""

    empty: bool
    first: frozenset[int]
    last: frozenset[int]


NOTHING = _Part(empty=True, first=frozenset(), last=frozenset())


def places(tree: PatternTree) -> Places:
    """Glushkov's automaton of the tree. Raises PatternTooLarge."""
    letters = tuple(dict.fromkeys(tree_names(tree)))
    made = _Builder({name: i + 1 for i, name in enumerate(letters)})
    whole = made.part(tree)
    return Places(
        letters,
        np.array(made.fits, np.bool_).reshape(-1, len(letters) + 1),
        whole.first,
        whole.last,
        tuple(frozenset(f) for f in made.follows),
    )


class _Builder:
    """Numbers the places of a tree from left to right and notes which may follow which."""

    def __init__(self, letter_of: dict[str, int]) -> None:
        self.letter_of = letter_of
        self.fits: list[list[bool]] = []
        self.follows: list[set[int]] = []
        self.n_follows = 0

    def part(self, tree: PatternTree) -> _Part:
        match tree:
            case One(names, negated):
                return self._one({self.letter_of[n] for n in names}, negated=negated)
            case Then(parts):
                whole = NOTHING
                for part in parts:
                    whole = self._joined(whole, self.part(part))
                return whole
            case Either(parts):
                return _either([self.part(p) for p in parts])
            case Repeat(part, low, high):
                return self._repeated(part, low, high)

    def _one(self, letters: set[int], *, negated: bool) -> _Part:
        if len(self.fits) >= MOST_PLACES:
            raise _too_large(f"more than {MOST_PLACES:,} events")
        self.fits.append([(i in letters) != negated for i in range(len(self.letter_of) + 1)])
        self.follows.append(set())
        here = frozenset({len(self.fits) - 1})
        return _Part(empty=False, first=here, last=here)

    def _joined(self, a: _Part, b: _Part) -> _Part:
        for place in a.last:
            before = len(self.follows[place])
            self.follows[place] |= b.first
            self.n_follows += len(self.follows[place]) - before
        if self.n_follows > MOST_FOLLOWS:
            raise _too_large(f"more than {MOST_FOLLOWS:,} ways from one event to the next")
        return _Part(
            empty=a.empty and b.empty,
            first=a.first | b.first if a.empty else a.first,
            last=a.last | b.last if b.empty else b.last,
        )

    def _repeated(self, tree: PatternTree, low: int, high: int | None) -> _Part:
        whole = NOTHING
        for _ in range(low - 1 if high is None else low):
            whole = self._joined(whole, self.part(tree))
        if high is None:
            loop = self.part(tree)
            loop = self._joined(loop, loop)
            return self._joined(whole, _Part(loop.empty or low == 0, loop.first, loop.last))
        for _ in range(high - low):
            part = self.part(tree)
            whole = self._joined(whole, _Part(empty=True, first=part.first, last=part.last))
        return whole


def _either(parts: list[_Part]) -> _Part:
    return _Part(
        empty=any(p.empty for p in parts),
        first=frozenset().union(*(p.first for p in parts)),
        last=frozenset().union(*(p.last for p in parts)),
    )


def _too_large(what: str) -> PatternTooLarge:
    return PatternTooLarge(
        f"The pattern spells out {what}, with its repetitions.",
        hint="Use smaller numbers in { }, or * and + instead of a number.",
    )


def table(auto: Places, *, from_start: bool) -> Table | None:
    """The deterministic automaton, or None where it would need more than MOST_STATES states.

    A state is the set of places at which walks stand. State 0 is before the first event; without
    `from_start` a walk may begin at every event.
    """
    begin: tuple[frozenset[int], bool] = (frozenset(), True)
    number = {begin: 0}
    queue = [begin]
    step: list[list[int]] = []
    for standing, fresh in queue:
        reach = frozenset().union(*(auto.follows[p] for p in standing))
        if fresh or not from_start:
            reach |= auto.first
        row = []
        for letter in range(auto.fits.shape[1]):
            state = (frozenset(p for p in reach if auto.fits[p, letter]), not from_start)
            if state not in number:
                number[state] = len(number)
                queue.append(state)
            row.append(number[state])
        step.append(row)
        if len(number) > MOST_STATES:
            return None
    accepts = [bool(standing & auto.last) for standing, _ in queue]
    return Table(np.array(step, np.int32), np.array(accepts, np.bool_))
