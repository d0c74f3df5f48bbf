"""The catalogue: which types of events and fields of persons there are, and what they are."""

from __future__ import annotations

from desireline.modules.catalogue.reactions import CATALOGUING
from desireline.modules.catalogue.repository import marks_seen
from desireline.modules.catalogue.routes import routes
from desireline.modules.catalogue.service import Catalogue
from desireline.modules.catalogue.tables import (
    event_property,
    event_property_kind,
    event_type,
    trait_field,
)
from desireline.modules.module import Module

catalogue = Module(
    name="catalogue",
    tables=(event_type, event_property, event_property_kind, trait_field),
    routes=routes,
    service=Catalogue,
    columns=marks_seen,
    reactions=(CATALOGUING,),
)
