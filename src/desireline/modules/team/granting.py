"""Nobody gives, changes or takes more than she has."""

from __future__ import annotations

from desireline.kit.permissions import PERMISSIONS, Caller, Permission
from desireline.kit.roles import MAY, ROLES, Role
from desireline.modules.team.errors import GrantTooWide, RoleUnknown, ScopeUnknown


def role_of(text: str) -> Role:
    """The role of that name. Raises RoleUnknown."""
    if text not in ROLES:
        raise RoleUnknown(f"{text[:40]!r} is no role.", hint=f"It is one of {', '.join(ROLES)}.")
    return text


def check_role(by: Caller, *roles: str) -> None:
    """Raises GrantTooWide where one of the roles may do what the caller may not."""
    for role in roles:
        _check(by, MAY[role_of(role)], f"the role {role}")


def scopes_of(by: Caller, scopes: list[str]) -> list[Permission]:
    """The scopes of a key, in the order of all. Raises ScopeUnknown and GrantTooWide."""
    for scope in scopes:
        if scope not in PERMISSIONS:
            raise ScopeUnknown(
                f"{scope[:40]!r} is no permission.", hint=f"There are {', '.join(PERMISSIONS)}."
            )
    found = [scope for scope in PERMISSIONS if scope in scopes]
    _check(by, frozenset(found), "such a key")
    return found


def _check(by: Caller, wanted: frozenset[Permission], what: str) -> None:
    more = sorted(wanted - by.may)
    if more:
        raise GrantTooWide(
            f"{by.name} may not deal with {what}: it may {', '.join(more)}, and {by.name} may not.",
            hint="Ask somebody who may.",
        )
