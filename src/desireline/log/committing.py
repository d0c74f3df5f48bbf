"""One batch into the log: duplicates found, subjects named, positions given, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, cast

from sqlalchemy import Connection, insert, select, update

from desireline.log.counting import add_counts
from desireline.log.dedup import IdSets
from desireline.log.drafting import COLUMNS, Draft
from desireline.log.envelope import Duplicate, Failed, Stored, Verdict
from desireline.log.event_ids import Halves, text_of
from desireline.log.identifiers import Name
from desireline.log.identity.links import Link, link_all
from desireline.log.recent import Recent
from desireline.log.refusals import LogUnavailable, trouble_of
from desireline.log.rejecting import Reject
from desireline.log.subjects import numbers_of
from desireline.log.tables import failed_event, log_state
from desireline.log.tail import Row, ids_in_tail, insert_rows

MOST_SUBJECTS = 200_000
"""Identifiers known by heart; about 30 MB."""
MOST_LINKS = 100_000

KIND = COLUMNS.index("kind")

Pair: TypeAlias = tuple[int, int]


class Item(NamedTuple):
    """What is to be appended, and the door it came through."""

    what: Draft | Reject
    source: str


@dataclass
class Memory:
    """What need not be asked of the database again: what is committed, and nothing else."""

    ids: IdSets
    subjects: Recent[Name, int] = field(default_factory=lambda: Recent(MOST_SUBJECTS))
    links: Recent[Pair, bool] = field(default_factory=lambda: Recent(MOST_LINKS))
    erasures: int = -1
    duplicates_expected: bool = False
    """Whether the last batch had some, so that it pays to look before inserting."""

    def begin(self, tx: Connection, catalogue: int, erasures: int) -> None:
        """Brings it to what a transaction sees. An erasure makes all numbers of subjects void."""
        self.ids.refresh(tx, catalogue)
        if erasures != self.erasures:
            self.subjects.forget()
            self.links.forget()
            self.erasures = erasures

    def keep(self, laid: Laid) -> None:
        """Takes in what a transaction found out, after its commit."""
        self.subjects.learn(laid.subjects)
        self.links.learn(laid.links)


@dataclass
class Laid:
    """What a batch has become, if its transaction is committed."""

    verdicts: list[Verdict]
    position: int
    subjects: dict[Name, int]
    links: dict[Pair, bool]


def lay_down(tx: Connection, items: Sequence[Item], memory: Memory, now: int) -> Laid:
    """The verdicts on a batch, each in its place; true as soon as `tx` is committed.

    Locks the row of `log_state` first, so at any time one transaction appends, and the order of
    commits is the order of positions. Only what is new takes a position, so there are no gaps.
    """
    state = _lock(tx)
    memory.begin(tx, state.catalogue, state.erasures)
    fresh = _fresh(tx, items, memory)
    numbers, learned = _numbers(tx, fresh, memory)
    _insert(tx, fresh, memory, lambda: _rows(fresh, numbers, state.position + 1, now))
    links = _link(tx, fresh, numbers, memory, now)
    position = state.position + len(fresh)
    tx.execute(update(log_state).values(position=position))
    verdicts = _verdicts(items, fresh, state.position + 1, _keep_failed(tx, items, now))
    _count(tx, verdicts)
    return Laid(verdicts, position, learned, links)


Fresh: TypeAlias = dict[Halves, Item]
"""By id, the first item of each that the log does not have, in the order of their coming."""


def _lock(tx: Connection) -> Any:
    state = tx.execute(select(log_state).with_for_update()).one_or_none()
    if state is None:
        raise LogUnavailable(
            "The database has no log: the one row of `log_state` is missing.",
            hint="Open the workspace anew, so that its database is brought up to date.",
        )
    return state


def _fresh(tx: Connection, items: Sequence[Item], memory: Memory) -> Fresh:
    fresh: Fresh = {}
    for item in items:
        if type(item.what) is Draft:
            fresh.setdefault(item.what.id, item)
    _drop(fresh, memory.ids.known(fresh))
    if memory.duplicates_expected:
        _drop_known(tx, fresh, memory)
    return fresh


def _drop_known(tx: Connection, fresh: Fresh, memory: Memory) -> bool:
    known = ids_in_tail(tx, fresh)
    _drop(fresh, known)
    memory.duplicates_expected = bool(known)
    return bool(known)


def _drop(fresh: Fresh, known: set[Halves]) -> None:
    for id_ in known:
        del fresh[id_]


def _numbers(
    tx: Connection, fresh: Fresh, memory: Memory
) -> tuple[dict[Name, int], dict[Name, int]]:
    """The numbers of all identifiers of a batch, and those among them that memory did not have."""
    names = {name for item in fresh.values() for name in _draft(item).names}
    get = memory.subjects.get
    numbers = {name: number for name in names if (number := get(name)) is not None}
    learned = numbers_of(tx, names - numbers.keys()) if len(numbers) < len(names) else {}
    return numbers | learned, learned


def _insert(tx: Connection, fresh: Fresh, memory: Memory, rows: Callable[[], list[Row]]) -> None:
    """Inserts first and asks only if that fails: most batches hold nothing that is known."""
    if not fresh:
        return
    try:
        with tx.begin_nested():
            insert_rows(tx, rows())
    except Exception as error:
        if trouble_of(error) != "twice" or not _drop_known(tx, fresh, memory):
            raise
        insert_rows(tx, rows())


def _rows(fresh: Fresh, numbers: Mapping[Name, int], first: int, now: int) -> list[tuple[Any, ...]]:
    return [
        (position, numbers[draft.names[0]], now, source, *draft.id, *draft.columns)
        for position, (draft, source) in enumerate(fresh.values(), first)
        if type(draft) is Draft
    ]


def _link(
    tx: Connection, fresh: Fresh, numbers: Mapping[Name, int], memory: Memory, now: int
) -> dict[Pair, bool]:
    """Links each event's subject with its other identifiers; the evidence is the event's kind."""
    wanted: dict[Pair, Link] = {}
    for item in fresh.values():
        draft = _draft(item)
        if len(draft.names) == 1:
            continue
        a, *others = (numbers[name] for name in draft.names)
        for b in others:
            pair = (a, b) if a < b else (b, a)
            if memory.links.get(pair) is None and pair not in wanted:
                wanted[pair] = Link(a, b, str(draft.columns[KIND]))
    if wanted:
        link_all(tx, wanted.values(), now)
    return dict.fromkeys(wanted, True)


def _keep_failed(tx: Connection, items: Sequence[Item], now: int) -> Iterator[Failed]:
    """Keeps the rejects of a batch; a verdict for each, in their order."""
    rejects = [(what, source) for what, source in items if type(what) is Reject]
    if not rejects:
        return iter(())
    rows = [
        {
            "received_at": now,
            "source": storable(source),
            "code": one.code,
            "reason": storable(f"{one.reason} {one.hint}".strip()),
            "body": one.body,
        }
        for one, source in rejects
    ]
    made = insert(failed_event).returning(failed_event.c.id, sort_by_parameter_order=True)
    numbers = tx.execute(made, rows).scalars().all()
    return iter(
        [
            Failed(failed_id=number, code=one.code, reason=one.reason, hint=one.hint)
            for number, (one, _) in zip(numbers, rejects, strict=True)
        ]
    )


def _verdicts(
    items: Sequence[Item], fresh: Fresh, first: int, failed: Iterator[Failed]
) -> list[Verdict]:
    positions = {id(item): position for position, item in enumerate(fresh.values(), first)}
    verdicts: list[Verdict] = []
    for item in items:
        if type(item.what) is Reject:
            verdicts.append(next(failed))
        elif (position := positions.get(id(item))) is not None:
            verdicts.append(Stored(id=text_of(_draft(item).id), position=position))
        else:
            verdicts.append(Duplicate(id=text_of(_draft(item).id)))
    return verdicts


def _count(tx: Connection, verdicts: Sequence[Verdict]) -> None:
    add_counts(tx, Counter(one.verdict for one in verdicts))


def _draft(item: Item) -> Draft:
    return cast("Draft", item.what)


def storable(text: str) -> str:
    """The text without what no database keeps: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()
