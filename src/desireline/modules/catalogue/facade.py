"""What other modules may ask of the catalogue: is a trait what its field was declared to be?"""

from __future__ import annotations

from desireline.modules.catalogue.errors import TraitMisfit
from desireline.modules.catalogue.fields import check_traits
from desireline.modules.catalogue.service import CatalogueBook, Property, Type

__all__ = ["CatalogueBook", "Property", "TraitMisfit", "Type", "check_traits"]
