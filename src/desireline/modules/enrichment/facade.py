"""What others may ask of enrichment: where does a request come from, what follows from a value?"""

from __future__ import annotations

from desireline.modules.enrichment.deriving import derive
from desireline.modules.enrichment.origins import Origins
from desireline.modules.enrichment.service import EnrichmentBook, FieldState
from desireline.modules.enrichment.sources import SOURCES
from desireline.modules.enrichment.sources.address import origin

__all__ = ["SOURCE_KINDS", "EnrichmentBook", "FieldState", "Origins", "derive", "origin"]

SOURCE_KINDS = tuple(SOURCES)
"""What something can follow from."""
