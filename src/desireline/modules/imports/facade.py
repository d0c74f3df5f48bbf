"""What others may ask of imports: saved mappings, and what a file seems to mean."""

from __future__ import annotations

from desireline.modules.imports.mappings import MappingBook
from desireline.modules.imports.suggestions import Looked, look

__all__ = ["Looked", "MappingBook", "look"]
