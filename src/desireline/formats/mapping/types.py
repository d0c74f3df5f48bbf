"""Types of events under other names, and types that are left out."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from difflib import get_close_matches

import numpy as np

from desireline.engine.journeys import Bools
from desireline.formats.columns.text import Coded


def renamed(
    coded: Coded, types: Mapped[str, str | None], notes: list[str]
) -> tuple[Coded, Bools | None]:
    """The types of a file as a mapping calls them, and which rows it leaves out (None: none).

    Two types may become one. A name that the file has not is noted.
    """
    if not types:
        return coded, None
    names = [str(name) for name in coded.names.tolist()]
    called: dict[str, int] = {}
    place = np.empty(len(names) + 1, np.int32)
    out = np.zeros(len(names) + 1, np.bool_)
    place[-1] = -1  # nothing stays nothing
    for i, name in enumerate(names):
        wanted = types.get(name.strip(), name)
        out[i] = wanted is None
        place[i] = called.setdefault(name if wanted is None else wanted, len(called))
    notes += _unknown(types, {name.strip() for name in names})
    left_out = out[coded.codes]
    made = Coded(place[coded.codes], np.array(list(called), object))
    if not left_out.any():
        return made, None
    count = int(np.count_nonzero(left_out))
    which = ", ".join(name for name, gone in zip(names, out, strict=False) if gone)
    events = "1 event" if count == 1 else f"{count:,} events"
    notes.append(f"Left out {events} of types that the mapping leaves out: {which}.")
    return made, left_out


def _unknown(types: Mapped[str, str | None], names: set[str]) -> list[str]:
    notes = []
    for name in sorted(set(types) - names):
        near = get_close_matches(name, sorted(names), n=1)
        meant = f" Do you mean {near[0]!r}?" if near else ""
        notes.append(f"The mapping names the type {name!r}, which the file has not.{meant}")
    return notes


def constant(text: str, rows: int) -> Coded:
    """A column that says the same in every row."""
    return Coded(np.zeros(rows, np.int32), np.array([text], object))
