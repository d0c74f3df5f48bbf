"""The team: members with their roles, how they sign in, and keys for programs."""

from __future__ import annotations

from desireline.modules.module import Module
from desireline.modules.team import tables
from desireline.modules.team.daily import forget
from desireline.modules.team.routes import routes
from desireline.modules.team.service import Team

team = Module(
    name="team",
    tables=(
        tables.member,
        tables.department,
        tables.member_department,
        tables.invitation,
        tables.sign_in,
        tables.recovery_code,
        tables.passkey,
        tables.sign_in_step,
        tables.attempt,
        tables.api_key,
        tables.oidc_provider,
        tables.oidc_link,
    ),
    routes=routes,
    service=Team,
    daily={"forget_sessions": forget},
)
"""Who may do what."""
