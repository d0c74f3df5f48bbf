"""Exploring: any question over the log, the persons behind every figure, and what is kept of it."""

from __future__ import annotations

from desireline.modules.explore.routes import routes
from desireline.modules.explore.service import Explorer
from desireline.modules.explore.warming import warm
from desireline.modules.module import Module

explore = Module(name="explore", tables=(), routes=routes, service=Explorer, warm=warm)
