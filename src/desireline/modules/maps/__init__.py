"""Journey maps: documents with versions, their figures over the log, and a stream of both."""

from __future__ import annotations

from desireline.modules.maps.routes import routes
from desireline.modules.maps.service import Maps, columns_of_maps
from desireline.modules.maps.tables import journey_map, map_change, map_presence, map_version
from desireline.modules.module import Module

maps = Module(
    name="maps",
    tables=(journey_map, map_version, map_change, map_presence),
    routes=routes,
    service=Maps,
    columns=columns_of_maps,
)
