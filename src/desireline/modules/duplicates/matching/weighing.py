"""What agreement is worth: the weights of Fellegi and Sunter, learned from the records alone.

A pair of records is one person, or two of one household, or two who have nothing to do with each
other. For each field and level, `m` is its share among pairs of the first kind, `h` of the second,
`u` of the third. A household shares an address, a family name, a telephone; what is personal (given
name, birth date, e-mail) agrees in it by chance alone. Without that third kind, a file with many
families would teach that given names of one person mostly differ.

Nobody tells which pairs are which. `u` is nearly what chance gives, since almost all pairs are
strangers; the rest follows by expectation and maximisation over the candidates, and a pair that is
no candidate counts as strangers.

Sources: Fellegi and Sunter, "A theory for record linkage", 1969; Dempster, Laird and Rubin, 1977;
Winkler, "Using the EM algorithm for weight computation in the Fellegi-Sunter model", 1988, and, for
the three classes, "Improved decision rules in the Fellegi-Sunter model of record linkage", 1993.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.journeys import F64, U8, Bools
from desireline.modules.duplicates.matching.comparing import LEVELS, Level
from desireline.modules.duplicates.matching.patterns import Compared, compared
from desireline.modules.duplicates.matching.records import Records

SAMPLE = 200_000
"""Pairs by chance, from which `u` of all levels but SAME is taken."""
SEED = 7
ROUNDS = 100
STILL = 1e-5
EXPECTED = np.array([0.0, 0.05, 0.05, 0.1, 0.8])
"""What is believed of matches before any is seen, by level."""
BELIEF = 20.0
"""How many matches that belief is worth: few matches in a file do not make wild weights."""
MOST_DIFFERENT = 1 / 3
"""One person's records differ in a field no oftener; a class that does is something else."""
RARE = 0.5
"""No value is believed to be rarer than half a record in the file."""


@dataclass(frozen=True, eq=False)
class Model:
    """What is known of pairs: `m`, `h` and `u` by field and level, and the shares of two kinds."""

    fields: tuple[str, ...]
    m: F64
    h: F64
    u: F64
    share: float
    """One person, among all pairs of records."""
    kin: float
    """Two persons of one household, among all pairs."""

    @property
    def prior(self) -> float:
        """The odds, in bits, that two records taken by chance are one person: far below 0."""
        return float(np.log2(self.share / (1 - self.share - self.kin)))

    @property
    def prior_of_kin(self) -> float:
        """The odds, in bits, of one household against strangers."""
        return float(np.log2(self.kin / (1 - self.share - self.kin)))


def learned(records: Records, candidates: Compared) -> Model:
    """The model of records, by their candidate pairs."""
    columns = records.columns.values()
    personal = np.array([column.field.personal for column in columns], np.bool_)
    learner = _Learner(chance_of(records), personal, records.n, candidates)
    model = learner.first()
    for _ in range(ROUNDS):
        after = learner.next(model)
        moved = float(np.abs(after.m - model.m).max(initial=0))
        model = after
        if moved < STILL:
            break
    return model


def bits_of(shares: F64, others: F64) -> F64:
    """By field and level how many bits speak for the first; none for a field that says nothing.

    What agrees better never counts less: where few pairs have a level, chance would say so.
    """
    bits: F64 = np.log2(np.where(shares > 0, shares, 1) / np.where(others > 0, others, 1))
    bits[:, Level.UNSAID] = 0.0
    bits[:, Level.DIFFERENT :] = np.maximum.accumulate(bits[:, Level.DIFFERENT :], axis=1)
    return bits


def summed(bits: F64, levels: U8) -> F64:
    """The bits of each row of levels, over its fields."""
    found = np.zeros(len(levels))
    for field in range(levels.shape[1]):
        found += bits[field, levels[:, field]]
    return found


def chance_of(records: Records) -> F64:
    """The share of each level among all pairs where both say something, by field.

    For SAME exactly, from the frequencies of the values; for the others from pairs by chance.
    """
    rng = np.random.default_rng(SEED)
    a, b = rng.integers(0, max(records.n, 1), (2, SAMPLE))
    apart = a != b
    levels = compared(records, a[apart], b[apart]).levels
    shares = np.zeros((len(records.columns), LEVELS))
    for row, column in enumerate(records.columns.values()):
        said = int(column.present.sum())
        often = column.frequencies.astype(np.float64)
        same = float((often * (often - 1)).sum()) / max(said * (said - 1), 1)
        counts = np.bincount(levels[:, row], minlength=LEVELS)[Level.DIFFERENT : Level.SAME]
        shares[row, Level.DIFFERENT : Level.SAME] = counts / max(counts.sum(), 1) * (1 - same)
        shares[row, Level.SAME] = same
    return shares


@dataclass(eq=False)
class _Learner:
    """Expectation and maximisation over the different rows of levels, and how often each is."""

    chance: F64
    personal: Bools
    n: int
    candidates: Compared

    def __post_init__(self) -> None:
        self.rows, often, _ = self.candidates.tally()
        self.often = often.astype(np.float64)
        self.pairs = max(self.n * (self.n - 1) / 2, 1.0)
        self.floor = RARE / max(self.n, 2)

    def first(self) -> Model:
        """What is believed before anything is seen."""
        u = np.maximum(self.chance, self.floor)
        believed = np.broadcast_to(EXPECTED, u.shape)
        h = np.where(self.personal[:, None], u, believed)
        few = 0.1 / max(self.n, 2)
        return Model(self.candidates.fields, believed, h, u, few, few)

    def next(self, model: Model) -> Model:
        """The model that fits best to what the one before expects of each pair."""
        match = model.prior + summed(bits_of(model.m, model.u), self.rows)
        kin = model.prior_of_kin + summed(bits_of(model.h, model.u), self.rows)
        whole = np.logaddexp2(np.logaddexp2(match, kin), 0.0)
        matches = np.exp2(match - whole) * self.often
        kinship = np.exp2(kin - whole) * self.often
        share, kin_share = (self._share(weights) for weights in (matches, kinship))
        met, met_kin = self._met(matches), self._met(kinship)
        u = self._less(met, met_kin, share, kin_share)
        m = _tempered(_mixed(met, EXPECTED))
        h = np.where(self.personal[:, None], u, _mixed(met_kin, EXPECTED))
        return Model(model.fields, m, h, u, share, kin_share)

    def _share(self, weights: F64) -> float:
        return min(max(float(weights.sum()), RARE) / self.pairs, 0.3)

    def _met(self, weights: F64) -> F64:
        """How often each level is expected among pairs of one kind, by field."""
        fields = range(self.rows.shape[1])
        counted = [np.bincount(self.rows[:, f], weights, LEVELS) for f in fields]
        found = np.array(counted, np.float64).reshape(-1, LEVELS)
        found[:, Level.UNSAID] = 0.0
        return found

    def _less(self, met: F64, met_kin: F64, share: float, kin: float) -> F64:
        """What chance gives, without the pairs of the other kinds that are among all pairs."""
        others = share * _shares(met) + kin * _shares(met_kin)
        found: F64 = np.maximum((self.chance - others) / (1 - share - kin), self.floor)
        return found


def _shares(counts: F64) -> F64:
    found: F64 = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-9)
    return found


def _mixed(counts: F64, believed: F64) -> F64:
    """The shares of counts, as if some had been seen before as is believed."""
    found: F64 = _shares(counts + BELIEF * believed)
    return found


def _tempered(m: F64) -> F64:
    """The same, with no field that differs oftener than one person's records do."""
    different = m[:, Level.DIFFERENT]
    capped = np.minimum(different, MOST_DIFFERENT)
    found = m * ((1 - capped) / np.maximum(1 - different, 1e-9))[:, None]
    found[:, Level.DIFFERENT] = capped
    return found
