"""How much is done in one transaction: as much as others who write can wait for."""

from __future__ import annotations

MOST_SECONDS = 0.01
"""Of a processor, in one transaction, as far as that can be foreseen: on SQLite senders wait."""
FIRST_ROWS, LEAST_ROWS = 250, 25
"""Before it is known what a row costs, and however much it costs: a transaction has its price."""
GROWTH = 2
LEAST_SECONDS = 1e-6


class Pace:
    """How many rows the next transaction takes, by what the last one cost."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._rows = min(FIRST_ROWS, most)

    def rows(self) -> int:
        """At least one."""
        return self._rows

    def learn(self, rows: int, seconds: float) -> None:
        """So many rows took so many seconds of a processor. It grows slowly, and falls at once."""
        fit = int(rows * MOST_SECONDS / max(seconds, LEAST_SECONDS))
        self._rows = min(max(LEAST_ROWS, min(fit, self._rows * GROWTH)), self._most)
