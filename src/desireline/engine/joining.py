"""Several parts as one: what a question about all persons at once needs, and a tidy index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.building import narrow_codes
from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import (
    I32,
    I64,
    U8,
    Bools,
    Codes,
    Column,
    Ids,
    Journeys,
    Mask,
    Provenance,
    starts_of,
)
from desireline.engine.vocabulary import Names, extended, places

MOST_NAMES = 256
"""Channels (or actors), the unknown one included, that a byte can number."""
MOST_PERSONS = 2**31 - 1

Run = tuple[int, int]


class PartsUnjoinable(DesirelineError):
    """Parts that do not fit into one Journeys."""


def joined(parts: Sequence[Journeys]) -> Journeys:
    """All parts as one Journeys: their journeys in the order of the parts, arrays copied once.

    A journey that a mask hides is left out; so the overlay of an index takes the place of what it
    hides in the base. Events that a mask hides in other journeys stay, and stay hidden. Parts may
    differ in their vocabularies, channels, actors, columns and traits: the names of the first keep
    their codes, new ones follow. A single part without a mask is given back as it is. Raises
    PartsUnjoinable.
    """
    if len(parts) == 1 and parts[0].mask is None:
        return parts[0]
    pieces = [_Piece(part) for part in parts]
    events = extended([p.events for p in parts])
    lengths = np.concatenate([np.zeros(1, np.int64), *(p.lengths for p in pieces)])
    channels, actors = (_named(pieces, kind) for kind in ("channel", "actor"))
    ids, person = _persons(pieces)
    return Journeys(
        offset=np.cumsum(lengths),
        time=_behind([p.part.time[a:b] for p in pieces for a, b in p.spans], np.int64),
        code=_codes(pieces, events),
        events=events,
        ids=ids,
        channel=channels[0],
        channels=channels[1],
        actor=actors[0],
        actors=actors[1],
        value=_values(pieces),
        person=person,
        columns=_columns(pieces, lambda p: p.part.columns, lambda p: p.spans),
        traits=_columns(pieces, lambda p: p.part.traits, lambda p: p.runs),
        mask=_mask(pieces),
        ordered_by_time=all(p.ordered_by_time for p in parts),
        provenance=one_provenance(p.provenance for p in parts),
    )


def one_provenance(found: Iterable[Provenance]) -> Provenance:
    """Where all parts come from. Parts of one source say the same, and are counted once."""
    distinct: list[Provenance] = []
    for provenance in found:
        if provenance not in distinct:
            distinct.append(provenance)
    if len(distinct) == 1:
        return distinct[0]
    distinct.sort(key=lambda p: (-p.rows, p.source, p.set_aside, p.notes))
    return Provenance(
        source=", ".join(dict.fromkeys(p.source for p in distinct if p.source)),
        rows=sum(p.rows for p in distinct),
        columns={role: name for p in reversed(distinct) for role, name in p.columns.items()},
        notes=extended([p.notes for p in distinct]),
        set_aside=sum(p.set_aside for p in distinct),
        examples=next((p.examples for p in distinct if p.examples), ()),
        unit=distinct[0].unit if distinct else "row",
    )


@dataclass(frozen=True)
class _Piece:
    """A part, and the stretches of it that no mask hides."""

    part: Journeys

    @cached_property
    def runs(self) -> list[Run]:
        """From and to which journeys are kept."""
        if self.part.mask is None:
            return [(0, len(self.part))]
        kept = self.part.mask.journey
        edges = np.flatnonzero(np.diff(kept.astype(np.int8), prepend=0, append=0)).tolist()
        return list(zip(edges[::2], edges[1::2], strict=True))

    @cached_property
    def spans(self) -> list[Run]:
        """From and to which events."""
        offset = self.part.offset
        return [(int(offset[a]), int(offset[b])) for a, b in self.runs]

    @cached_property
    def lengths(self) -> I64:
        """Events of each journey that is kept."""
        every = np.diff(self.part.offset)
        return every if self.part.mask is None else every[self.part.mask.journey]

    @property
    def n_events(self) -> int:
        """Events of all of them."""
        return int(self.lengths.sum())


def _behind(arrays: list[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    """One array behind the other."""
    return np.concatenate([np.empty(0, dtype), *arrays], dtype=dtype, casting="unsafe")


def _codes(pieces: list[_Piece], events: Names) -> Codes:
    wide = narrow_codes(np.empty(0, np.uint32), len(events)).dtype
    taken = []
    for piece in pieces:
        move = _moving(piece.part.events, events, wide)
        taken += [move(piece.part.code[a:b]) for a, b in piece.spans]
    return _behind(taken, wide)


def _moving(own: Names, common: Names, dtype: Any) -> Callable[[NDArray[Any]], NDArray[Any]]:
    """From codes into `own` to codes into `common`; -1 stays."""
    if own == common[: len(own)]:
        return lambda codes: codes
    table = np.append(places(own, common), -1).astype(dtype)
    return lambda codes: table[codes]


def _named(pieces: list[_Piece], kind: str) -> tuple[U8 | None, Names]:
    """Channels or actors of all, and their names."""
    names = extended([getattr(p.part, f"{kind}s") for p in pieces] or [("",)])
    if len(names) > MOST_NAMES:
        raise PartsUnjoinable(
            f"Together the parts know {len(names):,} {kind}s, and at most {MOST_NAMES} can be told"
            " apart.",
            hint=f"Keep what differs so much in a property, not in the {kind}.",
        )
    if all(getattr(p.part, kind) is None for p in pieces):
        return None, names
    taken = []
    for piece in pieces:
        held = getattr(piece.part, kind)
        move = _moving(getattr(piece.part, f"{kind}s"), names, np.uint8)
        if held is None:
            taken.append(np.zeros(piece.n_events, np.uint8))
        else:
            taken += [move(held[a:b]) for a, b in piece.spans]
    return _behind(taken, np.uint8), names


def _values(pieces: list[_Piece]) -> NDArray[np.float32] | None:
    if all(p.part.value is None for p in pieces):
        return None
    taken = []
    for piece in pieces:
        held = piece.part.value
        if held is None:
            taken.append(np.full(piece.n_events, np.nan, np.float32))
        else:
            taken += [held[a:b] for a, b in piece.spans]
    return _behind(taken, np.float32)


def _persons(pieces: list[_Piece]) -> tuple[Ids, I32 | None]:
    """The names of those who are kept, and whose each journey is, where journeys are sessions."""
    sessions = any(p.part.person is not None for p in pieces)
    tables: list[Ids] = []
    owners: list[NDArray[Any]] = []
    before = 0
    for piece in pieces:
        owner = _owners(piece)
        which, own = np.unique(owner, return_inverse=True) if sessions else (owner, owner)
        tables.append(_named_persons(piece, which))
        owners.append(own + before)
        before += len(which)
    if before > MOST_PERSONS:
        raise PartsUnjoinable(
            f"Together the parts have {before:,} persons; one Journeys numbers {MOST_PERSONS:,}.",
            hint="Ask over the parts as they are.",
        )
    return _one_table(tables), _behind(owners, np.int32) if sessions else None


def _owners(piece: _Piece) -> NDArray[Any]:
    part = piece.part
    every = np.arange(len(part)) + part.first if part.person is None else part.person
    return every if part.mask is None else every[part.mask.journey]


def _named_persons(piece: _Piece, which: NDArray[Any]) -> Ids:
    ids = piece.part.ids  # `which` rises, so as many as there are means all of them
    return ids if len(which) == len(ids) else ids.taken(which)


def _one_table(tables: list[Ids]) -> Ids:
    held = [table for table in tables if len(table)]
    if len(held) == 1:
        return held[0]
    if all(table.integers is not None for table in held):
        return Ids(integers=_behind([t.integers for t in held if t.integers is not None], np.int64))
    texts = [t if t.integers is None else Ids.of([*map(str, t.integers.tolist())]) for t in held]
    sizes = [np.diff(t.start).astype(np.int64) for t in texts if t.start is not None]
    lengths = np.concatenate([np.zeros(0, np.int64), *sizes])
    return Ids(blob=b"".join(t.blob for t in texts), start=starts_of(lengths))


def _columns(
    pieces: list[_Piece],
    held: Callable[[_Piece], Any],
    stretches: Callable[[_Piece], list[Run]],
) -> dict[str, Column]:
    names = extended([tuple(held(p)) for p in pieces])
    return {name: _column([(held(p).get(name), stretches(p)) for p in pieces]) for name in names}


def _column(taken: list[tuple[Column | None, list[Run]]]) -> Column:
    """One column of all; an absent one is absent at each event. Numbers beside text become text."""
    known = [column for column, _ in taken if column is not None]
    if all(column.numbers is not None for column in known):
        numbers = [
            np.full(b - a, np.nan) if column is None else column.numbers[a:b]  # type: ignore[index]
            for column, stretches in taken
            for a, b in stretches
        ]
        return Column(numbers=_behind(numbers, np.float64))
    texts = [(None if c is None else _as_text(c), stretches) for c, stretches in taken]
    values = _one_dictionary([c.values for c, _ in texts if c is not None])
    codes: list[NDArray[Any]] = []
    for column, stretches in texts:
        if column is None or column.codes is None:
            codes += [np.full(b - a, -1, np.int32) for a, b in stretches]
            continue
        move = _moving(column.values, values, np.int32)
        codes += [move(column.codes[a:b]) for a, b in stretches]
    return Column(codes=_behind(codes, np.int32), values=values)


def _one_dictionary(known: list[Names]) -> Names:
    same = [names for names, _ in groupby(known)]
    return same[0] if len(same) == 1 else extended(same)


def _as_text(column: Column) -> Column:
    if column.numbers is None:
        return column
    there = ~np.isnan(column.numbers)
    distinct, which = np.unique(column.numbers[there], return_inverse=True)
    codes: I32 = np.full(len(there), -1, np.int32)
    codes[there] = which
    return Column(codes=codes, values=tuple(f"{v:.15g}" for v in distinct.tolist()))


def _mask(pieces: list[_Piece]) -> Mask | None:
    """What is hidden within journeys that are kept; None where nothing is."""
    if all(p.part.mask is None for p in pieces):
        return None
    taken: list[NDArray[Any]] = []
    for piece in pieces:
        mask = piece.part.mask
        if mask is None:
            taken.append(np.ones(piece.n_events, np.bool_))
        else:
            taken += [mask.event[a:b] for a, b in piece.spans]
    event: Bools = _behind(taken, np.bool_)
    if event.all():
        return None
    return Mask(event, np.ones(sum(len(p.lengths) for p in pieces), np.bool_))
