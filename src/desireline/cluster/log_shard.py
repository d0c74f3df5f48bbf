"""A shard of the persons of a log: an index that keeps only these, for an actor to hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir

from desireline.engine.journeys import Journeys
from desireline.engine.layers import DEFAULT_SIZES, Sizes
from desireline.kit.clock import SystemClock
from desireline.kit.database import Database
from desireline.log.index.index import Index
from desireline.log.index.sharing import Share
from desireline.log.segments.store import SegmentStore


@dataclass(frozen=True)
class LogLoader:
    """Where a log is, for actors on any machine: a `Loader`.

    The database must be one that all of them reach, PostgreSQL, and the segments on object storage
    or a shared disk; all machines being one, SQLite and a folder do.
    """

    database_url: str
    segments_url: str
    options: Mapping[str, str] = field(default_factory=dict)
    """Of object storage, as `SegmentStore.at` takes them."""
    columns: tuple[str, ...] = ()
    """Properties that events carry along."""
    cache: str = ""
    """The folder for local copies from object storage; the temporary one where empty."""

    def __call__(self, shard: int, of: int) -> LogShard:
        """The persons whose number divided by `of` leaves `shard`."""
        cache = Path(self.cache or gettempdir()) / f"desireline-shard-{shard}-of-{of}"
        store = SegmentStore.at(self.segments_url, cache=cache, options=self.options)
        return LogShard(Database(self.database_url), store, self.columns, Share(shard, of))


class LogShard:
    """The journeys of one shard in memory; it is `Held`. Any thread may use it.

    Who is whom is known for all persons that were ever linked, whosever shard they are in.
    """

    def __init__(
        self,
        db: Database,
        store: SegmentStore,
        columns: Sequence[str],
        share: Share,
        sizes: Sizes = DEFAULT_SIZES,
    ) -> None:
        """Reads the whole log once, segment by segment."""
        self._db = db
        self._index = Index(db, store, SystemClock(), columns, sizes, share)

    def parts(self) -> tuple[Journeys, ...]:
        """All journeys of the shard, each person in force in one part."""
        return self._index.snapshot().parts

    def refresh(self) -> int:
        """Takes in what is new; the position of the log up to which `parts` now reach."""
        return self._index.refresh()

    def close(self) -> None:
        """Lets go of what reads the log; the parts stay readable."""
        self._index.close()
        self._db.close()
