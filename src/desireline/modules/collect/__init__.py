"""The collector: events over HTTP from our own clients and those of others, each with a verdict."""

from __future__ import annotations

from fastapi import APIRouter

from desireline.modules.collect.arrivals_routes import add_arrivals
from desireline.modules.collect.failures_routes import add_failures
from desireline.modules.collect.protocols.routes import add_protocols
from desireline.modules.collect.routes import routes
from desireline.modules.collect.seen import SEEN
from desireline.modules.collect.service import Collector
from desireline.modules.collect.tables import source_seen
from desireline.modules.module import Module


def _routes() -> APIRouter:
    router = routes()
    add_arrivals(router)
    add_failures(router)
    add_protocols(router)
    return router


collect = Module(
    name="collect",
    tables=(source_seen,),
    routes=_routes,
    service=Collector,
    reactions=(SEEN,),
)
"""Events over HTTP."""
