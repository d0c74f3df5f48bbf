"""What each role may: a frozen set of permissions."""

from __future__ import annotations

from typing import Literal, get_args

from desireline.kit.permissions import EVERYTHING, Permission

Role = Literal[
    "owner",
    "admin",
    "editor",
    "contributor",
    "viewer",
    "marketing",
    "sales",
    "service",
    "analyst",
]
ROLES: tuple[Role, ...] = get_args(Role)


def _with(others: frozenset[Permission], *more: Permission) -> frozenset[Permission]:
    return others | frozenset(more)


_VIEWER = _with(frozenset(), "read")
_CONTRIBUTOR = _with(_VIEWER, "comment")
_WITH_PERSONS = _with(_CONTRIBUTOR, "read_persons")
_EDITOR = _with(_WITH_PERSONS, "edit_maps", "publish", "describe_data")

MAY: dict[Role, frozenset[Permission]] = {
    "owner": EVERYTHING,
    "admin": EVERYTHING - {"own"},
    "editor": _EDITOR,
    "contributor": _CONTRIBUTOR,
    "viewer": _VIEWER,
    "marketing": _with(_EDITOR, "import_data"),
    "sales": _with(_WITH_PERSONS, "edit_persons"),
    "service": _with(_WITH_PERSONS, "edit_persons"),
    "analyst": _with(_WITH_PERSONS, "edit_maps", "describe_data", "import_data"),
}
