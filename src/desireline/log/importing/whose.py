"""Whose events a file has: the identifiers of each row, as the log ranks and spells them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np

from desireline.engine.journeys import I32, I64
from desireline.formats.columns.text import Coded
from desireline.formats.event_rows.rows import EventRows
from desireline.kit.foreign_words import PREVIOUS_ID
from desireline.log.naming.identifiers import Name, add_others, named_by, ranked, spelled


@dataclass(frozen=True, slots=True, eq=False)
class Subjects:
    """Distinct identifiers in the order of kind and value, so that their numbers ascend, too."""

    values: Sequence[str]
    kinds: Mapping[str, tuple[int, int]]
    """Where the values of each kind begin and end."""

    def __len__(self) -> int:
        return len(self.values)

    def said(self) -> Iterable[str]:
        """Each as one text."""
        for kind, (begin, end) in self.kinds.items():
            yield from (f"{kind}\0{value}" for value in self.values[begin:end])

    def by_kind(self, places: I64) -> dict[str, list[str]]:
        """The values at ascending places."""
        found = {}
        for kind, (begin, end) in self.kinds.items():
            here = places[np.searchsorted(places, begin) : np.searchsorted(places, end)]
            if len(here):
                found[kind] = [self.values[place] for place in here.tolist()]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Whose:
    """The identifiers of the rows of a file."""

    subjects: Subjects
    subject: I32
    """Of each row, the place of its strongest identifier."""
    sets: Sequence[tuple[Name, ...]] = ()
    """All identifiers of a row, strongest first, where any row has more than one."""
    set_of: I32 | None = None
    """Of each row into `sets`."""
    earlier: Mapping[int, Name] = field(default_factory=dict)
    """Of a place in `sets`, an account that the same person had before: `PREVIOUS_ID`."""

    @property
    def set_of_row(self) -> I32:
        """Of each row the place of its identifiers in what `names` gives."""
        return self.subject if self.set_of is None else self.set_of

    @property
    def set_count(self) -> int:
        """How many different sets of identifiers rows have."""
        return len(self.subjects) if self.set_of is None else len(self.sets)

    def names(self) -> Iterator[tuple[Name, ...]]:
        """The identifiers of each set, strongest first."""
        if self.set_of is not None:
            yield from self.sets
            return
        for kind, (begin, end) in self.subjects.kinds.items():
            yield from (((kind, value),) for value in self.subjects.values[begin:end])

    def others(self) -> Coded | None:
        """The column `identifiers`: what a row has beside its subject; None where no row has."""
        if self.set_of is None:
            return None
        texts: dict[str, int] = {}
        of_set = [
            texts.setdefault(_json(found[1:]), len(texts)) if len(found) > 1 else -1
            for found in self.sets
        ]
        return Coded(np.array(of_set, np.int32)[self.set_of], np.array(list(texts), object))


def whose(events: EventRows, country: str = "") -> Whose:
    """The identifiers of the rows of a file. Raises Unfit where one is none.

    `country` is that of telephone numbers without one. What names nobody (`null`) is left out where
    a row has another identifier; alone it stays: whoever says that a column names customers is
    taken at their word, also where their first customer has the number 0.
    """
    values = map(str, events.whose.names.tolist())
    codes = events.whose.codes
    if events.names_several:
        told = [_identifiers(text, country) for text in values]
        sets = [found for found, _ in told]
        earlier = {i: name for i, (found, name) in enumerate(told) if name and name != found[0]}
        subjects, place = _arranged([found[0] for found in sets])
        several = earlier or any(len(found) > 1 for found in sets)
        return Whose(subjects, place[codes], *((sets, codes, earlier) if several else ()))
    (kind,) = events.who
    subjects, place = _arranged_values(kind, [spelled(kind, value, country) for value in values])
    return Whose(subjects, place[codes])


def _arranged(names: Sequence[Name]) -> tuple[Subjects, I32]:
    """The distinct names in order, and the place of each."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, value in names:
        by_kind[kind].add(value)
    values: list[str] = []
    kinds = {}
    for kind in sorted(by_kind):
        begin = len(values)
        values += sorted(by_kind[kind])
        kinds[kind] = begin, len(values)
    place = {
        (kind, value): begin + i
        for kind, (begin, end) in kinds.items()
        for i, value in enumerate(values[begin:end])
    }
    return Subjects(values, kinds), np.array([place[name] for name in names], np.int32)


def _arranged_values(kind: str, values: Sequence[str]) -> tuple[Subjects, I32]:
    """As `_arranged`, for a million names of one kind; most files have each of them once."""
    order = sorted(range(len(values)), key=values.__getitem__)
    in_order = [values[i] for i in order]
    begins = np.array([a != b for a, b in zip(in_order, [None, *in_order], strict=False)], np.bool_)
    place = np.empty(len(values), np.int32)
    place[order] = np.cumsum(begins) - 1
    distinct = [value for value, is_new in zip(in_order, begins.tolist(), strict=True) if is_new]
    return Subjects(distinct, {kind: (0, len(distinct))}), place


def _identifiers(text: str, country: str) -> tuple[tuple[Name, ...], Name | None]:
    """All names of a row, strongest first; and an account that the person had before."""
    found: dict[str, str] = {}
    add_others(found, msgspec.json.decode(text, type=dict[str, str | int]), country)
    named, _ = named_by(found)
    before = named.pop(PREVIOUS_ID, None)
    said = found.pop(PREVIOUS_ID, before)
    names = ranked(named or found or {"user_id": str(said)})
    return names, None if before is None else ("user_id", before)


def _json(names: Sequence[Name]) -> str:
    return msgspec.json.encode(dict(names)).decode()
