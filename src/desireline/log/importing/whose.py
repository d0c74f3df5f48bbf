"""Whose events a file has: the identifiers of each row, as the log ranks and spells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from desireline.engine.journeys import I32
from desireline.formats.columns.text import Coded
from desireline.formats.event_rows.rows import EventRows
from desireline.log.identifiers import Name, add_others, ranked, spelled


@dataclass(frozen=True, slots=True, eq=False)
class Whose:
    """The identifiers of rows. Each row has the code of a set of them, strongest first."""

    sets: tuple[tuple[Name, ...], ...]
    codes: I32
    """Of each row into `sets`."""
    names: tuple[Name, ...]
    """The distinct subjects: the first of each set."""
    subject_of_set: I32
    """Of each set into `names`."""

    @property
    def subject(self) -> I32:
        """Of each row into `names`."""
        if len(self.names) == len(self.sets):
            return self.codes
        found: I32 = self.subject_of_set[self.codes]
        return found

    def others(self) -> Coded | None:
        """The column `identifiers`: what a row has beside its subject; None where no row has."""
        texts: dict[str, int] = {}
        of_set = [
            texts.setdefault(_json(found[1:]), len(texts)) if len(found) > 1 else -1
            for found in self.sets
        ]
        if not texts:
            return None
        return Coded(np.array(of_set, np.int32)[self.codes], np.array(list(texts), object))


def whose(events: EventRows, kind: str) -> Whose:
    """The identifiers of the rows of a file. `kind` is that of its case column.

    Raises Unfit where a file of the log names somebody as no event can.
    """
    values = map(str, events.whose.names.tolist())
    if events.is_export:
        sets = tuple(_identifiers(text) for text in values)
    else:
        sets = tuple(((kind, spelled(kind, value)),) for value in values)
    number: dict[Name, int] = {}
    subject_of_set = [number.setdefault(found[0], len(number)) for found in sets]
    return Whose(sets, events.whose.codes, tuple(number), np.array(subject_of_set, np.int32))


def _identifiers(text: str) -> tuple[Name, ...]:
    found: dict[str, str] = {}
    add_others(found, msgspec.json.decode(text, type=dict[str, str | int]))
    return ranked(found)


def _json(names: Sequence[Name]) -> str:
    return msgspec.json.encode(dict(names)).decode()
