"""How long things took, for Prometheus."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from prometheus_client.core import HistogramMetricFamily
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString


class Durations(Collector):
    """A histogram that one thread adds to; `label` says by what it is kept apart, if by anything.

    Prometheus' own takes a lock twice and 4 microseconds each time; two of them were a tenth of a
    request for a single event. This one takes 0.4.
    """

    def __init__(self, name: str, says: str, bounds: Sequence[float], label: str = "") -> None:
        self._name, self._says, self._label = name, says, label
        self._bounds = tuple(bounds)
        self._counts: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}
        if not label:
            self._begin("")

    def observe(self, seconds: float, of: str = "") -> None:
        """Counts one."""
        counts = self._counts.get(of) or self._begin(of)
        counts[bisect_left(self._bounds, seconds)] += 1
        self._sums[of] += seconds

    def collect(self) -> Iterator[HistogramMetricFamily]:
        """The figures of this moment."""
        labels = [self._label] if self._label else []
        told = HistogramMetricFamily(self._name, self._says, labels=labels)
        bounds = [*map(floatToGoString, self._bounds), "+Inf"]
        for of, counts in list(self._counts.items()):
            upto = list(zip(bounds, accumulate(counts), strict=True))
            told.add_metric([of] if labels else [], upto, self._sums[of])
        yield told

    def _begin(self, of: str) -> list[int]:
        self._sums[of] = 0.0
        return self._counts.setdefault(of, [0] * (len(self._bounds) + 1))
