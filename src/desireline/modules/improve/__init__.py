"""What is done about a map: opportunities, improvements with a measured effect, hypotheses."""

from __future__ import annotations

from desireline.modules.improve.routes import routes
from desireline.modules.improve.service import Improve
from desireline.modules.improve.tables import hypothesis, improvement, opportunity
from desireline.modules.module import Module

improve = Module(
    name="improve",
    tables=(opportunity, improvement, hypothesis),
    routes=routes,
    service=Improve,
)
"""`/v1/opportunities`, `/v1/improvements`, `/v1/hypotheses`."""
