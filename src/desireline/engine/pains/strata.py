"""Visits sorted into strata of like ones: same place, from where, by which channels, how far."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from desireline.engine.journeys import I64, Bools
from desireline.engine.pains.signals import Signal
from desireline.engine.pains.visits import Met, Rows, Visits

FAR = 4
"""How far a journey has come: 0, 1, 2 to 3, 4 and more touchpoints."""
DENSE = 16
"""Room for so many keys a visit is worth not sorting (290,000 visits: 3 ms, not 25)."""
_BITS = np.array([0, 1, 2, 2, *[3] * 12], np.int64)


@dataclass(frozen=True)
class Keys:
    """Strata as numbers."""

    touchpoints: int
    channels: int

    def of(self, *stratum: I64 | int) -> I64:
        """The number of (touchpoint, origin, first channel, channel, far, had)."""
        t, origin, enters, channel, far, had = stratum
        key: Any = (t * (self.touchpoints + 1) + origin + 1) * self.channels + enters
        found: I64 = ((key * self.channels + channel) * FAR + far) * 2 + had
        return found

    def apart(self, key: I64) -> tuple[I64, I64, I64, I64, I64, I64]:
        """The other way round."""
        key, had = np.divmod(key, 2)
        key, far = np.divmod(key, FAR)
        key, channel = np.divmod(key, self.channels)
        key, enters = np.divmod(key, self.channels)
        t, origin = np.divmod(key, self.touchpoints + 1)
        return t, origin - 1, enters, channel, far, had

    def recoded(self, key: I64, place: I64, channels: int) -> I64:
        """The same strata with so many channels, each at its new place."""
        t, origin, enters, channel, far, had = self.apart(key)
        new = Keys(self.touchpoints, channels)
        return new.of(t, origin, place[enters], place[channel], far, had)


class Sorted(NamedTuple):
    """The visits that one signal is judged at."""

    strata: I64
    """Distinct and rising; some may have no visits."""
    which: I64
    """Of each row its stratum, as an index of these."""
    rows: Rows
    may: Bools
    """Of each row whether it is judged at all; if not, the rest says nothing."""
    has: Bools
    good: Bools
    """Whether it ends well."""


class Sorting:
    """The strata of a shard's visits."""

    def __init__(self, found: Visits, touchpoints: int) -> None:
        self.found, self.log = found, found.told.log
        held, n = self.log.channel, len(self.log.time)
        self.channel: I64 = np.zeros(n, np.int64) if held is None else held.astype(np.int64)
        self.keys = Keys(touchpoints, len(self.log.channels))
        first = np.minimum(self.log.offset[:-1], max(n - 1, 0))
        self.enters = self.channel[first] if n else np.zeros(len(self.log), np.int64)

    def of(self, signal: Signal, met: Met) -> Sorted:
        """The visits that a signal could be met at."""
        may = np.ones(len(met.rows), np.bool_) if met.may is None else met.may
        if signal == "switch":
            # Like ones began by the same channel: the one they are on now is what is asked.
            enters = self.enters[met.rows["journey"]]
            keys = self._keys(met.rows, met.origin, channel=enters)
        elif met.origin is None:
            strata, which, good = self._first
            return Sorted(strata, which, met.rows, may, met.has, good)
        else:
            keys = self._keys(met.rows, met.origin, apart=signal != "loop")
        return Sorted(*numbered(keys), met.rows, may, met.has, ends_well(met.rows))

    def _keys(
        self,
        rows: Rows,
        origin: I64 | int | None,
        *,
        apart: bool = True,
        channel: I64 | None = None,
    ) -> I64:
        far = _BITS[np.minimum(rows["seen"], len(_BITS) - 1)]
        came_from = rows["came_from"].astype(np.int64) if origin is None else origin
        return self.keys.of(
            rows["touchpoint"].astype(np.int64), came_from, self.enters[rows["journey"]],
            self.channel[rows["at"]] if channel is None else channel, far if apart else 0,
            rows["had"].astype(np.int64),
        )  # fmt: skip

    @cached_property
    def _first(self) -> tuple[I64, I64, Bools]:
        """Of the first visits: the distinct strata, which one each is in, how each ends."""
        rows = self.found.first
        keys = self._keys(rows, None)
        return *numbered(keys), ends_well(rows)


def ends_well(rows: Rows) -> Bools:
    """Before the outcome, that it comes; after it, that the customer lives on."""
    good: Bools = np.where(rows["had"], rows["lives_on"], rows["reaches"])
    return good


def numbered(keys: I64) -> tuple[I64, I64]:
    """The distinct keys, rising, and of each key which of them it is. Keys are 0 or more."""
    most = int(keys.max(initial=-1)) + 1
    if most > DENSE * len(keys):
        distinct, which = np.unique(keys, return_inverse=True)
        return distinct, which
    there = np.zeros(most, np.bool_)
    there[keys] = True
    found = np.flatnonzero(there)
    place = np.empty(most, np.int64)
    place[found] = np.arange(len(found))
    return found, place[keys]
