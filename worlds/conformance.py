"""Conformance: are planted deviations found, and only these?"""

from __future__ import annotations

from tests.engine.conformance.scoring import WALKS, scored

from desireline.engine.conformance.laying import KINDS
from worlds.study import FIRST_SEED, Bar, Told, share

LEAST = 0.95
ABOUT = (
    "{worlds:,} random maps of three to five stages (required, optional and repeatable "
    "touchpoints, branches, stages in any order, bounds of time), {walks:,} journeys along them in "
    "all, two of five with one deviation of a known kind at a known place "
    "(`tests/engine/conformance/planting.py`). Counted is whether each journey is said to deviate "
    "in that kind at that touchpoint."
)


def conformance_study(worlds: int) -> Told:
    """The study over so many maps."""
    scores = scored(range(FIRST_SEED, FIRST_SEED + worlds))
    kinds = tuple(KINDS.values())
    worst_recall = min(kinds, key=scores.recall)
    worst_precision = min(kinds, key=scores.precision)
    bars = [
        Bar(
            "recall of each kind at least 0.95",
            f"{scores.recall(worst_recall):.3f} at worst ({worst_recall})",
            scores.recall(worst_recall) >= LEAST,
        ),
        Bar(
            "precision of each kind at least 0.95",
            f"{scores.precision(worst_precision):.3f} at worst ({worst_precision})",
            scores.precision(worst_precision) >= LEAST,
        ),
    ]
    rows = [
        (
            kind,
            share(scores.right[kind], scores.there[kind]),
            share(scores.right[kind], scores.told[kind]),
        )
        for kind in kinds
    ]
    about = ABOUT.format(worlds=worlds, walks=worlds * WALKS)
    return Told("Conformance", about, bars, [("kind", "recall", "precision"), *rows])
