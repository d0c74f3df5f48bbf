"""Plans: for whom a map is made, with what goal, by which team, from what data."""

from __future__ import annotations

from desireline.modules.module import Module
from desireline.modules.plans.routes import routes
from desireline.modules.plans.service import Plans
from desireline.modules.plans.tables import plan

plans = Module(name="plans", tables=(plan,), routes=routes, service=Plans)
"""`/v1/plans`."""
