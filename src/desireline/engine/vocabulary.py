"""One vocabulary for parts that were coded apart: names in common, codes looked up by name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desireline.engine.journeys import I64

Names = tuple[str, ...]


def in_common(a: Names, b: Names) -> Names:
    """The names of both: as they stand where they are the same, else sorted.

    So the outcome does not depend on the order in which parts come together.
    """
    return a if a == b else tuple(sorted({*a, *b}))


def extended(known: Sequence[Names]) -> Names:
    """The names of all, those of the first in their places, new ones behind as they appear."""
    return tuple(dict.fromkeys(name for names in known for name in names))


def places(names: Names, among: Names) -> I64:
    """Where each of `names` stands in `among`, which has them all."""
    if names == among[: len(names)]:
        return np.arange(len(names), dtype=np.int64)
    at = {name: place for place, name in enumerate(among)}
    return np.array([at[name] for name in names], np.int64)
