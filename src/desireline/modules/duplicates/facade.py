"""What others may ask of duplicates: the queue, and the search over records of any file."""

from __future__ import annotations

from desireline.modules.duplicates.matching.explaining import Explanation, explained
from desireline.modules.duplicates.matching.fields import BY_NAME, FULL_NAME, fields_of
from desireline.modules.duplicates.matching.finding import THRESHOLD, Found, find
from desireline.modules.duplicates.matching.records import Records
from desireline.modules.duplicates.matching.scoring import Scores, scored
from desireline.modules.duplicates.repository import Run, Suggestion, Wanted
from desireline.modules.duplicates.searching import METHODS, method_of
from desireline.modules.duplicates.service import DuplicateQueue

__all__ = [
    "BY_NAME",
    "FULL_NAME",
    "METHODS",
    "THRESHOLD",
    "DuplicateQueue",
    "Explanation",
    "Found",
    "Records",
    "Run",
    "Scores",
    "Suggestion",
    "Wanted",
    "explained",
    "fields_of",
    "find",
    "method_of",
    "scored",
]
