"""The one list of what this house has: everything else is built from it."""

from __future__ import annotations

from desireline.modules.accounts import accounts
from desireline.modules.appearance import appearance_module
from desireline.modules.audit import audit
from desireline.modules.boards import boards
from desireline.modules.catalogue import catalogue
from desireline.modules.collect import collect
from desireline.modules.consent import consent_module
from desireline.modules.discussion import discussion
from desireline.modules.duplicates import duplicates
from desireline.modules.enrichment import enrichment
from desireline.modules.explore import explore
from desireline.modules.imports import imports
from desireline.modules.improve import improve
from desireline.modules.links import links
from desireline.modules.maps import maps
from desireline.modules.module import Module
from desireline.modules.people import people
from desireline.modules.personas import personas
from desireline.modules.plans import plans
from desireline.modules.rights import rights
from desireline.modules.sources import sources
from desireline.modules.team import team

MODULES: tuple[Module, ...] = (
    audit,
    team,
    sources,
    collect,
    consent_module,
    maps,
    discussion,
    personas,
    explore,
    boards,
    plans,
    improve,
    appearance_module,
    catalogue,
    enrichment,
    imports,
    people,
    duplicates,
    accounts,
    rights,
    links,
)
