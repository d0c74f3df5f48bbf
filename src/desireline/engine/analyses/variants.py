"""Variants: the distinct sequences of events, and how many journeys walk each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from heapq import nsmallest
from numbers import Integral
from typing import Any

import numpy as np

from desireline.engine.analyses.flags import Flags, journeys_with, spelled_out
from desireline.engine.analyses.result import Result
from desireline.engine.analyses.shares import ByPerson, Share, share, share_by_person
from desireline.engine.building import narrow_codes
from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import F64, I64, Codes, Journeys
from desireline.engine.kernels.by_person import count_runs
from desireline.engine.kernels.variants import (
    U64,
    add_by_group,
    group_sequences,
    hash_sequences,
    take_sequences,
)
from desireline.engine.vocabulary import in_common, places


class VariantsImpossible(DesirelineError):
    """Variants that cannot be asked for."""


@dataclass(frozen=True, eq=False)
class Query:
    """What to tell of the sequences. Raises VariantsImpossible."""

    top: int | None = None
    """At most so many variants, the most frequent; None for all."""
    outcome: Flags = None
    """A journey with such an event has the outcome (bools count whatever a filter leaves)."""

    def __post_init__(self) -> None:
        if self.top is not None and not (isinstance(self.top, Integral) and self.top >= 0):
            raise VariantsImpossible(
                f"There are no {self.top!r} most frequent variants.",
                hint="Give a whole number, 0 or more, or none for all of them.",
            )


@dataclass(frozen=True, eq=False)
class Partial:
    """Distinct sequences as journeys of their own, with a row for each.

    It has journeys, those with the outcome, and summed over persons c * c and c * m: of the m
    journeys of a person c are such.
    """

    events: tuple[str, ...]
    offset: I64
    code: Codes
    total: I64
    hashes: U64
    base: int = 0
    """The squares of how many journeys each person has, summed."""


@dataclass(frozen=True)
class Variant:
    """A distinct sequence of events, and the journeys that walk it."""

    count: int
    events: tuple[str, ...]
    share: float
    low: float
    high: float
    """Of the 95 % interval of the share."""
    coverage: float
    """Share of the journeys that walk this or a more frequent variant."""
    with_outcome: int | None = None
    outcome: Share | None = None
    """The share of these with the outcome."""


@dataclass(frozen=True, eq=False)
class Variants(Result):
    """The variants, the most frequent first; those equally frequent by their events' names."""

    cases: int
    """Journeys with at least one event that the filter leaves."""
    distinct: int
    """All variants, told or not."""
    variants: tuple[Variant, ...]

    @cached_property
    def coverage(self) -> F64:
        """Share of the journeys in the first, the first two, ... variants that are told."""
        return np.array([variant.coverage for variant in self.variants])

    def to_dict(self) -> dict[str, Any]:
        """Everything; `with_outcome` only where it was asked for."""
        return {
            "cases": self.cases,
            "distinct": self.distinct,
            "variants": [_as_dict(variant) for variant in self.variants],
            "coverage": self.coverage.tolist(),
        }

    def rows(self) -> list[dict[str, Any]]:
        """One row a variant, its events in one text."""
        return [
            {
                **_as_dict(v),
                "events": " > ".join(v.events),
                "n": self.cases,
                "share": v.share,
                "low": v.low,
                "high": v.high,
                "coverage": v.coverage,
                **_outcome(v),
            }
            for v in self.variants
        ]


def _as_dict(variant: Variant) -> dict[str, Any]:
    told: dict[str, Any] = {"count": variant.count, "events": list(variant.events)}
    if variant.with_outcome is not None:
        told["with_outcome"] = variant.with_outcome
    return told


def _outcome(variant: Variant) -> dict[str, Any]:
    told = variant.outcome
    if told is None:
        return {}
    return {"outcome": told.share, "outcome_low": told.low, "outcome_high": told.high}


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes."""
    offset, code = sequences(journeys)
    weight = np.ones((len(journeys), 2), np.int64)
    flags = spelled_out(query.outcome, journeys)
    weight[:, 1] = 0 if query.outcome is None else journeys_with(flags, journeys)
    found, way = grouped(journeys.events, offset, code, weight)
    times, often = _by_person(journeys, way, len(found.total))
    uneven = np.zeros((len(found.total), 2), np.int64)
    add_by_group(way, np.column_stack([times, often]), uneven)
    return replace(found, total=np.hstack([found.total, uneven]), base=int(often.sum()))


def _by_person(journeys: Journeys, way: I64, ways: int) -> tuple[I64, I64]:
    """For each journey how many of its person go the same way, and any; 0 for an empty one."""
    walked = np.flatnonzero(way >= 0)
    found = np.zeros((2, len(way)), np.int64)
    found[:, walked] = 1
    if journeys.person is not None:
        person = journeys.person[walked].astype(np.int64)
        for row, node, nodes in ((0, way[walked], ways), (1, np.zeros_like(walked), 1)):
            times = np.empty(len(walked), np.int64)
            count_runs(person, node, np.zeros(nodes, np.int64), times)
            found[row, walked] = times
    return found[0], found[1]


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards together: the distinct sequences of both, grouped again."""
    names = in_common(a.events, b.events)
    offset = np.concatenate([a.offset, b.offset[1:] + len(a.code)])
    (code_a, hashes_a), (code_b, hashes_b) = _recoded(a, names), _recoded(b, names)
    code, hashes = np.concatenate([code_a, code_b]), np.concatenate([hashes_a, hashes_b])
    found = grouped(names, offset, code, np.concatenate([a.total, b.total]), hashes)[0]
    return replace(found, base=a.base + b.base)


def _recoded(partial: Partial, names: tuple[str, ...]) -> tuple[Codes, U64]:
    """The codes in another vocabulary, and the hashes of the sequences in it."""
    if partial.events == names:
        return partial.code, partial.hashes
    code = narrow_codes(places(partial.events, names), len(names))[partial.code]
    return code, _hashed(partial.offset, code)


def finish(partial: Partial, query: Query) -> Variants:
    """The answer."""
    cases, distinct = int(partial.total[:, 0].sum()), len(partial.total)
    passed, told = 0, []
    for number in told_of(partial, query):
        count, reached, *_ = partial.total[number].tolist()
        passed += count
        codes = partial.code[partial.offset[number] : partial.offset[number + 1]].tolist()
        names = tuple(partial.events[code] for code in codes)
        by = by_person(partial, number)
        told.append(_variant(share_by_person(count, cases, by), names, passed / cases))
        if query.outcome is not None:
            told[-1] = replace(told[-1], with_outcome=reached, outcome=share(reached, count))
    return Variants(cases, distinct, tuple(told))


def told_of(partial: Partial, query: Query) -> list[int]:
    """The numbers of the variants that are told, in their order."""
    return most_frequent(partial, len(partial.total) if query.top is None else query.top)


def by_person(partial: Partial, number: int) -> ByPerson:
    """How unevenly persons walk a variant."""
    square, cross = partial.total[number, 2:].tolist()
    return ByPerson(square, cross, partial.base)


def _variant(of: Share, events: tuple[str, ...], coverage: float) -> Variant:
    assert of.share is not None  # noqa: S101 - a variant is walked
    assert of.low is not None  # noqa: S101
    assert of.high is not None  # noqa: S101
    return Variant(of.count, events, of.share, of.low, of.high, coverage)


def sequences(journeys: Journeys) -> tuple[I64, Codes]:
    """Offset and codes of what the filter leaves; journeys that it excludes are empty."""
    first = journeys.offset[0]
    code, offset = journeys.code[first : journeys.offset[-1]], journeys.offset - first
    if journeys.mask is None:
        return offset, code
    stays = journeys.mask.event[first : journeys.offset[-1]]
    stays = stays & np.repeat(journeys.mask.journey, np.diff(offset))
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(stays)])[offset], code[stays]


def grouped(
    events: tuple[str, ...], offset: I64, code: Codes, weight: I64, hashes: U64 | None = None
) -> tuple[Partial, I64]:
    """The distinct sequences in order of appearance, and which of them each is; -1: empty."""
    n = len(weight)
    hashes = _hashed(offset, code) if hashes is None else hashes
    table = np.full(1 << (2 * n + 1).bit_length(), -1, np.int32)
    first, group_of = np.empty((2, n), np.int64)
    groups = group_sequences(offset, code, hashes, table, first, group_of)
    first, total = first[:groups], np.zeros((groups, weight.shape[1]), np.int64)
    add_by_group(group_of, weight, total)
    start = np.concatenate([np.zeros(1, np.int64), np.cumsum(offset[first + 1] - offset[first])])
    taken = np.empty(start[-1], code.dtype)
    take_sequences(offset, code, first, taken)
    return Partial(events, start, taken, total, hashes[first]), group_of


def _hashed(offset: I64, code: Codes) -> U64:
    hashes = np.empty(len(offset) - 1, np.uint64)
    hash_sequences(offset, code, hashes)
    return hashes


def most_frequent(partial: Partial, top: int) -> list[int]:
    """The numbers of the `top` groups: by count, then by the names of their events."""
    counts, distinct = partial.total[:, 0], len(partial.total)
    top = min(top, distinct)
    if top == 0:
        return []
    by_name = _by_name(partial.events)
    least = np.partition(counts, distinct - top)[distinct - top]
    surely, ties = np.flatnonzero(counts > least), np.flatnonzero(counts == least)
    wanted = top - len(surely)
    begins = _beginnings(partial, by_name, ties)
    ties = ties[begins <= np.partition(begins, wanted - 1)[wanted - 1]]

    def names(number: int) -> bytes:
        codes = partial.code[partial.offset[number] : partial.offset[number + 1]]
        return by_name[codes].astype(">u4").tobytes()

    first = sorted(surely.tolist(), key=lambda number: (-int(counts[number]), names(number)))
    return first + nsmallest(wanted, ties.tolist(), key=names)


def _by_name(events: tuple[str, ...]) -> I64:
    """For each code, where its name stands among all names."""
    place = np.empty(len(events), np.int64)
    place[sorted(range(len(events)), key=events.__getitem__)] = np.arange(len(events))
    return place


def _beginnings(partial: Partial, by_name: I64, which: I64) -> I64:
    """The first three names of some sequences as one number that sorts as they do.

    Among 245,000 variants of one journey each this leaves a few to compare in full.
    """
    begins = np.zeros(len(which), np.int64)
    for k in range(3):
        at = partial.offset[which] + k
        there = at < partial.offset[which + 1]
        place = by_name[partial.code[np.where(there, at, 0)]]
        begins = (begins << 21) | np.where(there, place + 1, 0)
    return begins
