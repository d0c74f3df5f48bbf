"""Columns of codes combined: one code for each combination that occurs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I64

MOST_COMBINED = 65_536
"""A list of 100,000 texts is as fast as a join and a sort; one of 300,000 takes 1.4 times as long,
one of 3 million 10 times."""
MOST_MARKED = 1 << 25
"""Bytes that mark which combinations occur."""


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """The codes that occur in a column, and for each row the place of its code there, or -1."""

    met: I64
    own: I64


@dataclass(frozen=True, slots=True, eq=False)
class Combined:
    """Some columns as one."""

    own: I64
    """Of each row its combination, from 0."""
    count: int
    members: Sequence[tuple[int, I64]]
    """Which column, and its own code (-1 nothing) in each combination."""


def dense(codes: NDArray[Any], count: int) -> Dense:
    """Codes from -1 to `count` as places among those that occur."""
    met = np.zeros(count + 1, np.bool_)
    met[codes] = True  # -1 is the last
    met[-1] = False
    here = np.flatnonzero(met)
    own = np.full(count + 1, -1, np.int64)
    own[here] = np.arange(len(here))
    return Dense(here, own[codes])


def combined(columns: Sequence[Dense]) -> list[Combined]:
    """All columns in groups, each of at most MOST_COMBINED combinations or of one column.

    Columns of few values come first, so that as many as can be share a group.
    """
    groups: list[Combined] = []
    for i in sorted(range(len(columns)), key=lambda i: len(columns[i].met)):
        column = columns[i]
        alone = Combined(column.own + 1, len(column.met) + 1, [(i, np.arange(-1, len(column.met)))])
        both = _both(groups[-1], alone) if groups else None
        groups = [*groups[:-1], both] if both else [*groups, alone]
    return groups


def _both(group: Combined, alone: Combined) -> Combined | None:
    """The group with one more column; None where that makes too many combinations."""
    product = group.count * alone.count
    if product > MOST_MARKED:
        return None
    joint = group.own * alone.count + alone.own
    here = dense(joint, product)
    if len(here.met) > MOST_COMBINED:
        return None
    of_group, of_alone = np.divmod(here.met, alone.count)
    members = [(column, own[of_group]) for column, own in group.members]
    ((column, own),) = alone.members
    return Combined(here.own, len(here.met), [*members, (column, own[of_alone])])
