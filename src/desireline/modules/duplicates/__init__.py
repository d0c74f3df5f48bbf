"""Duplicates: persons who are probably one, suggested with reasons, decided by people."""

from __future__ import annotations

from desireline.modules.duplicates.routes import routes
from desireline.modules.duplicates.service import JOB, Duplicates, carry_out
from desireline.modules.duplicates.tables import duplicate_run, duplicate_suggestion
from desireline.modules.module import Module

duplicates = Module(
    name="duplicates",
    tables=(duplicate_suggestion, duplicate_run),
    routes=routes,
    service=Duplicates,
    long_jobs={JOB: carry_out},
)
"""Suggestions of duplicates."""
