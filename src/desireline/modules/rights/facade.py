"""What others may ask of rights."""

from __future__ import annotations

from desireline.modules.rights.errors import PeriodUnfit, PersonUnknown
from desireline.modules.rights.periods import EVENT, FAILED, Period
from desireline.modules.rights.service import Kept, RightsDesk
from desireline.modules.rights.who import Who, find_person

__all__ = [
    "EVENT",
    "FAILED",
    "Kept",
    "Period",
    "PeriodUnfit",
    "PersonUnknown",
    "RightsDesk",
    "Who",
    "find_person",
]
