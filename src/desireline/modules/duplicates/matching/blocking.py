"""Which pairs are worth comparing: those that share a rare key, or two, or stand close when sorted.

Comparing everybody with everybody is out of reach (100,000 records are 5 billion pairs). A value
that few records have is enough to compare them. A value that many have is taken together with each
other key, and a block that is still too large is left to the other passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np

from desireline.engine.journeys import I64
from desireline.modules.duplicates.matching.keys import Keys, keys_of
from desireline.modules.duplicates.matching.records import MISSING, Records

ALL_BELOW = 1_000
"""So few records are compared each with each other."""
LARGEST_ALONE = 8
"""Records that share one key, and are compared for that alone."""
LARGEST_TOGETHER = 20
"""Records that share two keys, and are compared."""
WINDOW = 4
"""Neighbours in a sorted list that are compared. Source: Hernandez and Stolfo 1995."""
SORTED_BY: tuple[tuple[str, ...], ...] = (
    ("family_name", "given_name", "birth_date"),
    ("given_name", "family_name", "birth_date"),
    ("email",),
    ("street", "house_number"),
    ("birth_date", "family_name"),
)


@dataclass(frozen=True, eq=False)
class Candidates:
    """Pairs of records, `a < b`, each once, rising."""

    a: I64
    b: I64
    left: int = 0
    """Blocks that were too large even for two keys."""


def candidates_of(records: Records) -> Candidates:
    """The pairs to compare, in all passes together."""
    if records.n <= ALL_BELOW:
        a, b = np.triu_indices(records.n, 1)
        return Candidates(a.astype(np.int64), b.astype(np.int64))
    blocks = _Blocks(records.n)
    blocks.share(keys_of(records))
    for fields in SORTED_BY:
        if fields[0] in records.columns:
            blocks.stand_close(_order(records, fields))
    return blocks.candidates()


class _Blocks:
    """Gathers pairs as numbers `a * n + b`."""

    def __init__(self, n: int) -> None:
        self._n = n
        self._found: list[I64] = []
        self.left = 0

    def share(self, keys: Keys) -> None:
        """Records in small blocks of one key; those in large ones in blocks of two."""
        common = {name: self._rare_paired(table) for name, table in keys.items()}
        for one, other in combinations_with_replacement(keys, 2):
            first, second = common[one], common[other]
            for i in range(first.shape[1]):
                for j in range(i + 1 if one == other else 0, second.shape[1]):
                    pair = (first[:, i], second[:, j])
                    if one == other:  # in either order: names may have been exchanged
                        pair = (np.minimum(*pair), np.maximum(*pair))
                    self._pair(_both(*pair), LARGEST_TOGETHER)

    def stand_close(self, order: I64) -> None:
        """Records that are neighbours in an order."""
        for step in range(1, WINDOW):
            self._add(order[:-step], order[step:])

    def candidates(self) -> Candidates:
        """All pairs, each once."""
        pairs = np.unique(np.concatenate([np.zeros(0, np.int64), *self._found]))
        return Candidates(pairs // self._n, pairs % self._n, self.left)

    def _rare_paired(self, table: I64) -> I64:
        """The table with what is common alone; what is rare has been paired."""
        rows, columns = np.nonzero(table != MISSING)
        numbers = table[rows, columns]
        often = np.bincount(numbers) if len(numbers) else np.zeros(0, np.int64)
        rare = often[numbers] <= LARGEST_ALONE
        self._pair_flat(rows[rare], numbers[rare])
        common = np.full_like(table, MISSING)
        common[rows[~rare], columns[~rare]] = numbers[~rare]
        return common

    def _pair(self, numbers: I64, largest: int) -> None:
        rows = np.flatnonzero(numbers != MISSING)
        _, places, often = np.unique(numbers[rows], return_inverse=True, return_counts=True)
        self.left += int((often > largest).sum())
        small = often[places] <= largest
        self._pair_flat(rows[small], places[small])

    def _pair_flat(self, rows: I64, numbers: I64) -> None:
        """All pairs of rows with the same number: each with the next, the one after it, ..."""
        order = np.argsort(numbers, kind="stable")
        rows, numbers = rows[order], numbers[order]
        step = 1
        while True:
            near = np.flatnonzero(numbers[:-step] == numbers[step:])
            if not len(near):
                return
            self._add(rows[near], rows[near + step])
            step += 1

    def _add(self, a: I64, b: I64) -> None:
        apart = a != b
        low, high = np.minimum(a, b)[apart], np.maximum(a, b)[apart]
        self._found.append(low * self._n + high)


def _both(first: I64, second: I64) -> I64:
    """A number for each combination of two keys."""
    both = (first != MISSING) & (second != MISSING)
    found: I64 = np.where(both, first * (int(second.max(initial=0)) + 1) + second, MISSING)
    return found


def _order(records: Records, fields: tuple[str, ...]) -> I64:
    """Records that have the first field, sorted by these fields."""
    ranks = []
    for name in fields:
        if name in records.columns:
            column = records.columns[name]
            rank = np.empty(len(column.values) + 1, np.int64)
            rank[np.argsort(column.values)] = np.arange(len(column.values))
            rank[-1] = -1
            ranks.append(rank[column.codes])
    order = np.lexsort(ranks[::-1])
    return order[ranks[0][order] >= 0]
