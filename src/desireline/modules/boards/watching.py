"""Targets are looked at when new events have come; one that is missed makes an alert."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection

from desireline.engine.errors import DesirelineError
from desireline.modules.boards import documents, repository
from desireline.modules.boards.repository import Kept, TargetRow
from desireline.modules.boards.tables import question
from desireline.modules.boards.targets import Figure, figure_at, state_of
from desireline.modules.explore.facade import Explorer, as_data
from desireline.modules.rooms import Rooms

MOST_PROBLEM = 500


def look_at_targets(rooms: Rooms) -> int:
    """Looks at every active target that events have come for since; how many were looked at.

    Before the log has been read it does nothing. Several processes may look at once: a target is
    written down by the one that comes first, and by nobody for an earlier position.
    """
    if rooms.answers is None:
        return 0
    position = rooms.answers.position
    with rooms.db.reading() as look:
        due = [t for t in repository.list_targets(look) if t.active and t.position < position]
        wanted = dict.fromkeys(t.question for t in due)
        kept = {n: repository.get_kept(look, question, n) for n in wanted}
    for number, row in kept.items():
        if row is not None:
            _look_at(rooms, row, [t for t in due if t.question == number])
    return len(due)


def _look_at(rooms: Rooms, row: Kept, targets: list[TargetRow]) -> None:
    """One answer serves all targets of a question."""
    result, position, problem = None, rooms.asked().position, ""
    try:
        asked = documents.read(row.document)
        told = Explorer(rooms).told(asked)
        result, position = as_data(told.result, asked), told.position
    except DesirelineError as error:
        problem = str(error)
    for target in targets:
        found = _found(target, result) if not problem else {"problem": problem[:MOST_PROBLEM]}
        with rooms.db.transaction() as tx:
            _write_down(tx, target, found, (rooms.clock.now(), position))


def _found(target: TargetRow, result: Any) -> dict[str, Any]:
    try:
        figure = figure_at(result, msgspec.json.decode(target.figure))
    except DesirelineError as error:
        return {"problem": str(error)[:MOST_PROBLEM]}
    state = state_of(figure, target.op, target.threshold)  # type: ignore[arg-type]
    told = figure or Figure(0.0)
    value = None if figure is None else told.value
    return {"state": state, "value": value, "low": told.low, "high": told.high, "n": told.n}


def _write_down(
    tx: Connection, target: TargetRow, found: Mapping[str, Any], when: tuple[int, int]
) -> None:
    at, position = when
    now = repository.get_target(tx, target.id, to_change=True)
    if now is None or now.version != target.version or now.position >= position:
        return  # somebody deleted or changed it, or looked at it later than we did
    values = {"problem": "", **found, "checked_at": at, "position": position}
    values.setdefault("state", "unknown")
    values["since"] = now.since if now.state == values["state"] and now.since else at
    if values["state"] in ("met", "missed"):
        values["decided"] = values["state"]
        if values["state"] == "missed" and now.decided != "missed" and not now.muted:
            told = {name: found[name] for name in ("value", "low", "high", "n")}
            about = {"target": now.id, "threshold": now.threshold}
            repository.add_alert(tx, {**told, **about, "at": at, "position": position})
    repository.change_target(tx, now.id, values)
