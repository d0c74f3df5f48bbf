"""What others may ask of accounts."""

from __future__ import annotations

from desireline.modules.accounts.arriving import TAKE_GROUPS
from desireline.modules.accounts.domains import DomainSuggestion
from desireline.modules.accounts.repository import (
    Account,
    AccountTrait,
    Member,
    delete_households,
)
from desireline.modules.accounts.service import AccountBook, Told

__all__ = [
    "TAKE_GROUPS",
    "Account",
    "AccountBook",
    "AccountTrait",
    "DomainSuggestion",
    "Member",
    "Told",
    "delete_households",
]
