"""The catalogue: which segments belong to the log, as one moment sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, func, insert, select, update

from desireline.formats.segment_files import SegmentFile
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
    segments: tuple[Segment, ...]

    @classmethod
    def read(cls, connection: Connection) -> Catalogue:
        """The catalogue as a transaction sees it."""
        state = connection.execute(select(log_state.c.catalogue, log_state.c.position)).one()
        rows = connection.execute(select(segment).order_by(segment.c.number))
        listed = tuple(Segment(**row) for row in rows.mappings())
        return cls(state.catalogue, state.position, listed)

    @cached_property
    def rows(self) -> int:
        """Events in segments."""
        return sum(s.rows for s in self.segments)

    @cached_property
    def bytes(self) -> int:
        """Bytes of all segments."""
        return sum(s.bytes for s in self.segments)

    def of_subject(self, subject: int) -> tuple[Segment, ...]:
        """The segments that may hold events of a subject."""
        return tuple(s for s in self.segments if s.first_subject <= subject <= s.last_subject)
