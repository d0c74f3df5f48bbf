"""What all parts of the team share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.kit.permissions import EVERYTHING, Caller
from desireline.kit.sealing import Sealer
from desireline.modules.audit.facade import COMMAND_LINE, Details, record
from desireline.modules.team.passwords import Passwords
from desireline.settings import Settings

AT_THE_MACHINE = Caller(COMMAND_LINE, EVERYTHING)
"""Who works with commands: she has the data folder, and so everything."""


@dataclass
class Office:
    """Database, clock, settings, and what is made of them once."""

    db: Database
    clock: Clock
    settings: Settings

    @cached_property
    def passwords(self) -> Passwords:
        """Hashes passwords, two at once."""
        return Passwords(self.settings.password_kibibytes)

    @cached_property
    def sealer(self) -> Sealer:
        """Seals secrets; the key is drawn when the first one is."""
        return Sealer.of(self.settings)

    def note(
        self, tx: Connection, by: Caller, what: str, about: str, details: Details | None = None
    ) -> None:
        """Into the audit log, with the change."""
        record(tx, by.name, what, about, details, self.clock)
