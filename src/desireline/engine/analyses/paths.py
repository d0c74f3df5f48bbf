"""Paths: the tree of what came after an anchor event, and the tree of what came before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from numbers import Integral, Real
from typing import Any, Literal, get_args

import numpy as np

from desireline.engine.analyses.flags import kept, spelled_out
from desireline.engine.analyses.funnel_query import MOST_SECONDS
from desireline.engine.analyses.result import Result
from desireline.engine.analyses.shares import ByPerson, Share, share_at_least, share_by_person
from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import I32, I64, MICROSECONDS, Bools, Journeys
from desireline.engine.kernels.by_person import count_runs
from desireline.engine.kernels.paths import END, NOTHING, list_windows, sum_keys
from desireline.engine.rules.ast import Rule
from desireline.engine.rules.errors import did_you_mean
from desireline.engine.vocabulary import in_common, places

UNLIMITED = np.iinfo(np.int64).max
MOST_DEPTH = 100
DENSE = 8
"""Room for so many keys a key is worth not sorting (300,000 anchors: 2 ms, not 25)."""
MOST_NAMED = 20
"""Event types that a hint lists."""


class AnchorUnknown(DesirelineError):
    """The anchor is not the name of an event type."""


class PathsImpossible(DesirelineError):
    """Paths that cannot be asked for."""


@dataclass(frozen=True, eq=False)
class Query:
    """Around which event to look, how far, and how much to tell.

    Raises AnchorUnknown, PathsImpossible.
    """

    anchor: str | Rule | Bools
    """The name of an event type; or a rule, or one bool an event of the arrays."""
    depth: int = 4
    """Steps to follow."""
    top: int = 6
    """Most frequent continuations told for each node; the others are folded into one."""
    every: bool = False
    """All occurrences of the anchor, not only the first of each journey."""
    max_gap_seconds: float | None = None
    """A path ends before a longer gap between two events."""

    def __post_init__(self) -> None:
        bools = isinstance(self.anchor, np.ndarray) and self.anchor.dtype == np.bool_
        if not (bools or type(self.anchor) in (str, *get_args(Rule))):
            raise AnchorUnknown(
                f"An anchor is the name of an event type, not {self.anchor!r}.",
                hint="Or it is a rule, or one bool an event, as an array.",
            )
        _check(
            isinstance(self.depth, Integral) and 1 <= self.depth <= MOST_DEPTH,
            f"Paths of {self.depth!r} steps cannot be followed.",
            hint=f"The depth is a whole number from 1 to {MOST_DEPTH}.",
        )
        _check(
            isinstance(self.top, Integral) and self.top >= 0,
            f"There are no {self.top!r} most frequent continuations.",
            hint="Top is a whole number, 0 or more.",
        )
        gap = self.max_gap_seconds
        _check(
            gap is None or (isinstance(gap, Real) and 0 <= gap <= MOST_SECONDS),
            f"A gap of {gap!r} seconds cannot be kept.",
            hint="A gap is a number of seconds, 0 or more; none is without limit.",
        )


def _check(fits: bool, problem: str, *, hint: str) -> None:  # noqa: FBT001
    if not fits:
        raise PathsImpossible(problem, hint=hint)


@dataclass(frozen=True, eq=False)
class Level:
    """Nodes of a tree at one depth, sorted by parent and code.

    `parent` is a row of the level above. A code of END says that the path ends there.
    """

    parent: I64
    code: I64
    count: I64
    base: I64
    """The squares of how often each person is there, summed; `count` where nobody is twice."""
    cross: I64
    """How often each person is there times how often at the parent, summed."""


@dataclass(frozen=True, eq=False)
class Partial:
    """What a shard contributes: two whole trees, nothing folded."""

    events: tuple[str, ...]
    anchors: int
    base: int
    """The squares of how many anchors each person has, summed."""
    after: tuple[Level, ...]
    before: tuple[Level, ...]


@dataclass(frozen=True)
class Node:
    """A step of a path, how many paths take it, and how they go on."""

    event: str | None
    """None where paths end, and where several kinds of event are folded into one node."""
    kind: Literal["anchor", "event", "end", "other"]
    count: int
    share: float
    """Of the paths of the node before."""
    low: float
    high: float
    """Of the 95 % interval of that share."""
    kinds: int
    """How many kinds of event the node stands for: 1, but for `other`."""
    children: tuple[Node, ...]

    @property
    def name(self) -> str:
        """What to write on it."""
        other = f"other ({self.kinds} kinds)" if self.kinds > 1 else "other (1 kind)"
        return {"end": "end", "other": other}.get(self.kind, self.event or "anchor")


@dataclass(frozen=True)
class Step:
    """What stands so many steps after the anchor (or before it, where that is negative)."""

    distance: int
    event: str | None
    kind: Literal["event", "end", "other"]
    of_anchors: Share


@dataclass(frozen=True)
class Paths(Result):
    """Both trees; their root is the anchor."""

    anchor: str | None
    """Name of the anchor, or None where it was given as bools."""
    anchors: int
    """Occurrences of the anchor that were followed."""
    after: Node
    before: Node
    steps: tuple[Step, ...]
    """What stands at each distance, by whatever way: what the nodes of both trees sum up to."""

    def to_dict(self) -> dict[str, Any]:
        """Everything, as nested trees."""
        return {
            "anchor": self.anchor,
            "anchors": self.anchors,
            "after": asdict(self.after),
            "before": asdict(self.before),
            "steps": [asdict(step) for step in self.steps],
        }

    def rows(self) -> list[dict[str, Any]]:
        """The links of both trees, flat, as a Sankey diagram takes them.

        `from` and `to` are nodes, named by side and places among the children from the anchor on.
        """
        return [*_links("after", self.after, "after"), *_links("before", self.before, "before")]


def _links(side: str, node: Node, name: str, depth: int = 1) -> Iterator[dict[str, Any]]:
    for place, child in enumerate(node.children):
        to = f"{name}.{place}"
        yield {
            "side": side,
            "depth": depth,
            "from": name,
            "to": to,
            "from_name": node.name,
            "to_name": child.name,
            "kind": child.kind,
            "count": child.count,
            "n": sum(one.count for one in node.children),
            "share": child.share,
            "low": child.low,
            "high": child.high,
        }
        yield from _links(side, child, to, depth + 1)


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes."""
    anchor = _anchors(journeys, query.anchor)
    after, before = (_tree(journeys, query, anchor, step) for step in (1, -1))
    return Partial(journeys.events, *after, before[2])


def _anchors(journeys: Journeys, anchor: str | Rule | Bools) -> Bools:
    if not isinstance(anchor, str):
        return spelled_out(anchor, journeys)
    code = journeys.code_of.get(anchor)
    if code is None:  # another shard may know it
        return np.zeros(len(journeys.code), np.bool_)
    return np.equal(journeys.code, code)


def check_anchor(anchor: str, events: tuple[str, ...]) -> None:
    """Raises AnchorUnknown for a name that no event type has."""
    if anchor not in events:
        known = f"There are: {', '.join(sorted(events)[:MOST_NAMED])}."
        raise AnchorUnknown(
            f"No event type is called {anchor!r}.",
            hint=f"{did_you_mean(anchor, events)} {known}".strip(),
        )


def windows(journeys: Journeys, query: Query, step: int) -> tuple[I64, I32]:
    """For each anchor that is followed its journey, and the codes after it (`step` 1) or before."""
    anchor = _anchors(journeys, query.anchor)
    return _walkers(journeys, query, anchor), _windows(journeys, query, anchor, step)


def _walkers(journeys: Journeys, query: Query, anchor: Bools) -> I64:
    mask, span = kept(journeys), slice(int(journeys.offset[0]), int(journeys.offset[-1]))
    seen = anchor[span] & mask.event[span] & np.repeat(mask.journey, np.diff(journeys.offset))
    owner = np.searchsorted(journeys.offset, np.flatnonzero(seen) + span.start, "right") - 1
    return owner if query.every else np.unique(owner)


def _persons(journeys: Journeys, query: Query, anchor: Bools) -> I64 | None:
    """Who walks each window; None where nobody walks two."""
    if journeys.person is None and not query.every:
        return None
    owner = _walkers(journeys, query, anchor)
    return owner if journeys.person is None else journeys.person[owner].astype(np.int64)


def _tree(
    journeys: Journeys, query: Query, anchor: Bools, step: int
) -> tuple[int, int, tuple[Level, ...]]:
    window = _windows(journeys, query, anchor, step)
    person = _persons(journeys, query, anchor)
    often = _often(np.zeros(len(window), np.int64), 1, person)
    levels = _grown(window.astype(np.int64), len(journeys.events), person, often)
    return len(window), int(often.sum()), levels


def _windows(journeys: Journeys, query: Query, anchor: Bools, step: int) -> I32:
    mask, gap = kept(journeys), query.max_gap_seconds
    most = int(anchor[journeys.offset[0] : journeys.offset[-1]].sum())
    window: I32 = np.full((most, query.depth), NOTHING, np.int32)
    n = list_windows(
        journeys.offset,
        journeys.code,
        journeys.time,
        mask.event,
        mask.journey,
        anchor,
        UNLIMITED if query.every else 1,
        step,
        UNLIMITED if gap is None else round(gap * MICROSECONDS),
        window,
    )
    return window[:n]


def _grown(window: I64, n_types: int, person: I64 | None, often: I64) -> tuple[Level, ...]:
    """The tree whose paths are the rows of `window`, each walked by a person, so often in all."""
    levels = []
    parent = np.zeros(len(window), np.int64)
    for step in window.T:
        goes_on = step != NOTHING
        rows = np.ones(int(goes_on.sum()), np.int64)
        level, node = _level(parent[goes_on], step[goes_on], rows, n_types)
        if person is not None:
            here = _often(node, len(level.count), person[goes_on])
            base, cross = _summed_by(node, len(level.count), here, often[goes_on])
            level = replace(level, base=base, cross=cross)
            often = np.zeros(len(window), np.int64)
            often[goes_on] = here
        levels.append(level)
        parent = np.zeros(len(window), np.int64)
        parent[goes_on] = node
    return tuple(levels)


def _often(node: I64, nodes: int, person: I64 | None) -> I64:
    """For each row how often its person is at its node."""
    times = np.ones(len(node), np.int64)
    if person is not None:
        count_runs(person, node, np.zeros(nodes, np.int64), times)
    return times


def _summed_by(node: I64, nodes: int, *columns: I64) -> tuple[I64, ...]:
    """Each column summed by node."""
    sums = np.zeros((len(columns), nodes), np.int64)
    for total, column in zip(sums, columns, strict=True):
        np.add.at(total, node, column)
    return tuple(sums)


def _level(parent: I64, code: I64, count: I64, n_types: int) -> tuple[Level, I64]:
    """A level with equal children of equal parents made one, and the row that each became."""
    key, node, total = _summed(parent * (n_types + 1) + code - END, count)
    return Level(key // (n_types + 1), key % (n_types + 1) + END, total, total, total), node


def _summed(key: I64, count: I64) -> tuple[I64, I64, I64]:
    """The distinct keys in order, the place of each key among them, and their sums of counts.

    Keys below a few times their number are counted in a table, else sorted.
    """
    most = int(key.max(initial=-1)) + 1
    if most > DENSE * len(key):
        distinct, place = np.unique(key, return_inverse=True)
        total = np.zeros(len(distinct), np.int64)
        np.add.at(total, place, count)
        return distinct, place, total
    table, number = np.zeros(most, np.int64), np.zeros(most, np.int64)
    place = np.empty(len(key), np.int64)
    sum_keys(key, count, table, number, place)
    distinct = np.flatnonzero(table)
    return distinct, place, table[distinct]


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards together: the union of their trees."""
    names = in_common(a.events, b.events)
    n, (a, b) = len(names), (_recoded(p, names) for p in (a, b))
    after, before = _joined(a.after, b.after, n), _joined(a.before, b.before, n)
    return Partial(names, a.anchors + b.anchors, a.base + b.base, after, before)


def _recoded(partial: Partial, names: tuple[str, ...]) -> Partial:
    """The same in other codes; the levels are then no longer sorted, which joining mends."""
    if partial.events == names:
        return partial
    place = np.append(places(partial.events, names), END)  # END is -1, the last
    after, before = (
        tuple(replace(level, code=place[level.code]) for level in levels)
        for levels in (partial.after, partial.before)
    )
    return Partial(names, partial.anchors, partial.base, after, before)


def _joined(a: Sequence[Level], b: Sequence[Level], n_types: int) -> tuple[Level, ...]:
    levels = []
    row_a = row_b = np.zeros(1, np.int64)
    for one, other in zip(a, b, strict=True):
        parent = np.concatenate([row_a[one.parent], row_b[other.parent]])
        code = np.concatenate([one.code, other.code])
        level, node = _level(parent, code, np.concatenate([one.count, other.count]), n_types)
        columns = ([one.base, other.base], [one.cross, other.cross])
        base, cross = _summed_by(node, len(level.count), *map(np.concatenate, columns))
        levels.append(replace(level, base=base, cross=cross))
        row_a, row_b = node[: len(one.code)], node[len(one.code) :]
    return tuple(levels)


def finish(partial: Partial, query: Query) -> Paths:
    """The answer. Raises AnchorUnknown."""
    anchor = query.anchor if isinstance(query.anchor, str) else None
    if anchor is not None:
        check_anchor(anchor, partial.events)
    after, before = (
        _root(anchor, levels, partial, query) for levels in (partial.after, partial.before)
    )
    steps = (*_steps(after, 1, partial), *_steps(before, -1, partial))
    return Paths(anchor, partial.anchors, after, before, steps)


def neighbours(level: Level, events: tuple[str, ...]) -> list[tuple[str, int, int, int]]:
    """The events next to the anchor, the most frequent first: name, count, base and cross."""
    columns = (level.code, level.count, level.base, level.cross)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    found = [(events[code], *sums) for code, *sums in rows if code != END]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def _root(anchor: str | None, levels: Sequence[Level], partial: Partial, query: Query) -> Node:
    below = _children(levels, (0, partial.base), partial, query.top)
    return Node(anchor, "anchor", partial.anchors, 1.0, 1.0, 1.0, 1, below)


def _steps(root: Node, side: int, partial: Partial) -> Iterator[Step]:
    """By distance the nodes of a tree, those of one name together."""
    level, distance = root.children, side
    while level:
        found: dict[tuple[Literal["event", "end", "other"], str | None], int] = {}
        for one in level:
            assert one.kind != "anchor"  # noqa: S101 - that is the root alone
            found[one.kind, one.event] = found.get((one.kind, one.event), 0) + one.count
        for (kind, event), count in found.items():
            yield Step(distance, event, kind, share_at_least(count, partial.anchors, partial.base))
        level, distance = tuple(c for one in level for c in one.children), distance + side


def _children(
    levels: Sequence[Level], parent: tuple[int, int], partial: Partial, top: int
) -> tuple[Node, ...]:
    """The nodes below a parent: by its row in the level above, and its sum of squares."""
    if not levels:
        return ()
    level, names, (at, base) = levels[0], partial.events, parent
    first, stop = np.searchsorted(level.parent, [at, at + 1]).tolist()
    counts, codes = level.count[first:stop].tolist(), level.code[first:stop].tolist()
    total = sum(counts)
    rows = zip(counts, codes, range(first, stop), strict=True)
    events = [(-count, names[code], row) for count, code, row in rows if code != END]
    events.sort()
    found = []
    for less, name, row in events[:top]:
        below = _children(levels[1:], (row, int(level.base[row])), partial, top)
        own = ByPerson(int(level.base[row]), int(level.cross[row]), base)
        found.append(Node(name, "event", *_told(share_by_person(-less, total, own)), 1, below))
    folded = events[top:]
    if folded:
        count = -sum(less for less, _, _ in folded)
        told = share_at_least(count, total, base)
        found.append(Node(None, "other", *_told(told), len(folded), ()))
    ended = total + sum(less for less, _, _ in events)
    if ended:
        (row,) = (first + place for place, code in enumerate(codes) if code == END)
        own = ByPerson(int(level.base[row]), int(level.cross[row]), base)
        found.append(Node(None, "end", *_told(share_by_person(ended, total, own)), 1, ()))
    return tuple(found)


def _told(one: Share) -> tuple[int, float, float, float]:
    return one.count, one.share or 0.0, one.low or 0.0, 1.0 if one.high is None else one.high
