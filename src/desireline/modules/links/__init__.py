"""Links between identifiers: confirmed and taken back by hand, shown with their evidence."""

from __future__ import annotations

from desireline.modules.links.routes import routes
from desireline.modules.links.service import Links
from desireline.modules.module import Module

links = Module(name="links", tables=(), routes=routes, service=Links)
"""Its rows are the log's own: `identity_link` and `subject`."""
