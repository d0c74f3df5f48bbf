"""What can be wrong with segments and the place where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from desireline.engine.errors import DesirelineError
from desireline.formats.duck import DuckFailed

if TYPE_CHECKING:
    from desireline.log.segments.catalogue import Segment


class StoreUnknown(DesirelineError):
    """The URL names no place that segments are kept in, or its package is not installed."""

    status = 422


class StoreUnreachable(DesirelineError):
    """The place of the segments does not answer, or refuses."""

    status = 503


class StoreUnwritable(DesirelineError):
    """A segment could not be put where segments lie."""

    status = 507


class SegmentMissing(DesirelineError):
    """A segment is not where it should be."""

    status = 500


class SegmentDamaged(DesirelineError):
    """A segment is not what was written: its SHA-256 is another."""

    status = 500


class TailChanged(DesirelineError):
    """Somebody else changed the segments or the tail meanwhile; nothing was done."""

    status = 409


@contextmanager
def readable(*segments: Segment) -> Iterator[None]:
    """Says which segments could not be read, where DuckDB says only why. Raises SegmentDamaged."""
    try:
        yield
    except DuckFailed as error:
        names = ", ".join(s.file for s in segments)
        raise SegmentDamaged(
            f"The segment {names} cannot be read: {error}",
            hint="`desireline verify` names all damaged segments; restore them from a backup.",
        ) from error
