"""What others may ask of enrichment: where does a request come from, what follows from a value?"""

from __future__ import annotations

from desireline.modules.enrichment.deriving import derive
from desireline.modules.enrichment.origins import Origins
from desireline.modules.enrichment.service import EnrichmentBook, FieldState
from desireline.modules.enrichment.sources import SOURCES
from desireline.modules.enrichment.sources.address import origin
from desireline.modules.enrichment.sources.email import enrich as facts_of_email

__all__ = [
    "SOURCE_KINDS",
    "EnrichmentBook",
    "FieldState",
    "Origins",
    "company_domain_of",
    "derive",
    "origin",
]

SOURCE_KINDS = tuple(SOURCES)
"""What something can follow from."""


def company_domain_of(email: str) -> str:
    """The domain of a firm's address; empty for one where anybody can have an address."""
    facts = facts_of_email(email)
    return next((str(fact.value) for fact in facts if fact.name == "company_domain"), "")
