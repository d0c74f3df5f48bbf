"""The audit log: what people with access did, each entry chained to the one before by its hash."""

from __future__ import annotations

from desireline.modules.audit.routes import routes
from desireline.modules.audit.service import Audit
from desireline.modules.audit.tables import audit_entry, audit_head
from desireline.modules.module import Module

audit = Module(name="audit", tables=(audit_entry, audit_head), routes=routes, service=Audit)
"""Read, filtered, verified."""
