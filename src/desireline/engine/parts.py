"""Parts of journeys that are kept fresh: built from rows, taken out of others, put together.

All parts of one index have the same columns and codes, their persons are numbers that rise, and
each person is in one part in force. A part is never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from desireline.engine.building import narrow_codes
from desireline.engine.journeys import F32, I32, I64, U8, Codes, Column, Ids, Journeys
from desireline.engine.kernels.building import arrange_events
from desireline.engine.kernels.parts import copy_stretches, in_sequence, settle_ties

Numbers = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Rows:
    """Events of any persons, one entry an event in every array; text is coded."""

    person: I64
    """The person's number."""
    time: I64
    """Microseconds since 1970-01-01 UTC."""
    position: I64
    """The place in the log; decides the sequence where times are equal."""
    code: Codes
    channel: U8
    actor: U8
    value: F32
    columns: Mapping[str, I32] = field(default_factory=dict)
    """Further properties, as codes; -1 where absent."""

    def __len__(self) -> int:
        return len(self.person)

    def taken(self, chosen: Numbers | slice) -> Self:
        """The rows at the places `chosen`, or where it is True."""
        held = {name: getattr(self, name)[chosen] for name in ARRAYS}
        return type(self)(**held, columns={n: c[chosen] for n, c in self.columns.items()})

    @classmethod
    def behind(cls, pieces: Sequence[Self]) -> Self:
        """All rows of `pieces`, at least one, one after the other."""
        if len(pieces) == 1:
            return pieces[0]
        held = {name: np.concatenate([getattr(p, name) for p in pieces]) for name in ARRAYS}
        names = pieces[0].columns
        further = {name: np.concatenate([p.columns[name] for p in pieces]) for name in names}
        return cls(**held, columns=further)


ARRAYS = ("person", "time", "position", "code", "channel", "actor", "value")


def parts_of(pieces: Sequence[Rows], n_types: int, part_events: int) -> list[Journeys]:
    """The journeys of all rows, cut by person into parts of about `part_events` events.

    Vocabularies are not set: `code` and the like are all that parts know of them.
    """
    person = _behind([piece.person for piece in pieces])
    if not len(person):
        return []
    time, position = (_behind([getattr(p, n) for p in pieces]) for n in ("time", "position"))
    persons, case = _cases(person)
    offset, order = _sequence(case, time, position, len(persons))
    walked = np.diff(offset) > 0
    persons, offset = persons[walked], np.append(offset[:-1][walked], offset[-1])
    goals = np.arange(part_events, int(offset[-1]), part_events)
    cuts = np.unique(np.concatenate([[0], np.searchsorted(offset, goals), [len(persons)]]))
    cutter = _Cutter(pieces, order, offset[cuts].tolist())
    code = narrow_codes(np.empty(0, np.uint32), n_types).dtype
    columns: dict[str, list[Any]] = {
        "time": cutter.cut([p.time for p in pieces], np.int64),
        "code": cutter.cut([p.code for p in pieces], code),
        "channel": cutter.cut([p.channel for p in pieces], np.uint8),
        "actor": cutter.cut([p.actor for p in pieces], np.uint8),
        "value": cutter.cut([p.value for p in pieces], np.float32),
    }
    further = {n: cutter.cut([p.columns[n] for p in pieces], np.int32) for n in pieces[0].columns}
    return [
        Journeys(
            offset=offset[a : b + 1] - offset[a],
            events=(),
            ids=Ids(integers=persons[a:b].copy()),
            columns={name: Column(codes=cut[i]) for name, cut in further.items()},
            **{name: cut[i] for name, cut in columns.items()},
        )
        for i, (a, b) in enumerate(pairwise(cuts))
    ]


def _cases(person: I64) -> tuple[I64, I64]:
    """Persons by number, and which of them each event is of; some may have none."""
    most = int(person.max())
    if most < 4 * len(person) + 1024:
        return np.arange(most + 1), person
    found: tuple[I64, I64] = np.unique(person, return_inverse=True)
    return found


def _sequence(case: I64, time: I64, position: I64, n_cases: int) -> tuple[I64, I64 | None]:
    """Where each case begins, and the events in sequence; None where they are so already."""
    offset: I64 = np.zeros(n_cases + 1, np.int64)
    np.cumsum(np.bincount(case, minlength=n_cases), out=offset[1:])
    if in_sequence(case, time, position):
        return offset, None
    order, spare = np.empty(len(case), np.int64), np.empty(np.diff(offset).max(), np.int64)
    arrange_events(case.astype(np.int32), time, offset, offset[:-1].copy(), order, spare)
    settle_ties(offset, order, time, position, spare)
    return offset, order


@dataclass(frozen=True, eq=False)
class _Cutter:
    """Columns of several pieces, brought into sequence and cut, one after the other.

    All go through the same room: fresh memory costs more than what is done in it. What is cut out
    holds no memory but its own.
    """

    pieces: Sequence[Rows]
    order: I64 | None
    cuts: list[int]

    @cached_property
    def _room(self) -> U8:
        return np.empty(8 * self.cuts[-1], np.uint8)

    def cut(self, arrays: Sequence[Numbers], dtype: Any) -> list[Numbers]:
        """One column, cut."""
        if self.order is None:
            return [self._stretch(arrays, a, b, dtype) for a, b in pairwise(self.cuts)]
        whole = arrays[0]
        if len(arrays) > 1:
            whole = self._room[: np.dtype(dtype).itemsize * self.cuts[-1]].view(dtype)
            np.concatenate(arrays, out=whole, casting="unsafe")
        taken = (whole[self.order[a:b]] for a, b in pairwise(self.cuts))
        return [array.astype(dtype, copy=False) for array in taken]

    def _stretch(self, arrays: Sequence[Numbers], start: int, stop: int, dtype: Any) -> Numbers:
        """From and to which event, out of the pieces that hold them."""
        ends = np.cumsum([len(piece) for piece in self.pieces])
        first = int(np.searchsorted(ends, start, side="right"))
        taken, before = [], int(ends[first - 1]) if first else 0
        for array in arrays[first:]:
            taken.append(array[max(start - before, 0) : stop - before])
            before += len(array)
            if before >= stop:
                break
        return np.concatenate(taken, dtype=dtype, casting="unsafe")


def _behind(arrays: Sequence[Numbers]) -> Numbers:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def rows_of(part: Journeys, which: I64, persons: I64) -> Rows:
    """The events of the journeys `which` of a part as rows of `persons`, one for each of them.

    They are older than all rows of the log that are not in a part: their position is 0.
    """
    begin = part.offset[which]
    length = part.offset[which + 1] - begin
    place = np.cumsum(length) - length
    n = int(length.sum())

    def copied(array: Numbers) -> Numbers:
        out = np.empty(n, array.dtype)
        _copy(array, begin, length, place, out)
        return out

    return Rows(
        person=np.repeat(persons, length),
        time=copied(part.time),
        position=np.zeros(n, np.int64),
        code=copied(part.code),
        channel=copied(_there(part.channel)),
        actor=copied(_there(part.actor)),
        value=copied(_there(part.value)),
        columns={name: copied(_codes(column)) for name, column in part.columns.items()},
    )


def woven(parts: Sequence[Journeys], chosen: Sequence[I64], n_types: int) -> Journeys:
    """One part of the journeys `chosen[p]` of each part `p`, by person; copied in whole stretches.

    4 million events of two parts take 30 ms.
    """
    persons = np.concatenate([_numbers(p)[which] for p, which in zip(parts, chosen, strict=True)])
    length = np.concatenate(
        [p.offset[which + 1] - p.offset[which] for p, which in zip(parts, chosen, strict=True)]
    )
    order = np.argsort(persons, kind="stable")  # linear for a few rising stretches
    offset = np.concatenate([np.zeros(1, np.int64), np.cumsum(length[order])])
    place = np.empty(len(order), np.int64)
    place[order] = offset[:-1]
    copies = list(_copies(parts, chosen, length, place))
    wide = narrow_codes(np.empty(0, np.uint32), n_types).dtype

    def copied(arrays: Sequence[Numbers], dtype: Any) -> Numbers:
        out = np.empty(int(offset[-1]), dtype)
        for array, (begin, stretch, to) in zip(arrays, copies, strict=True):
            _copy(array.astype(dtype, copy=False), begin, stretch, to, out)
        return out

    names = parts[0].columns
    return Journeys(
        offset=offset,
        time=copied([p.time for p in parts], np.int64),
        code=copied([p.code for p in parts], wide),
        events=(),
        ids=Ids(integers=persons[order]),
        channel=copied([_there(p.channel) for p in parts], np.uint8),
        actor=copied([_there(p.actor) for p in parts], np.uint8),
        value=copied([_there(p.value) for p in parts], np.float32),
        columns={
            name: Column(codes=copied([_codes(p.columns[name]) for p in parts], np.int32))
            for name in names
        },
    )


def _copies(
    parts: Sequence[Journeys], chosen: Sequence[I64], length: I64, place: I64
) -> Iterator[tuple[I64, I64, I64]]:
    """From where, how many and to where events of each part go; neighbours go in one stretch."""
    done = 0
    for part, which in zip(parts, chosen, strict=True):
        mine = slice(done, done + len(which))
        done += len(which)
        begin, size, to = part.offset[which], length[mine], place[mine]
        fresh = np.ones(len(which), np.bool_)
        fresh[1:] = (begin[1:] != begin[:-1] + size[:-1]) | (to[1:] != to[:-1] + size[:-1])
        first = np.flatnonzero(fresh)
        yield begin[first], np.add.reduceat(size, first) if len(first) else size, to[first]


def _copy(source: Numbers, begin: I64, length: I64, place: I64, out: Numbers) -> None:
    """As unsigned numbers of the same width, so that the kernel is compiled four times at most."""
    bits = np.dtype(f"u{out.itemsize}")
    copy_stretches(source.view(bits), begin, length, place, out.view(bits))


def _numbers(part: Journeys) -> I64:
    assert part.ids.integers is not None  # noqa: S101 - persons of parts are numbers
    return part.ids.integers


def _there(array: Numbers | None) -> Numbers:
    assert array is not None  # noqa: S101 - parts have all columns
    return array


def _codes(column: Column) -> I32:
    assert column.codes is not None  # noqa: S101 - parts keep codes
    return column.codes
