"""The board of what is done about a map, over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from desireline.modules.improve.hypothesis_routes import add_hypothesis_routes
from desireline.modules.improve.improvement_routes import add_improvement_routes
from desireline.modules.improve.opportunity_routes import add_opportunity_routes


def routes() -> APIRouter:
    """The routes of opportunities, improvements and hypotheses."""
    router = APIRouter(prefix="/v1")
    add_opportunity_routes(router)
    add_improvement_routes(router)
    add_hypothesis_routes(router)
    return router
