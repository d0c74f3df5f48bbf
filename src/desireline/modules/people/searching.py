"""Searching persons by the beginning of an identifier or of a name."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, select, tuple_

from desireline.log.tables import subject
from desireline.modules.people.errors import PageTurned, SearchUnfit
from desireline.modules.people.tables import trait
from desireline.modules.people.traits import folded

MOST_CHARACTERS = 100
LAST = "\U0010ffff"
"""No text that begins with another comes behind that one followed by this."""
NAME = "~name"
"""In marks, where a kind of identifiers would stand: it sorts behind all of them."""
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A subject that was found, and by what."""

    subject: int
    kind: str
    """Of the identifier; `name` where a trait was found."""
    value: str
    mark: tuple[str, str, int]

    @property
    def text(self) -> str:
        """The mark behind which the next page begins."""
        return urlsafe_b64encode(msgspec.json.encode(self.mark)).decode().rstrip("=")


def hits(look: Connection, text: str, after: str = "") -> Iterator[Hit]:
    """Subjects whose identifier begins with a text, by kind and value; then those of a name.

    Letters count as they are, in an e-mail address and in names without regard to capitals. Raises
    SearchUnfit, PageTurned.
    """
    begin = text.strip()
    if not begin or len(begin) > MOST_CHARACTERS:
        raise SearchUnfit(
            f"{text[:80]!r} cannot be searched for.",
            hint=f"Give the beginning of an identifier or a name, at most {MOST_CHARACTERS} signs.",
        )
    mark = _read(after) if after else ("", "", 0)
    if mark[0] != NAME:
        for kind in _kinds(look, mark[0]):
            behind = mark[1] if kind == mark[0] else ""
            yield from _of_kind(look, kind, begin.lower() if kind == "email" else begin, behind)
    yield from _named(look, folded(begin), mark if mark[0] == NAME else ("", "", 0))


def first_hits(look: Connection, text: str, limit: int, after: str = "") -> tuple[list[Hit], str]:
    """So many hits, and the mark of the next page; empty where no more come."""
    found = list(islice(hits(look, text, after), limit + 1))
    return found[:limit], found[limit - 1].text if len(found) > limit else ""


def _kinds(look: Connection, first: str) -> Iterator[str]:
    """The kinds of identifiers that there are, one jump through the index for each."""
    wanted = select(subject.c.kind).order_by(subject.c.kind).limit(1)
    kind = look.execute(wanted.where(subject.c.kind >= first)).scalar_one_or_none()
    while kind is not None:
        yield kind
        kind = look.execute(wanted.where(subject.c.kind > kind)).scalar_one_or_none()


def _of_kind(look: Connection, kind: str, begin: str, behind: str) -> Iterator[Hit]:
    value = _by_code_points(look, subject.c.value)
    wanted = select(subject.c.id, subject.c.value).where(subject.c.kind == kind)
    wanted = wanted.where(value >= begin, value < begin + LAST).order_by(value).limit(AT_ONCE)
    while True:
        rows = look.execute(wanted.where(value > behind) if behind else wanted).all()
        for row in rows:
            yield Hit(row.id, kind, row.value, (kind, row.value, 0))
        if len(rows) < AT_ONCE:
            return
        behind = rows[-1].value


def _named(look: Connection, begin: str, mark: tuple[str, str, int]) -> Iterator[Hit]:
    key = (trait.c.word, trait.c.id)
    wanted = select(trait.c.id, trait.c.subject, trait.c.word, trait.c.value)
    wanted = wanted.where(trait.c.word >= begin, trait.c.word < begin + LAST, trait.c.word != "")
    wanted = wanted.order_by(*key).limit(AT_ONCE)
    behind = mark[1:]
    while True:
        rows = look.execute(wanted.where(tuple_(*key) > behind) if behind[1] else wanted).all()
        for row in rows:
            shown = msgspec.json.decode(row.value, type=str)
            yield Hit(row.subject, "name", shown, (NAME, row.word, row.id))
        if len(rows) < AT_ONCE:
            return
        behind = (rows[-1].word, rows[-1].id)


def _by_code_points(look: Connection, column: Any) -> Any:
    """PostgreSQL sorts as the language of the machine does, which says nothing of beginnings."""
    return column if look.dialect.name == "sqlite" else column.collate("C")


def _read(mark: str) -> tuple[str, str, int]:
    try:
        padded = mark + "=" * (-len(mark) % 4)
        return msgspec.json.decode(urlsafe_b64decode(padded), type=tuple[str, str, int])
    except (ValueError, msgspec.DecodeError) as error:
        raise PageTurned(
            f"{mark[:80]!r} is no mark of a page.",
            hint="Take `next` of the page before as it is, or leave it out.",
        ) from error
