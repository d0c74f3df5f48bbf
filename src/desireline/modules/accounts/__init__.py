"""Accounts: companies and households, with members and their roles."""

from __future__ import annotations

from desireline.modules.accounts.arriving import TAKE_GROUPS
from desireline.modules.accounts.routes import routes
from desireline.modules.accounts.service import Accounts
from desireline.modules.accounts.tables import account, account_member, account_trait
from desireline.modules.module import Module

accounts = Module(
    name="accounts",
    tables=(account, account_trait, account_member),
    routes=routes,
    service=Accounts,
    reactions=(TAKE_GROUPS,),
)
"""Companies and households."""
