"""Entries of a timeline as they are sent and printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine.analyses.times import iso
from desireline.kit.ids import from_halves
from desireline.modules.people.departments import department_of
from desireline.modules.people.happenings import Entry, Happening, Joining, Visit
from desireline.modules.people.service import Happened, Names

SECOND = 1_000_000
MOST_SEEN = 10
MOST_ATTACHMENTS = 50


class Attachment(BaseModel):
    """A document that belongs to an event: where it lies, or the hash that it is known by."""

    name: str
    url: str | None = None
    sha256: str | None = None
    type: str | None = None
    bytes: int | None = None


class Seen(BaseModel):
    """What was looked at in a visit, and how many times."""

    what: str
    n: int


class Subject(BaseModel):
    """An identifier and its number in the log."""

    subject: int
    kind: str
    value: str


class TimelineEntry(BaseModel):
    """An event, a visit that folds many, or a link between identifiers."""

    what: Literal["event", "visit", "link"]
    at: str
    type: str
    channel: str = ""
    department: str = ""
    direction: str = ""
    actor: str = ""
    id: Annotated[str | None, Field(description="Of the event.")] = None
    position: Annotated[int | None, Field(description="Of the event in the log.")] = None
    by: Annotated[
        list[Subject],
        Field(description="Whose it is; of a link or a merge, both ends that are not erased."),
    ] = []
    value: float | None = None
    currency: str | None = None
    properties: dict[str, Any] = {}
    attachments: list[Attachment] = []
    count: Annotated[int, Field(description="Events in this entry.")] = 1
    until: Annotated[str | None, Field(description="Of a visit: when it ended.")] = None
    duration_seconds: float | None = None
    seen: Annotated[list[Seen], Field(description="Of a visit: most often looked at.")] = []
    evidence: Annotated[str | None, Field(description="Of a link: why.")] = None


class TimelineList(BaseModel):
    """A page of a timeline; `next` is where the following one begins, null where none does."""

    person: int
    entries: list[TimelineEntry]
    next: str | None

    @classmethod
    def of(cls, found: Happened) -> TimelineList:
        """The wire shape."""
        entries = [entry_of(one, found.names) for one in found.page.entries]
        mark = found.page.next
        return cls(person=found.person, entries=entries, next=None if mark is None else str(mark))


def entry_of(entry: Entry, names: Names) -> TimelineEntry:
    """The wire shape of an entry."""
    if isinstance(entry, Visit):
        return _visit(entry)
    if isinstance(entry, Joining):
        return _link(entry, names)
    return _event(entry, names)


def attachments_in(properties: Mapping[str, Any]) -> list[Attachment]:
    """The documents that an event names under `attachments`; what is none stays a property."""
    told = properties.get("attachments")
    found = []
    for one in told[:MOST_ATTACHMENTS] if isinstance(told, list) else []:
        if isinstance(one, dict) and isinstance(one.get("name"), str):
            texts = {n: v for n in ("url", "sha256", "type") if isinstance(v := one.get(n), str)}
            size = one.get("bytes")
            whole = size if isinstance(size, int) and not isinstance(size, bool) else None
            found.append(Attachment(name=one["name"], bytes=whole, **texts))
    return found


def looked_at(one: Happening) -> str:
    """What a look was at: the path or the name of a page, the product, the search."""
    properties, page = one.properties, one.context.get("page")
    inner = page if isinstance(page, dict) else {}
    told = (
        *(properties.get(name) for name in ("path", "query", "name", "product", "title", "url")),
        *(inner.get(name) for name in ("path", "title", "url")),
    )
    return next((text for text in told if isinstance(text, str) and text), one.row.type)[:200]


def _event(one: Happening, names: Names) -> TimelineEntry:
    row = one.row
    attachments = attachments_in(one.properties)
    elsewhere = {"attachments"} if attachments else set()
    ends = [row.subject]
    if one.other is not None:
        elsewhere |= {"subject", "other"}
        ends += [one.other] if one.other in names else []
    properties = {n: v for n, v in one.properties.items() if n not in elsewhere}
    return TimelineEntry(
        what="event",
        at=iso(row.at),
        type=row.type,
        channel=row.channel,
        department=one.department,
        direction=row.direction,
        actor=row.actor,
        id=str(from_halves(row.id_hi, row.id_lo)),
        position=row.position,
        by=[_subject(number, names) for number in ends],
        value=row.value,
        currency=row.currency,
        properties=properties,
        attachments=attachments,
    )


def _visit(visit: Visit) -> TimelineEntry:
    begin = visit.key[0]
    seen = Counter(looked_at(one) for one in sorted(visit.looks, key=lambda one: one.key))
    return TimelineEntry(
        what="visit",
        at=iso(begin),
        type="visit",
        channel=visit.channel,
        department=department_of("visit", visit.channel, {}),
        direction="inbound",
        position=visit.key[1],
        count=len(visit.looks),
        until=iso(visit.last_at),
        duration_seconds=(visit.last_at - begin) / SECOND,
        seen=[Seen(what=what, n=n) for what, n in seen.most_common(MOST_SEEN)],
    )


def _link(one: Joining, names: Names) -> TimelineEntry:
    return TimelineEntry(
        what="link",
        at=iso(one.key[0]),
        type=one.what,
        by=[_subject(number, names) for number in one.ends],
        evidence=one.evidence,
    )


def _subject(number: int, names: Names) -> Subject:
    kind, value = names.get(number, ("", ""))
    return Subject(subject=number, kind=kind, value=value)
