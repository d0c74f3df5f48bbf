"""Which persons an index has: all of them, or the share of one machine among several."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.engine.journeys import I64, Bools


@dataclass(frozen=True, slots=True)
class Share:
    """The persons whose number divided by `of` leaves `shard`."""

    shard: int
    of: int

    @property
    def is_all(self) -> bool:
        """Whether that is everybody."""
        return self.of == 1

    def has(self, persons: I64) -> Bools:
        """Which of some persons are in it."""
        theirs: Bools = persons % self.of == self.shard
        return theirs


ALL = Share(0, 1)
