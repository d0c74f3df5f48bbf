"""Finds pairs of records that are probably one person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.journeys import F64, I64
from desireline.modules.duplicates.matching.blocking import Candidates, candidates_of
from desireline.modules.duplicates.matching.comparing import Level
from desireline.modules.duplicates.matching.patterns import Compared, compared
from desireline.modules.duplicates.matching.records import Records
from desireline.modules.duplicates.matching.weighing import Model, bits_of, learned, summed

THRESHOLD = 0.95
"""A pair is suggested from this probability on."""
RARE = 0.5
LOUDEST = 60.0
"""Bits beyond which a probability is 0 or 1 to a float's eye."""


@dataclass(frozen=True, eq=False)
class Found:
    """Pairs that are probably one person, best first."""

    a: I64
    b: I64
    bits: F64
    """The odds of each pair; 0 is even, each bit doubles them."""
    compared: Compared
    weights: F64
    """What each field adds to the odds, by pair and field."""
    kin_bits: F64
    """What is taken off each, since two of one household would agree as well."""
    model: Model
    candidates: int
    """Pairs that were compared."""
    blocks_left: int
    """Blocks of candidates that were too large, and left to the other passes."""

    @property
    def probability(self) -> F64:
        """How probable it is that the two are one person."""
        return probability_of(self.bits)


def find(records: Records, threshold: float = THRESHOLD) -> Found:
    """The pairs that are one person with at least this probability, best first."""
    candidates = candidates_of(records)
    levels = compared(records, candidates.a, candidates.b)
    model = learned(records, levels)
    return _judged(records, candidates, levels, model, threshold)


def probability_of(bits: F64) -> F64:
    """The probability by its odds in bits."""
    found: F64 = 1 / (1 + np.exp2(-np.clip(bits, -LOUDEST, LOUDEST)))
    return found


def _judged(
    records: Records, candidates: Candidates, levels: Compared, model: Model, threshold: float
) -> Found:
    rare = _rarity(records, levels, model, candidates.a)
    fields = np.arange(len(model.fields))
    weights = bits_of(model.m, model.u)[fields, levels.levels] + rare
    personal = np.array([c.field.personal for c in records.columns.values()], np.bool_)
    match = model.prior + weights.sum(axis=1)
    # a rare street is no chance in a household, so its rarity speaks for both alike
    kin = model.prior_of_kin + summed(bits_of(model.h, model.u), levels.levels)
    kin += rare[:, ~personal].sum(axis=1)
    off = np.logaddexp2(kin, 0.0)
    bits = match - off
    keep = np.flatnonzero(probability_of(bits) >= threshold)
    keep = keep[np.argsort(-bits[keep], kind="stable")]
    return Found(
        candidates.a[keep],
        candidates.b[keep],
        bits[keep],
        levels.at(keep),
        weights[keep],
        off[keep],
        model,
        len(candidates.a),
        candidates.left,
    )


def _rarity(records: Records, levels: Compared, model: Model, a: I64) -> F64:
    """Bits by pair and field: a rare value that agrees proves more than a common one.

    Source: Winkler 1989, frequency-based matching. A value's chance is that of the other records
    that have it.
    """
    found = np.zeros(levels.levels.shape)
    for field, name in enumerate(levels.fields):
        column = records.columns[name]
        same = np.flatnonzero(levels.levels[:, field] == Level.SAME)
        codes = column.codes[a[same]]
        known = codes >= 0  # exchanged names agree across two columns: the mean is good enough
        often = np.maximum(column.frequencies[codes[known]] - 1, RARE) / column.present.sum()
        found[same[known], field] = np.log2(model.u[field, Level.SAME] / often)
    return found
