"""What other modules may ask of exploring: its documents, and the answer to one."""

from __future__ import annotations

from desireline.modules.explore.asking import columns_in
from desireline.modules.explore.documents import Document, Name, RuleDocument
from desireline.modules.explore.kinds import KeepableQuestion
from desireline.modules.explore.kinds.shapes import Message
from desireline.modules.explore.reading import Reading
from desireline.modules.explore.results import as_data
from desireline.modules.explore.service import Explorer

__all__ = [
    "Document",
    "Explorer",
    "KeepableQuestion",
    "Message",
    "Name",
    "Reading",
    "RuleDocument",
    "as_data",
    "columns_in",
]
