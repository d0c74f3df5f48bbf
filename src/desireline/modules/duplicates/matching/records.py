"""Records: columns of cleaned values, each value once, and a number for it in every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import I64, Bools
from desireline.modules.duplicates.matching.cleaning import cleaned
from desireline.modules.duplicates.matching.fields import BY_NAME, FULL_NAME, Field

I32 = NDArray[np.int32]
Texts = NDArray[np.object_]
Given = Mapping[str, Sequence[str | None]]
MISSING = -1


class FieldUnknown(DesirelineError):
    """No record has a field of this name."""


class ColumnsUneven(DesirelineError):
    """The columns of records are not equally long."""


@dataclass(frozen=True, eq=False)
class Column:
    """One field of all records: `values[codes[row]]`, or nothing where the code is MISSING."""

    field: Field
    codes: I32
    values: Texts

    @classmethod
    def of(cls, name: str, texts: Sequence[str | None]) -> Column:
        """The column of a field. Each distinct text is cleaned once."""
        field = BY_NAME[name]
        known: dict[str, int] = {}
        code_of: dict[str | None, int] = {None: MISSING}
        codes = np.empty(len(texts), np.int32)
        for row, text in enumerate(texts):
            code = code_of.get(text)
            if code is None:
                clean = cleaned(field.sort, str(text))
                code = MISSING if clean is None else known.setdefault(clean, len(known))
                code_of[text] = code
            codes[row] = code
        return cls(field, codes, _texts(list(known)))

    @cached_property
    def frequencies(self) -> I64:
        """How many records have each value."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))

    @property
    def present(self) -> Bools:
        """Which records say something."""
        known: Bools = self.codes >= 0
        return known

    def texts(self, rows: NDArray[Any]) -> Texts:
        """The values of some rows, all of which have one."""
        found: Texts = self.values[self.codes[rows]]
        return found


@dataclass(frozen=True, eq=False)
class Records:
    """What is known of each person or row, in columns of one length."""

    columns: dict[str, Column]
    n: int

    @classmethod
    def of(cls, columns: Given) -> Records:
        """Records from texts by field (fields.FIELDS). Raises FieldUnknown, ColumnsUneven.

        A column that is empty throughout says nothing and is left out.
        """
        lengths = {len(texts) for texts in columns.values()}
        if len(lengths) > 1:
            raise ColumnsUneven(
                f"The columns have {sorted(lengths)} values.", hint="Give each record one of each."
            )
        for name in columns:
            if name not in BY_NAME and name != FULL_NAME:
                raise FieldUnknown(
                    f"There is no field {name[:80]!r}.",
                    hint=f"Known: {', '.join((*BY_NAME, FULL_NAME))}.",
                )
        columns = _names_apart(columns)
        made = {name: Column.of(name, columns[name]) for name in BY_NAME if name in columns}
        return cls(
            {k: v for k, v in made.items() if len(v.values)}, lengths.pop() if lengths else 0
        )


def _names_apart(columns: Given) -> Given:
    """The columns with full names taken apart, where a record has no other.

    The last word is the family's; comparing sees to names that stand the other way round.
    """
    if FULL_NAME not in columns:
        return columns
    full = columns[FULL_NAME]
    given = list(columns.get("given_name", [None] * len(full)))
    family = list(columns.get("family_name", [None] * len(full)))
    for row, name in enumerate(full):
        if name and not given[row] and not family[row]:
            first, _, last = name.strip().rpartition(" ")
            given[row], family[row] = (first, last) if first else (last, None)
    others = {k: v for k, v in columns.items() if k != FULL_NAME}
    return others | {"given_name": given, "family_name": family}


def _texts(values: list[str]) -> Texts:
    found = np.empty(len(values), np.object_)
    found[:] = values
    return found
