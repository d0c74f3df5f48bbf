"""Personas: described types of customers, bound to persons by rules; their shares are computed."""

from __future__ import annotations

from desireline.modules.module import Module
from desireline.modules.personas.routes import routes
from desireline.modules.personas.service import Personas, columns_of_personas
from desireline.modules.personas.tables import persona

personas = Module(
    name="personas",
    tables=(persona,),
    routes=routes,
    service=Personas,
    columns=columns_of_personas,
)
