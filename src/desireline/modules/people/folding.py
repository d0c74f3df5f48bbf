"""Folds a stream of events into entries, in either direction, one page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from desireline.modules.people.happenings import Entry, Happening, Key, Visit


@dataclass(slots=True)
class Fold:
    """Takes events one after the other, rising or falling, and makes entries of them."""

    newest_first: bool
    unfold: bool = False
    entries: list[Entry] = field(default_factory=list)
    _open: dict[str, Visit] = field(default_factory=dict)

    def begin_in(self, visits: Iterable[Visit]) -> None:
        """The page begins amid these visits.

        Rising, they were shown by the page before; falling, they are shown by this one if they go
        on in it.
        """
        for visit in visits:
            self._open[visit.channel] = visit
            visit.is_elsewhere = True

    def take(self, one: Happening) -> None:
        """The next event."""
        self._close(one.row.at)
        if self.unfold or not one.is_looking:
            self.entries.append(one)
            return
        visit = self._open.get(one.row.channel)
        if visit is None:
            visit = self._open[one.row.channel] = Visit(one.row.channel)
            self.entries.append(visit)
        elif visit.is_elsewhere and self.newest_first:
            visit.is_elsewhere = False
            self.entries.append(visit)
        visit.looks.append(one)

    def end(self) -> None:
        """No more events come."""
        for visit in self._open.values():
            visit.is_open = False
        self._open.clear()

    def first(self, limit: int) -> list[Entry]:
        """So many entries, in their order."""
        ordered = sorted(self.entries, key=_key, reverse=self.newest_first)
        return ordered[:limit]

    def is_settled(self, limit: int) -> bool:
        """Whether no event that is yet to come can change the first so many entries."""
        if len(self.entries) < limit:
            return False
        return not any(isinstance(one, Visit) and one.is_open for one in self.first(limit))

    def _close(self, at: int) -> None:
        for channel, visit in list(self._open.items()):
            if not visit.is_near(at):
                visit.is_open = False
                del self._open[channel]


def _key(entry: Entry) -> Key:
    return entry.key
