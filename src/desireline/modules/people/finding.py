"""Which person is meant: by number, or by an identifier with its kind."""

from __future__ import annotations

from sqlalchemy import Connection, select

from desireline.log.naming.identifiers import spelled
from desireline.log.naming.subjects import find_numbers
from desireline.log.rejecting import Unfit
from desireline.log.tables import subject
from desireline.modules.people.errors import PersonUnknown, PersonUnnamed

MOST = 2**63 - 1
HINT = "Say a number, or a kind and a value: email:ann@example.com, user_id:4711."


def find_person(tx: Connection, text: str, country: str = "") -> int:
    """The subject that a text names: `17`, or `email:ann@example.com`.

    A phone may be written as people dial it in `country`, two letters; empty: only with its code.
    It is the subject that was named, not the person it belongs to by now: `subjects_of` of
    `log.identity.people` gives all of that person. Raises PersonUnknown, PersonUnnamed.
    """
    if text.isascii() and text.isdigit():
        return _by_number(tx, text)
    kind, colon, value = text.partition(":")
    if not colon or not kind:
        raise PersonUnnamed(f"{text[:80]!r} names no person.", hint=HINT)
    try:
        name = (kind, spelled(kind, value, country))
    except Unfit as wrong:
        raise PersonUnnamed(f"{text[:80]!r} names no person: {wrong}", hint=HINT) from wrong
    found = find_numbers(tx, [name]).get(name)
    if found is None:
        raise PersonUnknown(
            f"Nobody in the log has the {kind} {name[1][:80]!r}.",
            hint="Search for a part of it: /v1/persons?search=...",
        )
    return found


def _by_number(tx: Connection, text: str) -> int:
    number = int(text)
    there = (
        number <= MOST and tx.execute(select(subject.c.id).where(subject.c.id == number)).first()
    )
    if not there:
        raise PersonUnknown(
            f"There is no person {text[:80]} in the log.",
            hint="It may have been erased; numbers are not given twice.",
        )
    return number
