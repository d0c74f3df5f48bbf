"""A real cluster: the answers of one machine, also when nodes are lost."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.cluster.conftest import WORKER
from tests.cluster.simulated import (
    FailingLoader,
    FolderLoader,
    Waiting,
    read,
    write_events,
)
from tests.engine.maps import map_of, stage, touchpoint
from tests.log.index.factories import NOW, Told, new_log

from desireline.cluster import ClusterUnavailable, Loader, LogLoader, Patience, connect
from desireline.cluster.compute import RayCompute
from desireline.cluster.holder import State
from desireline.engine.analyses import funnel, paths, positions, touchpoints, transitions, variants
from desireline.engine.compute.threads import run
from desireline.engine.errors import DesirelineError
from desireline.engine.journey_map import CaseBy, JourneyMap
from desireline.engine.journeys import Journeys
from desireline.engine.living_map import question
from desireline.engine.rules.builders import count, event
from desireline.engine.telling import InWords, ToldQuery, Words

SHORT = Patience(load=80.0, answer=80.0)


def shop(case_by: CaseBy) -> JourneyMap:
    again = touchpoint("again", rule=count(event("c"), at_least=2))
    stages = stage("s", "a", again), stage("t", "b", "c")
    return map_of(*stages, outcome="d", case_by=case_by)


PERSONS, SESSIONS, ORDERS = (
    CaseBy(),
    CaseBy("session", gap_seconds=86_400.0),
    CaseBy("column", column="order"),
)
QUERY = question.Query(shop(PERSONS))
QUESTIONS: dict[str, tuple[Any, Any]] = {
    "the living map": (question, QUERY),
    "the living map of sessions": (question, question.Query(shop(SESSIONS))),
    "the living map of orders": (question, question.Query(shop(ORDERS))),
    "transitions": (transitions, transitions.Query(True, True, event("d"), rarity=True)),
    "variants": (variants, variants.Query(top=9, outcome=event("d"))),
    "funnel": (funnel, funnel.Query((funnel.Step(event("a")), funnel.Step(event("d"))))),
    "paths": (paths, paths.Query("b")),
    "touchpoints": (touchpoints, touchpoints.Query(event("d"))),
    "positions in the words of a map": (
        InWords(positions),
        ToldQuery(Words.of(shop(PERSONS)), positions.Query()),
    ),
}


def whole(folder: Path) -> list[Journeys]:
    """The same log in this process."""
    return read(sorted(folder.glob("*.npz")), 0, 1)


def compute(loader: Loader, shards: int, threads: int = 1) -> RayCompute:
    return connect(f"ray://auto?shards={shards}&threads={threads}", loader, SHORT)


def living(journeys: Any) -> dict[str, Any]:
    """The living map of the persons of these journeys, or of a cluster."""
    if isinstance(journeys, RayCompute):
        return journeys.ask(question, QUERY).to_dict()
    return run(question, journeys, QUERY).to_dict()


@pytest.fixture(scope="module")
def two(cluster: Any, log: Path) -> Iterator[RayCompute]:
    """The log in two shards."""
    asked = compute(FolderLoader(log), 2)
    yield asked
    asked.close()


def _equal(asked: RayCompute, log: Path) -> None:
    parts = whole(log)
    for name, (analysis, query) in QUESTIONS.items():
        there, here = asked.ask(analysis, query), run(analysis, parts, query)
        assert there.to_dict() == here.to_dict(), name
        if "positions" in name:
            assert list(there.journeys(20)) == list(here.journeys(20))


def test_answers_of_two_shards_are_equal_to_the_last_count(two: RayCompute, log: Path) -> None:
    assert len({state.pid for state in two.states()}) == 2
    _equal(two, log)


@pytest.mark.parametrize(("shards", "threads"), [(1, 2), (4, 1)])
def test_answers_are_equal_to_the_last_count(
    cluster: Any, log: Path, shards: int, threads: int
) -> None:
    asked = compute(FolderLoader(log), shards, threads)
    try:
        events = [state.events for state in asked.states()]
        assert len(events) == shards
        assert sum(events) == sum(part.n_events for part in whole(log))
        _equal(asked, log)
    finally:
        asked.close()


def test_new_events_are_in_the_answers_after_a_refresh(two: RayCompute, log: Path) -> None:
    before = living(two)
    write_events(log, 3, 5_000, 4_000)
    assert living(two) == before
    assert two.refresh() == 3
    assert living(two) == living(whole(log)) != before


def test_a_question_sees_one_state_through_all_its_looks(
    two: RayCompute, log: Path, tmp_path: Path
) -> None:
    before = living(two)
    waiting = Waiting(question, tmp_path, lambda query: query.usual is not None)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(two.ask, waiting, QUERY)
        _until_looking(tmp_path, 2)
        write_events(log, 4, 5_000, 4_000)
        assert two.refresh() == 4
        (tmp_path / "go").touch()
        assert answer.result(60).to_dict() == before
    assert living(two) == living(whole(log)) != before


def test_what_an_analysis_or_a_loader_refuses_is_told(two: RayCompute) -> None:
    with pytest.raises(paths.AnchorUnknown, match="No event type is called 'order'") as caught:
        two.ask(paths, paths.Query("order"))
    assert "There are: a, b, c, d" in caught.value.hint
    with pytest.raises(DesirelineError, match="no such bucket") as refused:
        compute(FailingLoader(), 1)
    assert refused.value.hint == "Look at it."


def test_actors_load_and_follow_a_log_in_its_database(cluster: Any, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    real = new_log(url, tmp_path)
    real.add_subjects("user_id", "anonymous_id", "email")
    real.append(*(Told(1 + i % 3, NOW + i * 10**6, "abcd"[i % 4]) for i in range(60)))
    real.seal()
    real.append(*(Told(1 + i % 3, NOW + i * 10**6, "abcd"[i % 4]) for i in range(60, 80)))
    asked = compute(LogLoader(url, f"file://{tmp_path}/segments"), 2)
    try:
        assert living(asked) == living(real.index().snapshot().parts)
        real.link(2, 3)
        real.append(Told(3, NOW, "d"))
        assert asked.refresh() == 81
        assert living(asked) == living(real.index().snapshot().parts)
    finally:
        asked.close()
        real.close()


@pytest.mark.parametrize("look", ["first", "last"])
def test_R_DIST_a_node_killed_in_mid_query_gives_the_exact_answer(  # noqa: N802
    cluster: Any, two: RayCompute, log: Path, tmp_path: Path, look: str
) -> None:
    at_last = look == "last"
    waiting = Waiting(question, tmp_path, lambda query: (query.usual is not None) is at_last)
    before = two.states()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(two.ask, waiting, QUERY)
        _until_looking(tmp_path, 2)
        (lost,) = _kill_nodes(cluster, before, 1)
        assert any(state.node == lost for state in before)
        (tmp_path / "go").touch()
        assert answer.result(80).to_dict() == living(whole(log))
    assert lost not in {state.node for state in two.states()}
    cluster.add_node(wait=False, **WORKER)


def test_R_DIST_without_room_for_a_lost_shard_there_is_an_error_and_no_answer(  # noqa: N802
    cluster: Any, two: RayCompute, log: Path, tmp_path: Path
) -> None:
    """The head node has room for one of two shards; both other nodes are killed."""
    cluster.wait_for_nodes()
    two.patience = Patience(load=5.0, answer=80.0)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(two.ask, Waiting(question, tmp_path), QUERY)
        _until_looking(tmp_path, 2)
        _kill_nodes(cluster, two.states(), 2)
        (tmp_path / "go").touch()
        with pytest.raises(ClusterUnavailable, match=r"Shard \d of 2 did not answer") as caught:
            answer.result(80)
    assert "ray status" in caught.value.hint
    two.patience = SHORT
    _back_to_three(cluster)
    assert living(two) == living(whole(log))


def _until_looking(folder: Path, actors: int) -> None:
    until = time.monotonic() + 60
    while len(list(folder.glob("looking-*"))) < actors:
        assert time.monotonic() < until, "nobody looks"
        time.sleep(0.02)


def _kill_nodes(cluster: Any, states: Sequence[State], how_many: int) -> list[str]:
    """Kills nodes other than the head at once, those with actors first; gives their ids."""
    held = {state.node: state.pid for state in states}
    nodes = sorted(cluster.worker_nodes, key=lambda node: node.node_id not in held)[:how_many]
    for node in nodes:
        if node.node_id in held:
            os.kill(held[node.node_id], signal.SIGKILL)
        cluster.remove_node(node, allow_graceful=False)
    return [node.node_id for node in nodes]


def _back_to_three(cluster: Any) -> None:
    while len(cluster.worker_nodes) < 2:
        cluster.add_node(**WORKER)
