"""An import as a job of the worker: told step by step, cancelled or taken up again at any time."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import current_thread
from typing import Any, NoReturn

import msgspec

from desireline.engine.errors import DesirelineError
from desireline.formats.errors import FileMissing
from desireline.kit.claims import Work
from desireline.kit.jobs import MOST_ATTEMPTS
from desireline.log.importing import HowToImport, ImportReport, Log, import_events
from desireline.modules.consent.facade import TrackingHistory
from desireline.modules.imports.errors import told
from desireline.modules.imports.repository import change_file, get_file
from desireline.modules.imports.service import drop_file, file_of, mapping_of
from desireline.modules.rooms import Rooms

TELL_SECONDS = 0.3
"""No oftener than this the state of an import is written down, and asked for."""
PASSING = (409, 503)
"""Errors with these statuses pass: another process imports the same, or too much is going on."""


GIVEN_UP = {
    "sentence": "Something went wrong inside Desireline, again and again.",
    "hint": "The log of the worker says more. What is stored is stored once; start it again.",
    "code": "unexpected_error",
}


class Cancelled(Exception):
    """Somebody has cancelled the import. Never leaves this room."""


def carry_out(rooms: Rooms, work: Work, alive: Callable[[], None]) -> None:
    """Imports the file of a job. What passes is raised, and the job comes again."""
    ident = int(work.payload["id"])
    now = rooms.clock.now()
    with rooms.db.transaction() as tx:
        begun = {"state": "running", "started_at": now}
        if not change_file(tx, ident, ("queued", "running"), begun):
            change_file(tx, ident, ("cancelling",), _ended("cancelled", now))
            drop_file(rooms, ident)
            return
        row = get_file(tx, ident)
    assert row is not None  # noqa: S101 - it was changed above
    path = file_of(rooms, row)
    country, noes = rooms.workspace.settings.country, TrackingHistory(rooms.db)
    log = Log(rooms.db, rooms.store, rooms.clock, country, noes)
    how = HowToImport(mapping_of(row), rooms.workspace.id)
    try:
        done = import_events(log, path or _missing(), how, _Teller(rooms, ident, alive))
    except Cancelled:
        _end(rooms, ident, _ended("cancelled", rooms.clock.now()))
    except DesirelineError as problem:
        if getattr(problem, "status", 422) in PASSING:
            raise
        failed = {"state": "failed", "ended_at": rooms.clock.now()}
        _end(rooms, ident, failed | {"problem": _json(told(problem))})
        return
    except Exception:
        if work.attempts >= MOST_ATTEMPTS:
            failed = {"state": "failed", "ended_at": rooms.clock.now()}
            _end(rooms, ident, failed | {"problem": _json(GIVEN_UP)})
        raise
    else:
        ended = _ended("done", rooms.clock.now()) | {"report": _json(_report(done))}
        _end(rooms, ident, ended)
    drop_file(rooms, ident)


def _missing() -> NoReturn:
    raise FileMissing(
        "The file is not on the machine of the worker.",
        hint="Servers and workers need one data folder in common; or send the file again.",
    )


class _Teller:
    """Writes down how far an import is, and hears whether it shall go on."""

    def __init__(self, rooms: Rooms, ident: int, alive: Callable[[], None]) -> None:
        self._rooms, self._ident, self._alive = rooms, ident, alive
        self._told_at = 0.0
        self._stage = ""
        self._own = current_thread()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Raises Cancelled, and what `alive` raises."""
        if current_thread() is not self._own:
            return  # it only watches, and what it raised nobody would hear
        if stage == self._stage and time.monotonic() - self._told_at < TELL_SECONDS:
            return
        self._stage, self._told_at = stage, time.monotonic()
        self._alive()
        with self._rooms.db.transaction() as tx:
            values = {"stage": stage, "done": done, "total": total}
            if not change_file(tx, self._ident, ("running",), values):
                raise Cancelled


def _ended(state: str, now: int) -> dict[str, Any]:
    """The file goes, and with it what may quote it."""
    return {"state": state, "ended_at": now, "problem": ""}


def _end(rooms: Rooms, ident: int, values: dict[str, Any]) -> None:
    with rooms.db.transaction() as tx:
        change_file(tx, ident, ("running", "cancelling"), values)


def _report(done: ImportReport) -> dict[str, Any]:
    """What the row keeps: figures and reasons, nothing that a row of the file says."""
    return {
        "rows": done.rows,
        "stored": done.stored,
        "duplicate": done.duplicate,
        "failed": done.failed,
        "before": done.before,
        "resumed": done.resumed,
        "reasons": {**done.reasons, **_not_kept(done)},
        "columns": {} if done.read is None else dict(done.read.columns),
        "run_started_at": done.started_at,
    }


def _not_kept(done: ImportReport) -> dict[str, int]:
    """The rows of which nothing is kept, by reason."""
    found = {
        "it is of before the erasure of its person": done.erased,
        "its person had said no to tracking": done.refused,
    }
    return {reason: rows for reason, rows in found.items() if rows}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
