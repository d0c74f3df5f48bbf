"""Writes docs/permissions.md: what each role may, and what each route needs.

`--check` only says whether it is as it should be.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fastapi.routing import APIRoute

from desireline.kit.permissions import (
    SAYS,
    Needs,
    NeedsKnown,
    NeedsMember,
    NeedsNothing,
    NeedsWriteKey,
)
from desireline.kit.roles import MAY, ROLES
from desireline.registry import MODULES
from desireline.server.health import routes as health_routes
from desireline.server.pages import routes as page_routes

FILE = Path(__file__).parent.parent / "docs" / "permissions.md"
HEAD = """# Permissions

Written by `python scripts/permissions_reference.py` from the routes themselves; a test asks every
route as every role and compares with a table that is written by hand
(`tests/server/permissions.txt`). [team.md](team.md) says how members get their roles.

## Roles

"""
ROUTES = """
Nobody gives, changes or takes more than she has: an admin makes no owner, and changes none. The
last owner stays. A key of a program has the permissions that it was made with, and no more than its
maker had.

## Routes

*anyone*: open to all. *write key*: the route asks whose key it is. *known*: about whoever asks.
*member*: a member's own.

| | route | needs |
|---|---|---|
"""


def needed(route: APIRoute) -> str:
    """What a route needs, in words."""
    for part in route.dependant.dependencies:
        match part.call:
            case Needs(permission=permission):
                return str(permission)
            case NeedsMember():
                return "member"
            case NeedsKnown():
                return "known"
            case NeedsWriteKey():
                return "write key"
            case NeedsNothing():
                return "anyone"
    raise AssertionError(route.path)


def rows() -> list[tuple[str, str, str]]:
    """Path, method and what is needed, by path."""
    routers = [*(module.routes() for module in MODULES), health_routes(), page_routes()]
    found = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    return sorted(
        (route.path, method, needed(route)) for route in found for method in route.methods or ()
    )


def text() -> str:
    """The page as it should be."""
    head = ["| permission | says |" + "".join(f" {role} |" for role in ROLES)]
    head.append("|---" * (len(ROLES) + 2) + "|")
    for permission, says in SAYS.items():
        ticks = "".join(" yes |" if permission in MAY[role] else " |" for role in ROLES)
        head.append(f"| `{permission}` | {says} |{ticks}")
    lines = [f"| {method} | `{path}` | {needs} |" for path, method, needs in rows()]
    return HEAD + "\n".join(head) + "\n" + ROUTES + "\n".join(lines) + "\n"


def main() -> None:
    """Writes or checks."""
    if "--check" not in sys.argv:
        FILE.write_text(text())
    elif not FILE.is_file() or FILE.read_text() != text():
        sys.exit(f"{FILE} is not what the routes say: python scripts/permissions_reference.py")


if __name__ == "__main__":
    main()
