"""Patterns: for pairs of records the level of every field, one number a pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.journeys import I64, U8, Bools
from desireline.modules.duplicates.matching.comparing import LEVELS, Level, levels_of
from desireline.modules.duplicates.matching.fields import EXCHANGED
from desireline.modules.duplicates.matching.records import Records


@dataclass(frozen=True, eq=False)
class Compared:
    """The levels of pairs: one row a pair, one column a field."""

    fields: tuple[str, ...]
    levels: U8
    exchanged: dict[str, Bools]
    """By first field of those that people exchange: the pairs compared the other way round."""

    def at(self, places: I64) -> Compared:
        """Some of the pairs."""
        turned = {name: found[places] for name, found in self.exchanged.items()}
        return Compared(self.fields, self.levels[places], turned)

    def tally(self) -> tuple[U8, I64, I64]:
        """The different rows of levels, how many pairs have each, and which one each pair has."""
        number = np.zeros(len(self.levels), np.int64)
        for column in range(len(self.fields)):
            number = number * LEVELS + self.levels[:, column]
        _, first, which, often = np.unique(
            number, return_index=True, return_inverse=True, return_counts=True
        )
        return self.levels[first], often, which


def compared(records: Records, a: I64, b: I64) -> Compared:
    """The levels of pairs of records, names and address lines in the order that fits better."""
    columns = records.columns
    found = {name: levels_of(column, column, a, b) for name, column in columns.items()}
    exchanged = {}
    for one, other in EXCHANGED:
        if one in columns and other in columns:
            exchanged[one] = _exchange(records, (one, other), found, a, b)
    fields = tuple(columns)
    levels = np.stack([found[name] for name in fields], axis=1) if fields else _none(len(a))
    return Compared(fields, levels, exchanged)


def _exchange(
    records: Records, names: tuple[str, str], found: dict[str, U8], a: I64, b: I64
) -> Bools:
    """Which pairs agree better with the two fields exchanged; their levels become those."""
    one, other = (records.columns[name] for name in names)
    unlike = (found[names[0]] <= Level.SIMILAR) & (found[names[1]] <= Level.SIMILAR)
    places = np.flatnonzero(unlike)
    across = levels_of(one, other, a[places], b[places])
    back = levels_of(other, one, a[places], b[places])
    straight = found[names[0]][places] + found[names[1]][places]
    better = (np.maximum(across, back) >= Level.CLOSE) & (across + back > straight + 1)
    turned = np.zeros(len(a), np.bool_)
    turned[places[better]] = True
    found[names[0]][turned], found[names[1]][turned] = across[better], back[better]
    return turned


def _none(n: int) -> U8:
    return np.zeros((n, 0), np.uint8)
