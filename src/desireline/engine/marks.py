"""Marks that people give: where a log has them, and what they say on a scale from -2 to +2."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import F64, Column

SCORES = (
    *("score", "rating", "stars", "nps", "csat", "ces", "grade", "mark", "review_score"),
    *("ocena", "оценка", "nota"),
)
"""Properties in which marks stand."""

MOST = 100.0
"""The highest mark there is: what goes beyond is an amount."""
ENDS = (1.0, 3.0, 5.0, 10.0, MOST)
"""Where scales end: thumbs, three faces, five stars, the question of F. F. Reichheld, percent."""
FROM_ONE = (3.0, 5.0)
"""Scales that begin with 1, unless somebody has given a 0."""


def marks(column: Column | None) -> F64 | None:
    """A column as numbers, NaN where there is none; None without a column."""
    if column is None or column.numbers is not None:
        return None if column is None else column.numbers
    assert column.codes is not None  # noqa: S101 - a Column holds one of the two
    read = np.array([*(_number(text) for text in column.values), np.nan], np.float64)
    found: F64 = read[column.codes]
    return found


def scale_of(lowest: float, highest: float) -> tuple[float, float] | None:
    """The ends of the scale on which marks from `lowest` to `highest` were given.

    None where they are no marks: an amount, or one number for all. From -2 to 2 are feelings as
    they are told here.
    """
    if lowest < 0:
        return (-2.0, 2.0) if lowest >= -2 and highest <= 2 else None
    end = next((end for end in ENDS if highest <= end), None)
    if end is None or highest == lowest:
        return None
    return (1.0 if end in FROM_ONE and lowest >= 1 else 0.0), end


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan
