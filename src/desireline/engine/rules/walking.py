"""Where a pattern's walks end, over the events of some journeys."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from desireline.engine.journeys import I32, I64, MICROSECONDS, Bools, Journeys
from desireline.engine.kernels.patterns import walked, walked_within
from desireline.engine.rules.ast import Pattern
from desireline.engine.rules.automaton import Places, Table, places, table

ALWAYS = np.iinfo(np.int64).max


@lru_cache(maxsize=256)
def _compiled(rule: Pattern) -> tuple[Places, Table | None]:
    made = places(rule.tree)
    return made, _table(rule, made)


def _table(rule: Pattern, made: Places) -> Table | None:
    return table(made, from_start=rule.from_start) if rule.within_seconds is None else None


def walk_ends(journeys: Journeys, clock: I64, rule: Pattern, visible: Bools | None) -> Bools:
    """Where a walk of the pattern is complete, one bool for each event that `journeys` cover.

    `visible` are the events that a filter leaves; the others are passed over. Without a window the
    pattern runs as a table (one look-up an event). With one, or where the table would be too
    large, every place of the pattern is followed. Raises PatternTooLarge.
    """
    auto, states = _compiled(rule)
    letter = _letters(journeys, auto, visible)
    out = np.zeros(len(journeys.code), np.bool_)
    if states is None:
        shape = _shape(auto, rule)
        walked_within(journeys.offset, clock, letter, *shape, rule.to_end, out)
    else:
        walked(journeys.offset, letter, states.step, states.accepts, rule.to_end, out)
    return out[journeys.offset[0] : journeys.offset[-1]]


def _letters(journeys: Journeys, auto: Places, visible: Bools | None) -> I32:
    letter_of = {name: i + 1 for i, name in enumerate(auto.letters)}
    of_code = np.array([letter_of.get(name, 0) for name in journeys.events], np.int32)
    covered = journeys.code[journeys.offset[0] : journeys.offset[-1]]
    letter = of_code.take(covered)
    if visible is not None:
        letter[~visible] = -1
    return letter


def _shape(auto: Places, rule: Pattern) -> tuple[Bools, I32, I32, Bools, Bools, bool, int]:
    """The automaton as the kernel takes it, with the places that may stand before each place."""
    n = len(auto.follows)
    pairs = sorted((after, p) for p in range(n) for after in auto.follows[p])
    start = np.searchsorted([after for after, _ in pairs], np.arange(n + 1)).astype(np.int32)
    before = np.array([p for _, p in pairs], np.int32)
    begins, ends = np.zeros((2, n), np.bool_)
    begins[list(auto.first)] = True
    ends[list(auto.last)] = True
    window = ALWAYS if rule.within_seconds is None else round(rule.within_seconds * MICROSECONDS)
    return auto.fits, start, before, begins, ends, rule.from_start, window
