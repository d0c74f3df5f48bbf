"""What can be wrong with an audit log and what is written to it."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class AuditEntryUnfit(DesirelineError):
    """An entry says what the audit log does not keep: texts that may be about a person."""


class AuditHeadUnreadable(DesirelineError):
    """A text is no head of an audit log."""
