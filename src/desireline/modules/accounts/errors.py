"""What can be wrong with accounts and their members."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class AccountMissing(DesirelineError):
    """There is no such account."""

    status = 404


class AccountKeyTaken(DesirelineError):
    """Another account has this key."""

    status = 409


class AccountUnfit(DesirelineError):
    """What is said of an account cannot be kept."""


class MemberMissing(DesirelineError):
    """There is no such membership that goes on."""

    status = 404


class DomainIsNobodys(DesirelineError):
    """Everybody can have an address at this domain, so it is no company's."""
