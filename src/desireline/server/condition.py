"""How the workspace is: what every stage has yet to do, and whether anything stands in the way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from desireline.kit.clock import Clock
from desireline.log.counting import read_counts
from desireline.log.tables import event, log_state, segment
from desireline.modules.rooms import Rooms, Stage

LEAST_FREE_BYTES = 100 * 1024 * 1024
INDEX_LATE_SECONDS = 10.0
SECOND = 1_000_000


@dataclass(frozen=True)
class Lag:
    """What one stage has not taken in yet."""

    stage: str
    events: int
    seconds: float


@dataclass(frozen=True)
class Reason:
    """One thing that is wrong, and what to do."""

    part: str
    says: str
    hint: str


@dataclass(frozen=True)
class Condition:
    """One look at the workspace. Without `reasons` the server is ready."""

    reasons: tuple[Reason, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    lags: tuple[Lag, ...] = ()
    position: int = 0
    tail_events: int = 0
    segments: int = 0
    segment_bytes: int = 0
    index_bytes: int = 0

    def sizes(self) -> Iterator[tuple[str, str, float]]:
        """Name, words and value of each size, for the metrics."""
        yield "position", "Last position that the log gave out.", self.position
        yield "tail_events", "Events that no segment holds yet.", self.tail_events
        yield "segments", "Segments of the log.", self.segments
        yield "segment_bytes", "Bytes of all segments.", self.segment_bytes
        yield "index_bytes", "Bytes of the index in memory.", self.index_bytes


def look(rooms: Rooms, clock: Clock) -> Condition:
    """The condition at this moment. A database that is away is a reason, not an error."""
    reasons = [*_disk(rooms), *_stages(rooms)]
    try:
        with rooms.db.reading() as connection:
            position = connection.execute(select(log_state.c.position)).scalar() or 0
            counts = read_counts(connection)
            waiting, oldest = connection.execute(
                select(func.count(), func.min(event.c.received_at)).select_from(event)
            ).one()
            segments, size = connection.execute(
                select(func.count(), func.coalesce(func.sum(segment.c.bytes), 0)).select_from(
                    segment
                )
            ).one()
            behind = max(position - rooms.pulse.position, 0) if rooms.pulse.position >= 0 else 0
            since = connection.execute(
                select(func.min(event.c.received_at)).where(event.c.position > rooms.pulse.position)
            ).scalar()
    except SQLAlchemyError as error:
        away = Reason(
            "database",
            f"The database does not answer ({type(error).__name__}).",
            "See that it runs and that its address is right.",
        )
        return Condition(reasons=(away, *reasons))
    age = _age(clock, oldest) if waiting else 0.0
    late = _age(clock, since) if behind else 0.0
    if rooms.follows and (rooms.pulse.position < 0 or late > INDEX_LATE_SECONDS):
        reasons.append(_index_late(rooms, behind, late))
    return Condition(
        tuple(reasons),
        counts,
        (Lag("index", behind, late), Lag("sealing", waiting, age)),
        position,
        waiting,
        segments,
        int(size),
        rooms.index_bytes,
    )


def _age(clock: Clock, since: int | None) -> float:
    return max(clock.now() - since, 0) / SECOND if since is not None else 0.0


def _index_late(rooms: Rooms, behind: int, late: float) -> Reason:
    if rooms.pulse.position < 0:
        return Reason("index", "The index is being read.", "Wait: it takes a second or so a year.")
    return Reason(
        "index",
        f"The index is {behind:,} events and {late:.0f} seconds behind the log.",
        "Wait; if it stays so, look for errors of the stage 'index' in the log.",
    )


def _disk(rooms: Rooms) -> Iterator[Reason]:
    try:
        free = shutil.disk_usage(rooms.data_dir).free
    except OSError as error:
        yield Reason("disk", f"The data folder cannot be read: {error.strerror}.", "Mount it.")
        return
    if free < LEAST_FREE_BYTES:
        yield Reason(
            "disk",
            f"{free // 1_048_576} MB are free on the disk of the data folder.",
            "Make room: events are refused when the disk is full.",
        )


def _stages(rooms: Rooms) -> Iterator[Reason]:
    for stage in rooms.stages:
        if stage.failing:
            yield Reason(
                "worker",
                f"The stage {stage.name!r} fails since {_since(stage)} ({stage.failing}).",
                "Its errors stand in the log.",
            )


def _since(stage: Stage) -> str:
    return f"{stage.failing_seconds:.0f} seconds"
