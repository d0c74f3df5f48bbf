"""Backups: the whole workspace as a folder of files, restored into an empty one."""

from desireline.log.backup.erased_since import BookForeign, BookMissing, books_for
from desireline.log.backup.manifest import Backup, BackupDamaged, BackupUnreadable
from desireline.log.backup.restoring import Restored, WorkspaceNotEmpty, restore
from desireline.log.backup.taking import BackupImpossible, back_up

__all__ = [
    "Backup",
    "BackupDamaged",
    "BackupImpossible",
    "BackupUnreadable",
    "BookForeign",
    "BookMissing",
    "Restored",
    "WorkspaceNotEmpty",
    "back_up",
    "books_for",
    "restore",
]
