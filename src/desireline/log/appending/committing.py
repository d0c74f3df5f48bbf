"""One batch into the log: duplicates found, subjects named, positions given, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias, cast

from sqlalchemy import Connection, insert, select

from desireline.log.appending.memory import Memory, Pair
from desireline.log.appending.tail import Row, insert_rows
from desireline.log.counting import add_counts
from desireline.log.drafting import COLUMNS, Draft
from desireline.log.envelope import Duplicate, Failed, Stored, Verdict
from desireline.log.event_ids import Id, halves
from desireline.log.forgetting.returning import refuse_erased
from desireline.log.identity.links import Link, see_all
from desireline.log.naming.identifiers import Name
from desireline.log.naming.subjects import numbers_of
from desireline.log.refusals import LogUnavailable
from desireline.log.rejecting import Reject
from desireline.log.tables import failed_event, log_state

KIND = COLUMNS.index("kind")
_LOCK = select(log_state).with_for_update()

Fresh: TypeAlias = dict[Id, int]
"""Where in the batch the first event of each id is that the log does not have; in this order."""


@dataclass(slots=True)
class Batch:
    """What is to be appended, the door that each came through, and the form that each came in."""

    what: Sequence[Draft | Reject]
    sources: Sequence[str]
    forms: Sequence[str]

    def halves(self) -> tuple[Batch, Batch]:
        """The first and the second half."""
        half = len(self.what) // 2
        first = Batch(self.what[:half], self.sources[:half], self.forms[:half])
        return first, Batch(self.what[half:], self.sources[half:], self.forms[half:])

    def drafts(self, fresh: Fresh) -> list[Draft]:
        """The drafts at these places."""
        return [cast("Draft", self.what[place]) for place in fresh.values()]


@dataclass(slots=True)
class Laid:
    """What a batch has become, if its transaction is committed."""

    verdicts: list[Verdict]
    ids: Collection[Id]
    position: int
    subjects: dict[Name, int]
    links: dict[Pair, bool]


def _nothing() -> None:
    pass


def lay_down(
    tx: Connection,
    batch: Batch,
    memory: Memory,
    now: int,
    meanwhile: Callable[[], None] = _nothing,
) -> Laid:
    """The verdicts on a batch, each in its place; true as soon as `tx` is committed.

    Locks the row of `log_state` first, so at any time one transaction appends, and the order of
    commits is the order of positions. Only what is new takes a position, so there are no gaps.
    `meanwhile` is done where the database has to be waited for.
    """
    state = _lock(tx)
    memory.begin(state.erasures)
    fresh = _fresh(batch)
    for id_ in memory.known(tx, fresh, state.position):
        del fresh[id_]
    if state.erasures:
        left = refuse_erased(tx, batch.what, fresh, memory)
        batch = Batch(left, batch.sources, batch.forms)
    drafts = batch.drafts(fresh)
    numbers, learned = _numbers(tx, drafts, memory)
    first = state.position + 1
    insert_rows(tx, _rows(batch, fresh, numbers, (first, now)), meanwhile)
    sources = [batch.sources[place] for place in fresh.values()]
    unlinked = _unlinked(_links(drafts, sources, numbers), memory)
    linked = see_all(tx, unlinked.values(), now, state.links + 1) if unlinked else 0
    failed = _keep_failed(tx, batch, now)
    stored = len(fresh)
    counts = {"stored": stored, "failed": len(failed)}
    counts["duplicate"] = len(batch.what) - stored - len(failed)
    add_counts(tx, counts, stored, links=min(linked, 1))
    verdicts = _verdicts(batch, fresh, first, iter(failed))
    return Laid(verdicts, fresh, state.position + stored, learned, dict.fromkeys(unlinked, True))


def _lock(tx: Connection) -> Any:
    state = tx.execute(_LOCK).one_or_none()
    if state is None:
        raise LogUnavailable(
            "The database has no log: the one row of `log_state` is missing.",
            hint="Open the workspace anew, so that its database is brought up to date.",
        )
    return state


def _fresh(batch: Batch) -> Fresh:
    fresh: Fresh = {}
    for place, one in enumerate(batch.what):
        if type(one) is Draft:
            fresh.setdefault(one.id, place)
    return fresh


def _numbers(
    tx: Connection, drafts: Sequence[Draft], memory: Memory
) -> tuple[dict[Name, int], dict[Name, int]]:
    """The numbers of all identifiers of a batch, and those among them that memory did not have."""
    named = chain.from_iterable([draft.names for draft in drafts])
    earlier = [("user_id", draft.earlier) for draft in drafts if draft.earlier is not None]
    numbers, unknown = memory.subjects.find(chain(named, earlier))
    learned = numbers_of(tx, unknown) if unknown else {}
    numbers |= learned
    return numbers, learned


def _rows(
    batch: Batch, fresh: Fresh, numbers: Mapping[Name, int], begin: tuple[int, int]
) -> list[Row]:
    """The rows of the tail. `begin` is the first position, and the time that is now."""
    first, now = begin
    sources = batch.sources
    high, low = (half.tolist() for half in halves(fresh))
    return [
        (position, numbers[draft.names[0]], now, sources[place], hi, lo, *draft.columns)
        for position, (draft, place, hi, lo) in enumerate(
            zip(batch.drafts(fresh), fresh.values(), high, low, strict=True), first
        )
    ]


def _links(
    drafts: Sequence[Draft], sources: Sequence[str], numbers: Mapping[Name, int]
) -> Iterator[Link]:
    """Each event's subject with its other identifiers; the evidence is the event's kind."""
    for draft, source in zip(drafts, sources, strict=True):
        if len(draft.names) == 1 and draft.earlier is None:
            continue
        a, *others = [numbers[name] for name in draft.names]
        if draft.earlier is not None:
            others.append(numbers["user_id", draft.earlier])
        for b in others:
            if a != b:
                yield Link(a, b, str(draft.columns[KIND]), source)


def _unlinked(links: Iterator[Link], memory: Memory) -> dict[Pair, Link]:
    """The links that memory does not have; the database may have them."""
    wanted: dict[Pair, Link] = {}
    for one in links:
        pair = (one.a, one.b) if one.a < one.b else (one.b, one.a)
        if memory.links.get(pair) is None and pair not in wanted:
            wanted[pair] = one
    return wanted


def _keep_failed(tx: Connection, batch: Batch, now: int) -> list[Failed]:
    """Keeps the rejects of a batch; a verdict for each, in their order."""
    rejects = [
        (one, source, form)
        for one, source, form in zip(batch.what, batch.sources, batch.forms, strict=True)
        if type(one) is Reject
    ]
    if not rejects:
        return []
    rows = [
        {
            "received_at": now,
            "source": storable(source),
            "code": one.code,
            "reason": storable(f"{one.reason} {one.hint}".strip()),
            "body": one.body,
            "form": form,
        }
        for one, source, form in rejects
    ]
    made = insert(failed_event).returning(failed_event.c.id, sort_by_parameter_order=True)
    numbers = tx.execute(made, rows).scalars().all()
    return [
        Failed(failed_id=number, code=one.code, reason=one.reason, hint=one.hint)
        for number, (one, *_) in zip(numbers, rejects, strict=True)
    ]


def _verdicts(batch: Batch, fresh: Fresh, first: int, failed: Iterator[Failed]) -> list[Verdict]:
    positions = [0] * len(batch.what)
    for position, place in enumerate(fresh.values(), first):
        positions[place] = position
    return [
        Stored(id=cast("Draft", one).uuid, position=position)
        if position
        else Duplicate(id=one.uuid)
        if type(one) is Draft
        else next(failed)
        for one, position in zip(batch.what, positions, strict=True)
    ]


def storable(text: str) -> str:
    """The text without what no database keeps: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()
