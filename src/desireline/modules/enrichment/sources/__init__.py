"""What can be enriched: from each kind of value to facts, offline. No room but this reads it.

Each file is one `enrich(value) -> tuple[Fact, ...]`, a pure function. A value that says nothing
gives no facts; none of them raises, whatever it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desireline.modules.enrichment.facts import Fact
from desireline.modules.enrichment.sources import (
    address,
    agent,
    company,
    email,
    language,
    names,
    phone,
)

SOURCES: Mapping[str, Callable[[str], tuple[Fact, ...]]] = {
    "email": email.enrich,
    "phone": phone.enrich,
    "address": address.enrich,
    "agent": agent.enrich,
    "language": language.enrich,
    "company": company.enrich,
    "name": names.enrich,
}
"""By what is told."""
