"""What follows from what is known of a person: from open data, offline, each with its source."""

from __future__ import annotations

from desireline.modules.enrichment.reactions import ENRICHING
from desireline.modules.enrichment.routes import routes
from desireline.modules.enrichment.service import Enrichment
from desireline.modules.enrichment.tables import enrichment_switch
from desireline.modules.module import Module

enrichment = Module(
    name="enrichment",
    tables=(enrichment_switch,),
    routes=routes,
    service=Enrichment,
    reactions=(ENRICHING,),
)
