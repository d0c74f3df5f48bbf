"""The thread that keeps an index fresh."""

from __future__ import annotations

import pytest
from tests.log.index.factories import NOW, Log, Told, expected_walks, walks_of

from desireline.kit.clock import SystemClock
from desireline.log.index.following import Follower

LONG = 30.0
"""Seconds that are never waited for unless something is wrong."""


def test_it_looks_by_itself(log: Log) -> None:
    with Follower(log.index(), log.clock, every_seconds=0.01) as follower:
        for i in range(5):
            log.append(Told(1, NOW + i))
            assert follower.wait_for(log.position, LONG)


def test_being_told_it_looks_at_once(log: Log) -> None:
    index = log.index()
    with Follower(index, log.clock, every_seconds=3600) as follower:
        for i in range(5):
            log.append(Told(1, NOW + i))
            follower.notify()
            assert follower.wait_for(log.position, LONG)
    assert walks_of(index.snapshot()) == expected_walks(log)


def test_waiting_for_what_never_comes_ends(log: Log) -> None:
    with Follower(log.index(), log.clock) as follower:
        assert not follower.wait_for(1, 0.01)


def test_lag_is_in_events_and_seconds(log: Log) -> None:
    index = log.index()
    follower = Follower(index, log.clock)
    log.append(Told(1, NOW), Told(2, NOW))
    log.clock.move(2_500_000)
    lag = follower.lag()
    assert (lag.events, lag.seconds, lag.trouble) == (2, 2.5, None)
    index.refresh()
    assert (follower.lag().events, follower.lag().seconds) == (0, 0.0)


def test_trouble_is_told_and_overcome(log: Log) -> None:
    """A segment is away, as where a disk is not mounted, and comes back."""
    log.append(Told(1, NOW))
    index = log.index()
    log.append(Told(1, NOW + 1))
    log.seal()
    (name,) = log.store.names()
    path = log.store.local(name, "")
    away = path.with_suffix(".away")
    path.rename(away)
    with Follower(index, log.clock, every_seconds=0.01) as follower:
        while (trouble := follower.lag().trouble) is None:
            assert index.snapshot().position == 1
        assert name in trouble
        away.rename(path)
        assert follower.wait_for(2, LONG)
        assert follower.lag().trouble is None


def test_it_ends_when_told_and_may_begin_again(log: Log) -> None:
    index = log.index()
    follower = Follower(index, SystemClock(), every_seconds=0.01)
    for _ in range(2):
        follower.start()
        log.append(Told(1, NOW))
        assert follower.wait_for(log.position, LONG)
        follower.stop()
    log.append(Told(1, NOW))
    assert not follower.wait_for(log.position, 0.05)


@pytest.mark.parametrize("threads", [4])
def test_refreshes_wait_for_each_other(log: Log, threads: int) -> None:
    index = log.index()
    followers = [Follower(index, log.clock, every_seconds=0.001) for _ in range(threads)]
    for follower in followers:
        follower.start()
    for i in range(20):
        log.append(Told(1 + i % 6, NOW - i))
    for follower in followers:
        assert follower.wait_for(20, LONG)
        follower.stop()
    assert walks_of(index.snapshot()) == expected_walks(log)
