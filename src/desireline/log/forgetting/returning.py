"""Facts about persons who were erased: what is older is refused, what is newer begins anew.

What cannot be read, so that nobody knows when it was, is not kept where it names one of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from desireline.log.appending.memory import Memory
from desireline.log.drafting import Draft
from desireline.log.forgetting.tombstones import REFUSED, UNREAD
from desireline.log.naming.identifiers import Name
from desireline.log.rejecting import Reject
from desireline.log.segments.mentioning import names_in

Id = TypeVar("Id", bound=Hashable)


def refuse_erased(
    tx: Connection, what: Sequence[Draft | Reject], fresh: dict[Id, int], memory: Memory
) -> Sequence[Draft | Reject]:
    """The same, with a reject for each draft that tells of an erased person's time before.

    One that names several counts for each of them: whoever else it names, it names the erased one.
    `fresh` (where the new ids are) loses them. To be called where anybody was ever erased: costs a
    look into a set for each identifier that `memory` does not know, and nothing for others.
    """
    named = {place: names_in(one.body) for place, one in enumerate(what) if type(one) is Reject}
    names = {name for place in fresh.values() for name in _names(what[place])}
    erased = memory.erased_at(tx, names.union(*named.values()))
    if not erased:
        return what
    if gone := {place for place, told in named.items() if not told.isdisjoint(erased)}:
        what = [UNREAD if place in gone else one for place, one in enumerate(what)]
    old = {id_ for id_, place in fresh.items() if _is_old(what[place], erased)}
    for id_ in old:
        del fresh[id_]
    return [REFUSED if type(one) is Draft and one.id in old else one for one in what]


def _names(one: Draft | Reject) -> tuple[Name, ...]:
    return one.names if type(one) is Draft else ()


def _is_old(one: Draft | Reject, erased: Mapping[Name, int]) -> bool:
    if type(one) is not Draft:
        return False
    at = one.columns[0]
    return any(name in erased and at <= erased[name] for name in one.names)
