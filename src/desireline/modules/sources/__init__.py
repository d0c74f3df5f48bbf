"""Sources: who may add events, by a write key of its own and at most so many a day."""

from __future__ import annotations

from desireline.modules.module import Module
from desireline.modules.sources.routes import routes
from desireline.modules.sources.service import Sources
from desireline.modules.sources.tables import source, source_day

sources = Module(name="sources", tables=(source, source_day), routes=routes, service=Sources)
"""Write keys: made, listed, turned off."""
