"""The timeline of an account: those of its members, merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desireline.modules.people.facade import Asked, Mark, PeopleBook, TimelineList


def timeline_of(people: PeopleBook, persons: Sequence[int], asked: Asked) -> TimelineList:
    """A page of all that happened with the persons, in one order.

    Each one's page begins behind the same mark, so the first entries of all are the first of the
    whole; a page that was cut short ends where the shortest was cut.
    """
    if not persons:
        return TimelineList(person=0, entries=[], next=None)
    mark = Mark.read(asked.after) if asked.after else None
    wanted = asked.wanted()
    pages = [people.timeline(person, wanted, asked.limit, mark) for person in persons]
    newest = wanted.newest_first
    cuts = [one.page.next.key for one in pages if one.page.next is not None]
    end = (max(cuts) if newest else min(cuts)) if cuts else None
    entries = sorted(
        (entry for one in pages for entry in one.page.entries),
        key=lambda entry: entry.key,
        reverse=newest,
    )
    if end is not None:
        entries = [e for e in entries if (e.key >= end if newest else e.key <= end)]
    shown = entries[: asked.limit]
    more = len(entries) > len(shown)
    cut = [one.page.next for one in pages if one.page.next is not None]
    last = next((one for one in cut if one.key == end), None)
    after = _behind(shown[-1]) if more else last
    names = {number: name for one in pages for number, name in one.names.items()}
    first = pages[0]
    whole = replace(first, page=replace(first.page, entries=shown, next=after), names=names)
    return TimelineList.of(whole)


def _behind(entry: Any) -> Mark:
    """The mark behind an entry; a visit, which folds several looks, is marked as one."""
    return Mark(entry.key, "v" if hasattr(entry, "looks") else "")
