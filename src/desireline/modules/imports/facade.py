"""What others may ask of imports: saved mappings, what a file seems to mean, to forget."""

from __future__ import annotations

from desireline.modules.imports.forgetting import forget_person
from desireline.modules.imports.mappings import MappingBook
from desireline.modules.imports.suggestions import Looked, look

__all__ = ["Looked", "MappingBook", "forget_person", "look"]
