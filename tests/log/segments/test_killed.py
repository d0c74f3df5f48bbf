"""Killed at every step of its work, the log has every event once, and goes on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.log.segments.killed_at_work import WORK
from tests.log.segments.logs import Log, blank_as_none, made_up, new_log, put

from desireline.formats.duck import Duck
from desireline.formats.segment_files import write_segment
from desireline.kit.clock import SystemClock
from desireline.kit.database import Database
from desireline.log.segments.folder import FolderStore
from desireline.log.segments.sealing import seal
from desireline.log.segments.sweeping import sweep
from desireline.log.segments.verifying import verify

FEWEST_STEPS = 6


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """Three segments, 150 events in the tail, and a file to add."""
    folder = tmp_path / "log"
    folder.mkdir()
    made = new_log(f"sqlite:///{folder}/desireline.db", folder)
    rows = made_up(450, subjects=8)
    put(made, rows)
    seal(made.db, made.store, made.clock, upto=300, rows=100)
    with Duck() as duck:
        listed = made.listed()[0]
        write_segment(
            duck,
            f"(SELECT * REPLACE (id_hi + 1 AS id_hi) FROM '{made.store.folder / listed}')",
            made.store.staging / "ready.parquet",
        )
    made.db.close()
    yield made
    made.db.close()


def without(rows: list[dict[str, Any]], *subjects: int) -> list[dict[str, Any]]:
    return [row for row in rows if row["subject"] not in subjects]


@pytest.mark.parametrize("task", ["seal", "compact", "erase", "add"])
def test_killed_at_every_step(log: Log, tmp_path: Path, task: str) -> None:
    before = blank_as_none(made_up(450, subjects=8))
    copies = tmp_path / "copies"
    copies.mkdir()
    command = [sys.executable, "-m", "tests.log.segments.killed_at_work", task]
    run = subprocess.run(
        [*command, str(tmp_path / "log"), str(copies)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    steps = int(run.stdout)
    assert steps >= FEWEST_STEPS
    for step in range(steps + 1):
        folder = copies / str(step)
        db, store = Database(f"sqlite:///{folder}/desireline.db"), FolderStore(folder / "segments")
        found = Log(db, store, log.clock)
        now = found.everything()
        _is_before_or_after(task, now, before, step == steps)
        if task != "add" or len(now) == len(before):
            WORK[task](db, store)
        sweep(db, store, SystemClock(), older_than=None)
        _is_before_or_after(task, found.everything(), before, done=True)
        assert verify(db, store) == [], step
        db.close()


def _is_before_or_after(
    task: str, now: list[dict[str, Any]], before: list[dict[str, Any]], done: bool
) -> None:
    """The log is as it was, or as it should become, and nothing in between."""
    if task == "erase":
        after = [row | {"identifiers": now_in(now, row)} for row in without(before, 3, 4)]
        assert now == after or (not done and now == before)
    elif task == "add":
        assert now[: len(before)] == before
        assert len(now) == len(before) + 100 or (not done and len(now) == len(before))
    else:
        assert now == before


def now_in(now: list[dict[str, Any]], row: dict[str, Any]) -> str | None:
    """What is left of the identifiers of an event."""
    return next(n["identifiers"] for n in now if n["position"] == row["position"])
