"""Imports: files that are uploaded, looked at, and put into the log; and mappings that are kept."""

from __future__ import annotations

from desireline.modules.imports.carrying_out import carry_out
from desireline.modules.imports.routes import routes
from desireline.modules.imports.service import Imports, forget
from desireline.modules.imports.tables import import_file, saved_mapping
from desireline.modules.module import Module

imports = Module(
    name="imports",
    tables=(import_file, saved_mapping),
    routes=routes,
    service=Imports,
    long_jobs={"import": carry_out, "forget_upload": forget},
)
"""`/v1/imports` and `/v1/mappings`."""
