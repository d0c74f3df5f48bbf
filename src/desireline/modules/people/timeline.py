"""The timeline of a person: one page of it, in either direction, stable while events arrive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desireline.log.segments.reading import LogReader
from desireline.modules.people.departments import DEPARTMENTS
from desireline.modules.people.errors import FilterUnknown, PageTurned
from desireline.modules.people.folding import Fold
from desireline.modules.people.happenings import (
    VISIT_GAP,
    Entry,
    Happening,
    Joining,
    Key,
    Visit,
)

AT_ONCE = 300
"""Events read at a time: a page of 100 entries mostly needs no more than one or two readings."""
MOST_READ = 20_000
"""Events that one page reads at most; where a filter lets few through, the page is then shorter."""
END = 1 << 62


@dataclass(frozen=True, slots=True)
class Wanted:
    """What part of a timeline is asked for; all of it, newest first, if nothing is said."""

    newest_first: bool = True
    unfold: bool = False
    channels: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    start: int | None = None
    stop: int | None = None
    """Microseconds; `start` is within, `stop` is not."""

    def __post_init__(self) -> None:
        unknown = self.departments - set(DEPARTMENTS)
        if unknown:
            raise FilterUnknown(
                f"There is no department {min(unknown)[:80]!r}.",
                hint=f"Ask for {', '.join(DEPARTMENTS)}.",
            )

    def lets(self, one: Happening) -> bool:
        """Whether an event is asked for, whenever it was."""
        row = one.row
        return (
            (not self.channels or row.channel in self.channels)
            and (not self.types or row.type in self.types)
            and (not self.departments or one.department in self.departments)
        )

    def lets_joining(self, one: Joining) -> bool:
        """Whether a link of identifiers is asked for, whenever it was: it has no channel."""
        if self.channels or self.departments:
            return False
        return not self.types or one.what in self.types

    def is_within(self, at: int) -> bool:
        """Whether a time is asked for."""
        return (self.start is None or at >= self.start) and (self.stop is None or at < self.stop)


ENTRY, VISIT, CUT = "", "v", "c"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page ended: the key of its last entry, and what that was.

    `CUT` is the last event that was read, where a page had to end amid whatever was there.
    """

    key: Key
    what: str = ENTRY

    def __str__(self) -> str:
        return ".".join(map(str, (*self.key, *([self.what] if self.what else []))))

    @classmethod
    def read(cls, text: str) -> Mark:
        """The mark as it was given out. Raises PageTurned."""
        parts = text.split(".")
        try:
            at, position, what = int(parts[0]), int(parts[1]), parts[2] if parts[2:] else ENTRY
        except (ValueError, IndexError):
            at, position, what = END, END, CUT
        if parts[3:] or what not in (ENTRY, VISIT, CUT) or max(abs(at), abs(position)) >= END:
            raise PageTurned(
                f"{text[:80]!r} is no mark of a page.",
                hint="Take `next` of the page before as it is, or leave it out.",
            )
        return cls((at, position), what)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Some entries in their order, and the mark where the next page begins; None: no more."""

    entries: list[Entry]
    next: Mark | None


class Timeline:
    """The timeline of the subjects of one person."""

    def __init__(
        self,
        reader: LogReader,
        subjects: Sequence[int],
        joinings: Sequence[Joining],
        wanted: Wanted,
    ) -> None:
        self._reader, self._subjects, self._wanted = reader, subjects, wanted
        self._here = frozenset(subjects)
        self._joinings = [j for j in joinings if wanted.lets_joining(j)]

    def page(self, limit: int, mark: Mark | None = None) -> TimelinePage:
        """The next so many entries behind a mark. Raises SegmentMissing, SegmentDamaged."""
        wanted = self._wanted
        fold = Fold(wanted.newest_first, wanted.unfold)
        if mark is not None and mark.what != CUT and not wanted.unfold:
            fold.begin_in(self._visits_at(mark))
        begin = self._begin() if mark is None else mark.key
        read, last = 0, None
        for some in self._readings(begin, newest_first=wanted.newest_first):
            read += len(some)
            last = some[-1].key
            for one in some:
                if wanted.lets(one) and not self._is_twin(one):
                    fold.take(one)
            if fold.is_settled(limit + 1) or read >= MOST_READ:
                break
        else:
            last = None
        fold.end()
        fold.entries += self._joined(begin, last)
        found = fold.first(limit)
        more = len(fold.entries) > limit
        return TimelinePage(found, self._mark(found, last, more=more))

    def _is_twin(self, one: Happening) -> bool:
        """A merge is told to both; where the two are one, the first of them tells it."""
        return one.other is not None and one.other in self._here and one.row.subject > one.other

    def _mark(self, found: Sequence[Entry], last: Key | None, *, more: bool) -> Mark | None:
        if more and found:
            return Mark(found[-1].key, VISIT if isinstance(found[-1], Visit) else ENTRY)
        return None if last is None else Mark(last, CUT)

    def _begin(self) -> Key | None:
        """None is the very end, which costs no comparison of each row."""
        wanted = self._wanted
        first = wanted.stop if wanted.newest_first else wanted.start
        return None if first is None else (first, -END)

    def _readings(self, begin: Key | None, *, newest_first: bool) -> Iterator[list[Happening]]:
        """The events behind a key in the period that is asked for, some at a time."""
        after = begin
        while True:
            rows = self._reader.history_of(
                self._subjects, AT_ONCE, after, newest_first=newest_first
            )
            some = [Happening.of(row) for row in rows if self._wanted.is_within(row.at)]
            if some:
                yield some
            if len(rows) < AT_ONCE or len(some) < len(rows):
                return
            after = (rows[-1].at, rows[-1].position)

    def _joined(self, begin: Key | None, last: Key | None) -> list[Joining]:
        """Links of the time that the page has read; all that follow, where it has read the rest."""
        down = self._wanted.newest_first
        low, high = (last, begin) if down else (begin, last)
        return [
            one
            for one in self._joinings
            if self._wanted.is_within(one.key[0])
            and (low is None or low < one.key)
            and (high is None or one.key < high)
        ]

    def _visits_at(self, mark: Mark) -> list[Visit]:
        """The visits that lie on both sides of a mark, as far as they are on its other side.

        Of each channel the events nearest to the mark, and on from there while no rest is long.
        """
        found: dict[str, Visit] = {}
        nearest: set[str] = set()
        back = not self._wanted.newest_first
        inclusive = (mark.key[0], mark.key[1] + (1 if back else -1))
        for some in self._readings(inclusive, newest_first=back):
            for one in some:
                if not (one.is_looking and self._wanted.lets(one)):
                    continue
                channel = one.row.channel
                visit = found.get(channel)
                if visit is None and channel not in nearest:
                    nearest.add(channel)
                    if abs(one.row.at - mark.key[0]) <= VISIT_GAP:
                        visit = found[channel] = Visit(channel)
                if visit is not None and (not visit.looks or visit.is_near(one.row.at)):
                    visit.looks.append(one)
            ends = [visit.looks[-1].row.at for visit in found.values()]
            if all(abs(some[-1].row.at - at) > VISIT_GAP for at in [mark.key[0], *ends]):
                break
        return [self._turned(v) for v in found.values() if not self._was_shown(v, mark)]

    def _was_shown(self, visit: Visit, mark: Mark) -> bool:
        """Falling: the page before ended with this very visit."""
        return self._wanted.newest_first and mark.what == VISIT and visit.looks[0].key == mark.key

    def _turned(self, visit: Visit) -> Visit:
        """Met while looking back from the mark; the page goes on in the other direction."""
        visit.looks.reverse()
        return visit
