"""Backups: the whole workspace as a folder of files, restored into an empty one."""

from desireline.log.backup.manifest import Backup, BackupDamaged, BackupUnreadable
from desireline.log.backup.restoring import WorkspaceNotEmpty, restore
from desireline.log.backup.taking import BackupImpossible, back_up

__all__ = [
    "Backup",
    "BackupDamaged",
    "BackupImpossible",
    "BackupUnreadable",
    "WorkspaceNotEmpty",
    "back_up",
    "restore",
]
