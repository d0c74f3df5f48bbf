"""The rooms that all modules share: the database, the log and its index, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from desireline.engine.errors import DesirelineError
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.kit.workspace import Workspace
from desireline.log.appending.appender import Appender
from desireline.log.appending.dedup import IdSets
from desireline.log.opening import open_store
from desireline.log.segments.reading import LogReader
from desireline.log.segments.store import SegmentStore
from desireline.modules.answering import Answers
from desireline.modules.pulse import Pulse


class IndexUnread(DesirelineError):
    """The log is still being read after a start, so nothing can be said about it."""

    status = 503


class Stage(Protocol):
    """Work that goes on behind the routes, as far as its health is asked for."""

    @property
    def name(self) -> str:
        """Which work this is: `index`, `sealing`."""
        ...

    @property
    def failing(self) -> str:
        """The kind of the last error; empty when the last run went well."""
        ...

    @property
    def failing_seconds(self) -> float:
        """For how long it has failed."""
        ...


@dataclass
class Rooms:
    """What a module may use. Made once when a process starts."""

    workspace: Workspace
    store: SegmentStore
    reader: LogReader
    appender: Appender
    pulse: Pulse = field(default_factory=Pulse)
    stages: list[Stage] = field(default_factory=list)
    closing: list[Callable[[], None]] = field(default_factory=list)
    """What is called when the server begins to stop."""
    answers: Answers | None = None
    """None until the log has been read, and in a process that only works."""

    @classmethod
    def of(cls, workspace: Workspace) -> Rooms:
        """The rooms of an open workspace. The index is read later, by whoever follows the log."""
        store = open_store(workspace)
        reader = LogReader(workspace.database, store)
        appender = Appender(workspace.database, IdSets(reader.ids_of), workspace.clock)
        return cls(workspace, store, reader, appender)

    @property
    def db(self) -> Database:
        """The database."""
        return self.workspace.database

    @property
    def clock(self) -> Clock:
        """The clock."""
        return self.workspace.clock

    @property
    def data_dir(self) -> Path:
        """The folder of the workspace."""
        return self.workspace.data_dir

    @property
    def follows(self) -> bool:
        """Whether this process answers about the log."""
        return self.workspace.settings.role != "worker"

    @property
    def index_bytes(self) -> int:
        """Bytes of the index in memory."""
        return self.answers.nbytes if self.answers else 0

    def asked(self) -> Answers:
        """Whom to ask about the log. Raises IndexUnread."""
        if self.answers is None:
            raise IndexUnread("The log is being read.", hint="Ask again in a few seconds.")
        return self.answers

    def begin_to_close(self) -> None:
        """Nothing more comes: streams end, and so does whoever asked to be told."""
        self.pulse.close()
        for tell in self.closing:
            tell()

    def close(self) -> None:
        """Answers what waits, then lets go of everything."""
        self.appender.close()
        if self.answers is not None:
            self.answers.close()
        self.reader.close()
        self.workspace.close()
