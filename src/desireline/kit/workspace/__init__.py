"""The workspace: one folder and one database, opened together or not at all."""

from __future__ import annotations

from desireline.kit.workspace.errors import (
    DatabaseUnreachable,
    FolderOccupied,
    FolderReadOnly,
    OwnerDiffers,
    WorkspaceDamaged,
    WorkspaceHalf,
    WorkspaceInUse,
    WorkspaceMissing,
    WorkspaceNewer,
)
from desireline.kit.workspace.opening import open_workspace
from desireline.kit.workspace.workspace import Check, Workspace

__all__ = [
    "Check",
    "DatabaseUnreachable",
    "FolderOccupied",
    "FolderReadOnly",
    "OwnerDiffers",
    "Workspace",
    "WorkspaceDamaged",
    "WorkspaceHalf",
    "WorkspaceInUse",
    "WorkspaceMissing",
    "WorkspaceNewer",
    "open_workspace",
]
