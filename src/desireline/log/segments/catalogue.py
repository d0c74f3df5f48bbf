"""The catalogue: which segments belong to the log, as one moment sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

from sqlalchemy import Connection, delete, func, insert, select, update

from desireline.formats.segment_files import SegmentFile
from desireline.log.segments.errors import TailChanged
from desireline.log.tables import log_state, segment


@dataclass(frozen=True, slots=True)
class Segment:
    """A listed segment: its file, and what is in it."""

    number: int
    file: str
    sha256: str
    bytes: int
    rows: int
    first_position: int
    last_position: int
    first_subject: int
    last_subject: int
    first_at: int
    last_at: int
    made_at: int


@dataclass(frozen=True)
class Catalogue:
    """All segments of the log at one moment, and how far the log was then."""

    version: int
    """One higher after each change (`log_state.catalogue`)."""
    position: int
    """The last position given out."""
    erasures: int
    segments: tuple[Segment, ...]

    @classmethod
    def read(cls, connection: Connection) -> Catalogue:
        """The catalogue as a transaction sees it."""
        state = connection.execute(select(log_state)).one()
        rows = connection.execute(select(segment).order_by(segment.c.number))
        listed = tuple(Segment(**row) for row in rows.mappings())
        return cls(state.catalogue, state.position, state.erasures, listed)

    @cached_property
    def rows(self) -> int:
        """Events in segments."""
        return sum(s.rows for s in self.segments)

    @cached_property
    def bytes(self) -> int:
        """Bytes of all segments."""
        return sum(s.bytes for s in self.segments)

    def holding(self, subjects: Sequence[int]) -> tuple[Segment, ...]:
        """The segments that may hold events of one of the subjects."""
        return tuple(
            s
            for s in self.segments
            if any(s.first_subject <= n <= s.last_subject for n in subjects)
        )


def next_number(connection: Connection) -> int:
    """The number of the next segment."""
    return (
        int(connection.execute(select(func.coalesce(func.max(segment.c.number), 0))).scalar_one())
        + 1
    )


def file_name(number: int, file: SegmentFile) -> str:
    """What a segment is called where segments lie: its number and the start of its SHA-256."""
    return f"{number:08d}-{file.sha256[:16]}.parquet"


def listed(number: int, file: SegmentFile, first_position: int, made_at: int) -> Segment:
    """The row of the catalogue for a file whose place 0 takes `first_position`."""
    facts = asdict(file)
    places = facts.pop("places")
    del facts["path"]
    return Segment(
        number=number,
        file=file_name(number, file),
        first_position=first_position,
        last_position=first_position + places - 1,
        made_at=made_at,
        **facts,
    )


def change(tx: Connection, gone: Sequence[Segment], new: Sequence[Segment]) -> None:
    """Swaps segments in the catalogue and counts its version up.

    It begins with the row of `log_state`, as everything that writes to the log: others wait there
    and not for each other. Raises TailChanged where one of `gone` is not listed any more, or the
    number of one of `new` was taken meanwhile.
    """
    tx.execute(update(log_state).values(catalogue=log_state.c.catalogue + 1))
    numbers = [s.number for s in gone]
    done = tx.execute(delete(segment).where(segment.c.number.in_(numbers))).rowcount if gone else 0
    if done != len(gone) or (new and new[0].number < next_number(tx)):
        raise TailChanged(
            "Another worker changed the segments meanwhile.", hint="Nothing is lost; try again."
        )
    if new:
        tx.execute(insert(segment), [asdict(s) for s in new])
