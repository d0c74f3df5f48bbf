"""An index after anything that can happen to a log says what a plain list of events says."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.log.index.factories import NOW, Log, Told, Walk, expected_walks, new_log, walks_of

from desireline.log.index.snapshot import Snapshot

COLUMNS = ("plan", "n")
N_SUBJECTS = 12
KINDS = ["user_id", "anonymous_id", "email", "user_id", "anonymous_id", "loyalty_card"] * 2

subjects = st.integers(1, N_SUBJECTS)
told = st.builds(
    Told,
    subject=subjects,
    at=st.integers(0, 6).map(lambda n: NOW + n),
    type=st.sampled_from("abc"),
    channel=st.sampled_from(["", "web", "store"]),
    actor=st.sampled_from(["", "person"]),
    value=st.sampled_from([None, 0.5, 2.0]),
    properties=st.sampled_from(
        [None, {}, {"plan": "pro"}, {"plan": "basic", "n": 1}, {"n": 2.5}, {"n": "7"}]
    ),
)
mostly = st.sampled_from([True, True, False])
evidences = st.sampled_from(["identify", "identify", "track", "confirmed"])
events = st.lists(told, min_size=1, max_size=4)


class AnySequence(RuleBasedStateMachine):
    """What can happen to a log, in any order; after each refresh the index is compared."""

    url: str

    @initialize(some=st.lists(told, min_size=10, max_size=40))
    def begin(self, some: list[Told]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dl-index-"))
        self.log: Log = new_log(self.fresh_url(), self.folder)
        self.log.add_subjects(*KINDS)
        self.log.append(*some)
        self.index = self.log.index(COLUMNS)
        self.kept: list[tuple[Snapshot, dict[int, Walk]]] = []

    def fresh_url(self) -> str:
        return f"sqlite:///{self.folder}/desireline.db"

    def teardown(self) -> None:
        self.log.close()
        shutil.rmtree(self.folder)

    @rule(some=events, look=mostly)
    def append(self, some: list[Told], look: bool) -> None:
        self.log.append(*self.of_the_living(some))
        self.refresh(look)

    @rule(some=events, look=mostly)
    def import_events(self, some: list[Told], look: bool) -> None:
        if living := self.of_the_living(some):
            self.log.import_events(*living)
            self.refresh(look)

    @rule(text=st.sampled_from(["x", "007"]), look=mostly)
    def append_a_number_that_is_none(self, text: str, look: bool) -> None:
        self.log.append(*self.of_the_living([Told(1, NOW, properties={"n": text})]))
        self.refresh(look)

    @rule(back=st.integers(0, 4), look=mostly)
    def seal(self, back: int, look: bool) -> None:
        self.log.seal(max(0, self.log.position - back))
        self.refresh(look)

    @rule(look=mostly)
    def compact(self, look: bool) -> None:
        self.log.compact()
        self.refresh(look)

    @rule(a=subjects, b=subjects, evidence=evidences, look=mostly)
    def link(self, a: int, b: int, evidence: str, look: bool) -> None:
        if a != b and not {a, b} & self.log.gone:
            self.log.link(a, b, evidence)
            self.refresh(look)

    @precondition(lambda self: self.log.links)
    @rule(data=st.data(), look=mostly)
    def withdraw(self, data: Any, look: bool) -> None:
        self.log.withdraw(*data.draw(st.sampled_from(sorted(self.log.links))))
        self.refresh(look)

    @rule(subject=subjects, look=mostly)
    def erase(self, subject: int, look: bool) -> None:
        self.log.erase(subject)
        self.refresh(look)

    @rule()
    def rebuild(self) -> None:
        assert self.index.rebuild() == self.log.position
        self.compare()

    def of_the_living(self, some: list[Told]) -> list[Told]:
        return [one for one in some if one.subject not in self.log.gone]

    def refresh(self, look: bool) -> None:
        if look:
            assert self.index.refresh() == self.log.position
            self.compare()

    def compare(self) -> None:
        snapshot = self.index.snapshot()
        walks = walks_of(snapshot)
        assert walks == expected_walks(self.log, COLUMNS)
        assert snapshot.position == self.log.position
        assert snapshot.n_events == len(self.log.events)
        assert snapshot.n_persons == len(walks)
        self.kept = [*self.kept[-3:], (snapshot, walks)]

    @invariant()
    def snapshots_stay_as_they_were(self) -> None:
        for snapshot, walks in self.kept:
            assert walks_of(snapshot) == walks


def run(url_of: Any, examples: int, steps: int) -> None:
    class Here(AnySequence):
        def fresh_url(self) -> str:
            return str(url_of(self.folder))

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_sqlite(at_length: bool) -> None:
    run(lambda folder: f"sqlite:///{folder}/desireline.db", 24 if at_length else 6, 25)


def test_postgresql(request: pytest.FixtureRequest, at_length: bool) -> None:
    server = request.getfixturevalue("postgres")
    run(lambda _: server.migrated_database(), 8 if at_length else 3, 25)
