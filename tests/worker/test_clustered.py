"""Answers of a Ray cluster are those of this process."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.databases import new_workspace
from tests.server.processes import walks

from desireline.engine.discovery import discover
from desireline.log.decoding import decode
from desireline.log.drafting import Arrival
from desireline.log.index.index import Index
from desireline.modules.answering import AnswersHere, Asked
from desireline.modules.rooms import Rooms
from desireline.settings import read_settings
from desireline.worker.clustered import AnswersOfCluster, PartUnanswered

ray = pytest.importorskip("ray", reason="the extra [cluster] is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """A cluster of one node."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Ray's own processes and files
        ray.init(
            num_cpus=2,
            include_dashboard=False,
            log_to_driver=False,
            configure_logging=False,
            object_store_memory=100 * 2**20,
        )
        yield
        ray.shutdown()


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    settings = read_settings({}, data_dir=tmp_path / "w", compute="ray://auto?shards=2")
    found = Rooms.of(new_workspace(settings))
    yield found
    found.close()


def _append(rooms: Rooms, persons: int, begin: int = 0) -> None:
    body = json.dumps(walks(persons, begin=begin)).encode()
    rooms.appender.append(decode(body, Arrival.by(rooms.clock)), "test")


def test_a_cluster_answers_as_this_process_does(cluster: None, rooms: Rooms) -> None:
    _append(rooms, 200)
    here = AnswersHere(Index(rooms.db, rooms.store, rooms.clock, ()))
    there = AnswersOfCluster(rooms.workspace.settings, ())
    try:
        assert there.position == here.position == len(walks(200))
        journey_map = discover(there.whole()).journey_map
        assert journey_map == discover(here.whole()).journey_map
        assert _told(there, journey_map) == _told(here, journey_map)
        _append(rooms, 30, begin=200)
        assert there.refresh() == here.refresh()
        assert _told(there, journey_map) == _told(here, journey_map)
        by_plan = msgspec.structs.replace(journey_map.case_by, kind="column", column="plan")
        cased = msgspec.structs.replace(journey_map, case_by=by_plan)
        assert _told(there, cased) == _told(here, cased)
        with pytest.raises(PartUnanswered):
            there.living_map(journey_map, Asked(channels=("web",)))
    finally:
        there.close()
        here.close()


def _told(answers: object, journey_map: object) -> object:
    living, position = answers.living_map(journey_map)  # type: ignore[attr-defined]
    return living.to_dict(), position
