"""R-ORDER: the same calls in any order make the same persons; and many identifiers on one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.databases import ready
from tests.log.factories import NOW, appending, drafts
from tests.promises import Report

from desireline.kit.clock import SetClock
from desireline.kit.database import Database
from desireline.log.appending.appender import Appender
from desireline.log.identity.people import People, every_circle, subjects_of
from desireline.log.index.index import Index
from desireline.log.segments.store import SegmentStore
from desireline.log.tables import subject

Call = dict[str, Any]
Groups = frozenset[frozenset[str]]

VALUES = {
    "user_id": ("ann", "ben"),
    "email": ("ann@x.de", "info@x.de"),
    "phone": ("+48221000",),
    "anonymous_id": ("phone", "tablet"),
    "previous_id": ("ann", "ben"),
}


def calls(most: int) -> st.SearchStrategy[list[Call]]:
    """Identify, alias and track calls that name one or more of a few identifiers."""
    kinds = st.sampled_from(["identify", "alias", "track"])
    named = {kind: st.sampled_from(values) for kind, values in VALUES.items()}
    one = st.fixed_dictionaries({"kind": kinds}, optional=named).filter(lambda call: len(call) > 1)
    return st.lists(one, min_size=2, max_size=most)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Appender]]:
    """One log for all examples: each order of each example is a world with names of its own."""
    db = ready(f"sqlite:///{tmp_path_factory.mktemp('orders')}/log.db")
    with appending(db) as appender:
        yield db, appender
    db.close()


WORLDS = count(1)


def in_world(call: Call, world: int) -> Call:
    """The same call of other people."""
    named = {
        kind: f"{value}{world:07}"
        if kind == "phone"
        else f"{value.partition('@')[0]}@{world}.de"
        if kind == "email"
        else f"{world}-{value}"
        for kind, value in call.items()
        if kind != "kind"
    }
    more = {kind: named.pop(kind) for kind in ("previous_id",) if kind in named}
    return {"type": "seen", "kind": call["kind"], **named, "identifiers": more}


def name_of(kind: str, value: str) -> tuple[int, str]:
    """The world of an identifier, and what it is called there."""
    if kind == "phone":
        return int(value[-7:]), "phone"
    if kind == "email":
        local, _, domain = value.partition("@")
        return int(domain.removesuffix(".de")), local
    world, _, name = value.partition("-")
    return int(world), f"{kind}:{name}"


def persons(db: Database, worlds: Sequence[int]) -> set[Groups]:
    """Who is one person in each of some worlds."""
    with db.reading() as look:
        everybody = People.of(every_circle(look))
        rows = look.execute(select(subject.c.id, subject.c.kind, subject.c.value)).all()
    person = everybody.of_subjects(np.array([number for number, *_ in rows])).tolist()
    groups: dict[int, dict[int, set[str]]] = {world: {} for world in worlds}
    for (_, kind, value), one in zip(rows, person, strict=True):
        world, name = name_of(kind, value)
        if world in groups:
            groups[world].setdefault(one, set()).add(name)
    return {frozenset(map(frozenset, found.values())) for found in groups.values()}


def same_in_all_orders(shared: tuple[Database, Appender], some: list[Call]) -> None:
    db, appender = shared
    orders = list(permutations(some))
    worlds = [next(WORLDS) for _ in orders]
    told = [in_world(call, w) for w, order in zip(worlds, orders, strict=True) for call in order]
    for start in range(0, len(told), 5_000):
        appender.append(drafts(*told[start : start + 5_000]), "api")
    assert len(persons(db, worlds)) == 1


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(some=calls(4))
def test_r_order_any_calls(shared: tuple[Database, Appender], some: list[Call]) -> None:
    same_in_all_orders(shared, some)


def test_r_order_seven_calls(
    shared: tuple[Database, Appender], at_length: bool, report: Report
) -> None:
    """All 5,040 orders of seven drawn calls, through the door and into the log."""
    examples = 10 if at_length else 1

    @settings(max_examples=examples, database=None, derandomize=True)
    @given(some=calls(7).filter(lambda found: len(found) == 7))
    def all_orders(some: list[Call]) -> None:
        same_in_all_orders(shared, some)

    all_orders()
    report("R-ORDER", f"{examples} sets of seven calls in all 5,040 orders: the same persons")


MANY = 10_000


def star(i: int) -> Call:
    return {"type": "seen", "kind": "identify", "user_id": "hub", "anonymous_id": f"d{i}"}


def chain(i: int) -> Call:
    call = {"type": "seen", "kind": "alias", "identifiers": {f"card_{i % 2}": f"c{i}"}}
    call["identifiers"] |= {f"card_{(i + 1) % 2}": f"c{i + 1}"}
    return call | ({"user_id": "hub"} if i == 0 else {})


def alone(i: int) -> Call:
    return {"type": "seen", "user_id": f"u{i}"}


@pytest.mark.parametrize("shape", [star, chain])
def test_many_identifiers_on_one_person(
    shape: Callable[[int], Call], database_url: str, tmp_path: Path, report: Report
) -> None:
    """They cost a few times what as many strangers cost, whether near or far from each other."""
    db = ready(database_url)
    store = SegmentStore.at(f"file://{tmp_path}/segments")
    with appending(db) as appender, Index(db, store, SetClock(NOW)) as index:
        strangers = timed(lambda: arrive(appender, index, alone))
        linked = timed(lambda: arrive(appender, index, shape))
        with db.reading() as look:
            hub = look.execute(select(subject.c.id).where(subject.c.value == "hub")).scalar_one()
            begun = time.process_time()
            found = subjects_of(look, hub)
            looked = time.process_time() - begun
        people = index.snapshot().people
        assert set(people.of_subjects(np.array(found)).tolist()) == {found[0]} == {hub}
    db.close()
    assert len(found) > MANY
    report(
        "R-ORDER",
        f"{MANY:,} identifiers on one person, {shape.__name__}: in the log and index"
        f" in {linked:.2f} s of a processor ({strangers:.2f} s for strangers),"
        f" found in {looked:.2f} s",
    )
    assert linked + looked < 12 * strangers


def arrive(appender: Appender, index: Index, shape: Callable[[int], Call]) -> None:
    for start in range(0, MANY, 1_000):
        appender.append(drafts(*[shape(i) for i in range(start, start + 1_000)]), "api")
    index.refresh()


def timed(work: Callable[[], None]) -> float:
    """Seconds of a processor in this process, so that nobody else's work counts.

    PostgreSQL's own are not among them; what is asked of it, SQLite is asked as well.
    """
    begun = time.process_time()
    work()
    return time.process_time() - begun
