"""Rights: what persons may ask about their data, and for how long it is kept."""

from __future__ import annotations

from desireline.modules.audit.facade import SERVER
from desireline.modules.module import Module
from desireline.modules.rights.routes import routes
from desireline.modules.rights.service import Rights
from desireline.modules.rights.tables import retention
from desireline.modules.rooms import Rooms


def _apply_periods(rooms: Rooms) -> object:
    return Rights(rooms).apply_periods(SERVER)


rights = Module(
    name="rights",
    tables=(retention,),
    routes=routes,
    service=Rights,
    daily={"retention": _apply_periods},
)
"""Access, erasure, anonymity, periods."""
