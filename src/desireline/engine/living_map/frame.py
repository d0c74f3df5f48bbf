"""The time that the figures of a map are measured in."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.engine.journeys import MICROSECONDS
from desireline.engine.living_map.rhythm import SPANS


@dataclass(frozen=True, slots=True)
class Frame:
    """From the first event of the log to the moment that a map is as of, in microseconds."""

    first: int
    moment: int

    @classmethod
    def of(cls, period: tuple[int, int] | None, moment: int | None) -> Frame:
        """Of a log's period, up to the moment; the end of the log where None is told."""
        end = moment if moment is not None else (period[1] if period else 0)
        return cls(period[0] if period else end, end)

    @property
    def width(self) -> int:
        """Microseconds of one of `SPANS` spans."""
        return max(self.moment - self.first, 0) // SPANS + 1

    @property
    def spans(self) -> int:
        """How many spans there are up to the one that holds the moment."""
        return max((self.moment - self.first) // self.width + 1, 0)

    @property
    def span_seconds(self) -> float:
        """Seconds of one span."""
        return self.width / MICROSECONDS
