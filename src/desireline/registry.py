"""The one list of what this house has: everything else is built from it."""

from __future__ import annotations

from desireline.modules.accounts import accounts
from desireline.modules.audit import audit
from desireline.modules.catalogue import catalogue
from desireline.modules.collect import collect
from desireline.modules.consent import consent_module
from desireline.modules.duplicates import duplicates
from desireline.modules.enrichment import enrichment
from desireline.modules.imports import imports
from desireline.modules.links import links
from desireline.modules.maps import maps
from desireline.modules.module import Module
from desireline.modules.people import people
from desireline.modules.rights import rights
from desireline.modules.sources import sources

MODULES: tuple[Module, ...] = (
    audit,
    sources,
    collect,
    consent_module,
    maps,
    catalogue,
    enrichment,
    imports,
    people,
    duplicates,
    accounts,
    rights,
    links,
)
