"""What can be wrong with a workspace before it is opened. Nothing was written then."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class WorkspaceMissing(DesirelineError):
    """There is no workspace in the folder, and none was to be made."""


class FolderOccupied(DesirelineError):
    """A workspace cannot be made here: a file is in the way, or a folder of something else."""


class FolderReadOnly(DesirelineError):
    """The folder cannot be written to."""


class OwnerDiffers(DesirelineError):
    """The workspace is another user's; what we wrote there, that user could not change."""


class WorkspaceNewer(DesirelineError):
    """A later version of the program made the workspace."""


class WorkspaceHalf(DesirelineError):
    """A part of the workspace is not there, or belongs to another one."""


class WorkspaceDamaged(DesirelineError):
    """A file of the workspace is not what it should be."""


class WorkspaceInUse(DesirelineError):
    """Another process holds the workspace."""


class DatabaseUnreachable(DesirelineError):
    """The database does not answer."""

    status = 503
