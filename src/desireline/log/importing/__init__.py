"""Bulk import: files of events become segments of the log, each event once."""

from desireline.log.importing.importer import HowToImport, ImportReport, Log, import_events

__all__ = ["HowToImport", "ImportReport", "Log", "import_events"]
