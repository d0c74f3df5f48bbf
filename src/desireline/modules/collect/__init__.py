"""The first collector: events over HTTP, each with a verdict; what failed, and what was counted."""

from __future__ import annotations

from desireline.modules.collect.routes import routes
from desireline.modules.collect.service import Collector
from desireline.modules.module import Module

collect = Module(name="collect", tables=(), routes=routes, service=Collector)
