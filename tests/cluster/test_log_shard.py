"""Shards of a log together say what the index of the whole log says, whatever happens to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import pytest
from tests.engine.maps import map_of, stage
from tests.log.index.factories import SMALL, Log, Told, new_log

from desireline.cluster.log_shard import LogLoader, LogShard
from desireline.engine.analyses import variants
from desireline.engine.compute.threads import run
from desireline.engine.living_map import bind
from desireline.kit.database import Database
from desireline.log.index.sharing import Share

DRAWN = map_of(stage("s", "visit", "cart"), stage("t", "order"), outcome="order")
KINDS = ("user_id", "anonymous_id", "email", "user_id", "anonymous_id", "email")


@pytest.fixture
def log(database_url: str, tmp_path: Path) -> Iterator[Log]:
    made = new_log(database_url, tmp_path)
    made.add_subjects(*KINDS)
    yield made
    made.close()


@contextmanager
def shards_of(url: str, log: Log, of: int) -> Iterator[list[LogShard]]:
    with ExitStack() as opened:
        made = []
        for number in range(of):
            share = Share(number, of)
            made.append(LogShard(Database(url), log.store, ("size",), share, SMALL))
            opened.callback(made[-1].close)
        yield made


def check(log: Log, shards: list[LogShard]) -> None:
    """All shards together say what an index says that is made anew."""
    whole = log.index(("size",)).snapshot().parts
    for number, shard in enumerate(shards):
        assert shard.refresh() == log.position
        persons = {
            int(part.ids[part.person_index(j)])
            for part in shard.parts()
            for j in range(len(part))
            if part.mask is None or part.mask.journey[j]
        }
        assert {person % len(shards) for person in persons} <= {number}
    parts = [part for shard in shards for part in shard.parts()]
    assert bind(DRAWN, parts).to_dict() == bind(DRAWN, whole).to_dict()
    assert run(variants, parts, variants.Query()) == run(variants, whole, variants.Query())


def some_events(rng: np.random.Generator, n: int, subjects: int) -> list[Told]:
    return [
        Told(
            subject=int(rng.integers(1, subjects + 1)),
            at=1_700_000_000_000_000 + int(rng.integers(0, 50)) * 1_000_000,
            type=str(rng.choice(["visit", "cart", "order", "chat"])),
            channel=str(rng.choice(["", "web", "store"])),
            properties={"size": int(rng.integers(1, 4))} if rng.random() < 0.5 else None,
        )
        for _ in range(n)
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shards_follow_the_log_through_everything(log: Log, database_url: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    log.append(*some_events(rng, 20, 6))
    links = [(1, 2), (2, 3), (4, 5), (5, 6), (3, 5)]
    with shards_of(database_url, log, 3) as shards:
        check(log, shards)
        for step in range(8):
            log.append(*some_events(rng, int(rng.integers(0, 9)), len(log.kinds)))
            if step % 3 == 1:
                log.import_events(*some_events(rng, 5, len(log.kinds)))
            if step % 2 and links:
                log.link(*links.pop(int(rng.integers(len(links)))))
            if step == 3:
                log.seal()
                log.add_subjects("anonymous_id", "email")
            if step == 5 and log.links:
                log.withdraw(*next(iter(log.links)))
            if step == 6:
                log.compact()
            check(log, shards)
        log.erase(2)
        check(log, shards)


def test_an_empty_log_has_empty_shards(log: Log, database_url: str) -> None:
    with shards_of(database_url, log, 2) as shards:
        assert [part.n_events for shard in shards for part in shard.parts()] == []
        check(log, shards)


def test_a_loader_opens_the_log_by_its_addresses(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    log = new_log(url, tmp_path)
    log.add_subjects(*KINDS)
    log.append(*some_events(np.random.default_rng(5), 40, 6))
    log.seal()
    loader = LogLoader(url, f"file://{tmp_path}/segments", columns=("size",))
    shards = [loader(shard, 2) for shard in range(2)]
    check(log, shards)
    for shard in shards:
        shard.close()
    log.close()
