"""Waits of many series at once (a series is a pair, a touchpoint, a step), mergeable."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np

from desireline.engine.analyses.tally import Tally
from desireline.engine.journeys import F64, I64, MICROSECONDS
from desireline.engine.kernels.waits import (
    BUCKETS,
    LOW_BITS,
    U32,
    WAIT_ERROR,
    bucket_seconds,
    buckets_of,
)

__all__ = ["WAIT_ERROR", "Wait", "Waits"]


@dataclass(frozen=True)
class Wait:
    """How long it took: number of waits, mean, median and 90th percentile in seconds.

    The mean is exact, the quantiles are within `WAIT_ERROR` of the exact ones; None without waits
    (or, for the quantiles, where they were not asked for).
    """

    n: int = 0
    mean: float | None = None
    p50: float | None = None
    p90: float | None = None


@dataclass(frozen=True, eq=False)
class Waits:
    """Counts, exact sums and histograms of waits by series; merging loses nothing."""

    total: Tally
    """By series: number of waits, sum of their low 32 bits, sum of the rest (microseconds)."""
    bucket: Tally = field(default_factory=Tally.empty)
    """By series * BUCKETS + bucket: number of waits; empty where quantiles were not asked for."""

    @classmethod
    def empty(cls) -> Self:
        """No waits."""
        return cls(Tally.empty(3))

    @classmethod
    def of(cls, series: I64, wait: I64, *, quantiles: bool = True) -> Self:
        """From waits one by one: the series (not negative) and the microseconds of each.

        Negative waits count as 0.
        """
        wait = np.maximum(wait, 0)
        ones = np.ones(len(wait), np.int64)
        total = Tally.of(series, np.column_stack([ones, wait & LOW_BITS, wait >> 32]))
        if not quantiles:
            return cls(total)
        return cls(total, Tally.of(series * BUCKETS + buckets_of(wait)))

    @classmethod
    def of_tables(cls, total: I64, histogram: U32 | None = None, rows: I64 | None = None) -> Self:
        """From what a kernel added up: `total` has a row for each series.

        So has `histogram`, unless `rows` says which series (sorted) its rows stand for.
        """
        tally = Tally.of_table(total)
        if histogram is None:
            return cls(tally)
        flat = histogram.reshape(-1)
        filled = np.flatnonzero(flat)
        key = filled
        if rows is not None:
            row, bucket = np.divmod(filled, BUCKETS)
            key = rows[row] * BUCKETS + bucket
        return cls(tally, Tally(key, flat[filled].astype(np.int64)[:, None]))

    def merge(self, other: Waits) -> Waits:
        """Both together."""
        return Waits(self.total.merge(other.total), self.bucket.merge(other.bucket))

    def regrouped(self, series: I64) -> Waits:
        """The same waits under new series, one for each of `self.series`; -1 leaves one out."""
        begins = np.searchsorted(self.bucket.key, self.series * BUCKETS)
        times = np.diff(begins, append=len(self.bucket.key))
        moved = np.repeat((series - self.series) * BUCKETS, times)
        key = np.where(np.repeat(series, times) >= 0, self.bucket.key + moved, -1)
        return Waits(self.total.regrouped(series), self.bucket.regrouped(key))

    @property
    def series(self) -> I64:
        """The series that have waits, sorted."""
        return self.total.key

    @property
    def n(self) -> I64:
        """Number of waits of each series."""
        return self.total.count[:, 0]

    def mean(self) -> F64:
        """Mean wait of each series in seconds."""
        low, high = self.total.count[:, 1], self.total.count[:, 2]
        return (high * 2.0**32 + low) / self.n / MICROSECONDS

    def quantile(self, q: float) -> F64:
        """The quantile of each series in seconds, interpolated between ranks; NaN if not asked for.

        A series with a single wait gives it exactly.
        """
        if not len(self.bucket):
            return np.full(len(self.series), np.nan)
        rank = q * (self.n - 1)
        below = np.floor(rank).astype(np.int64)
        low, high = self._at_rank(below), self._at_rank(np.minimum(below + 1, self.n - 1))
        between = low + (high - low) * (rank - below)
        return np.where(self.n == 1, self.mean(), between)

    def _at_rank(self, rank: I64) -> F64:
        before = np.concatenate([[0], np.cumsum(self.n)[:-1]])
        found = np.searchsorted(self._passed, before + rank, side="right")
        return bucket_seconds()[self.bucket.key[found] % BUCKETS]

    @cached_property
    def _passed(self) -> I64:
        passed: I64 = np.cumsum(self.bucket.count[:, 0])
        return passed

    def of_series(self, series: int) -> Wait:
        """The figures of one series."""
        return self.figures.get(series, Wait())

    @cached_property
    def figures(self) -> dict[int, Wait]:
        """The figures of each series that has waits."""
        asked = bool(len(self.bucket))
        columns = (self.series, self.n, self.mean(), self.quantile(0.5), self.quantile(0.9))
        return {
            series: Wait(n, mean, p50 if asked else None, p90 if asked else None)
            for series, n, mean, p50, p90 in zip(*(c.tolist() for c in columns), strict=True)
        }
